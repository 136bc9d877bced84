# SPDX-License-Identifier: ISC
# boot_gdb.bats -- real gdb on a guest: breakpoints, steps, watchpoints, crashes, interruption, detaching, the end
#
# Starting gdb takes longer than everything else here: setup_file runs it twice, on an
# appliance for each action, and the tests check its output.

load common

# launch DEED: the appliance, as process ${monitors[DEED]}, waits on ./DEED for a debugger
launch()
{
	"$(appliance_folder)/debuggee" --gdb=unix:"$1" "${1%.*}" >"$1.out" 2>"$1.err" 3>&- &
	monitors[$1]=$!
	wait_for 10 test -S "$1"
}

# under DEED COMMAND...: what gdb is to do with the guest that does DEED
under()
{
	local command
	words+=(-ex "echo == $1\\n" -ex "target remote $1")
	for command in "${@:2}"; do words+=(-ex "$command"); done
}

# debugger LOG: runs gdb with those words
debugger()
{
	timeout 250 gdb -nx -q -batch -iex 'set debuginfod enabled off' \
		"$(appliance_folder)/debuggee.build/debuggee.guest.elf" "${words[@]}" >"$1" 2>&1 3>&-
	words=()
}

# lets_go PID: the monitor does not wait for the debugger, now and a moment later; only root can see it, others take a second
lets_go()
{
	local i call
	for i in 1 2; do
		call=$(cat /proc/$1/syscall) || { sleep 1; return 0; }
		case $call in 0\ * | 63\ *) return 1 ;; esac         # read(2) of x86-64, of 64-bit ARM
		sleep 0.1
	done
}

# ctrl_c FILE DEED: as a user in this folder's gdb, when the file was made, and that debuggee runs on
ctrl_c()
{
	local process
	wait_for 100 test -e "$1" || true
	wait_for 20 lets_go "${monitors[$2]}" || true
	for process in $(pgrep -x gdb); do
		[ "$(readlink /proc/$process/cwd)" != "$PWD" ] || kill -INT $process
	done
}

plan()
{
	under calls 'print $pc == (long)_start' 'monitor watchpoints' 'break leaf if number == 2' 'continue' 'backtrace' 'print text' \
		'up' 'print result' 'finish' 'print sum' 'set variable sum = 100' 'info breakpoints' 'delete' 'next' 'continue'
	under busy.steps 'break busy' 'continue' 'print $before = counter' 'stepi 1000' 'print counter > $before + 50' 'info symbol $pc' \
		'print data.after = 1' 'delete' 'continue'
	under crash 'continue' 'backtrace' 'print where' 'continue'
	under overflow 'continue' 'backtrace -3' 'kill'
	under jump 'continue' 'backtrace' 'detach'
	# crash() returns what it finds at its own first byte, which is push %rbp
	under write-text 'break crash' 'continue' 'continue' 'backtrace' 'set variable $rax = &counter' 'signal 0' 'delete'
	under change 'watch counter if counter == 40' 'continue' 'delete' 'watch data.large' 'continue' 'continue' 'continue'
	under vector 'break *add' 'continue' 'print $xmm0.v4_float' 'print $ymm1.v8_float[3]' 'set variable $xmm0.v4_float[3] = 100' \
		'print $fs_base == 0' 'print $eflags' 'print $mxcsr' 'print $st0' 'info registers rip' 'print (long)$rsp % 16' \
		'x/2i $pc' 'info mem' 'x/x 0' 'print/x *(char *)(long)add' 'delete' 'continue'
	under abort 'continue' 'backtrace' 'continue'
	words+=(-ex 'echo == stdio\n' -ex "target remote | $(appliance_folder)/debuggee --gdb=stdio calls"
		-ex 'break leaf' -ex 'continue' -ex 'delete' -ex 'continue')
}

setup_file()
{
	local options='"memory": "2M", "cflags": ["-O0"], "sources": ["'$TOP'/tests/guests/debuggee.c"]' deed
	local words=()
	declare -A monitors=()

	appliance_build debuggee "$(manifest_make debuggee "$options" '"config": {"GDB": true}')"
	appliance_build none "$TOP/examples/hello/app.manifest"
	[ -z "${BUILD_ONLY:-}" ] && [ -w /dev/kvm ] && command -v gdb >/dev/null || return 0
	cd "$BATS_FILE_TMPDIR"
	for deed in calls busy.steps crash overflow jump write-text change vector abort busy busy.killed nap sleep; do
		launch $deed
	done
	plan
	debugger said

	ctrl_c running busy 3>&- &
	under busy 'shell touch running' 'continue' 'backtrace' 'print from_debugger(14)' 'set variable data.after = 1' 'continue'
	ctrl_c asleep sleep 3>&- &
	under sleep 'break sleep_for' 'continue' 'detach'
	words+=(-ex 'target remote sleep' -ex 'backtrace' -ex 'print from_debugger(14)' -ex 'delete' -ex 'shell touch asleep'
		-ex 'continue' -ex 'backtrace' -ex 'detach')
	under busy.killed 'kill'
	under nap 'continue'
	debugger interrupted
	kill "${monitors[sleep]}"
	for deed in "${!monitors[@]}"; do
		wait "${monitors[$deed]}"
		echo $? >"$deed.status"
	done || true
}

# section DEED [LOG]: what gdb said of it is in $output, the appliance's status in $ended
section()
{
	need_kvm
	need gdb
	cd "$BATS_FILE_TMPDIR"
	output=$(sed -n "/^== $1\$/,/^== /p" "${2:-said}" | sed '1d;/^== /d')
	[ ! -e "$1.status" ] || ended=$(cat "$1.status")
}

@test "breakpoints, conditions, backtraces, locals, finish, changed variables, the exit status" {
	section calls
	says ' = 1' 'by ' 'Breakpoint 1, leaf (number=2, text=0x' '"four") at' '#0  leaf (number=2' '#1 ' ' in middle (number=1)' \
		'#2 ' ' in outer (number=3)' '#3 ' ' in solo5_app_main' ' in _start' '"four"' '#1 ' ' = 6' \
		'Value returned is' '= 9' '= 7' 'breakpoint already hit 1 time' 'exited with code 0170'
	# middle(1) gave 9, middle(2) 11, after sum was set to 100
	[ "$ended" = 120 ]
	[ ! -s calls.out ] && [ ! -s calls.err ]
}

@test "a thousand steps, then run to the end" {
	section busy.steps
	says ', busy ()' ' = 1' 'busy + ' 'in section .text' 'exited with code 03'
	[ "$ended" = 3 ]
}

@test "crashes: their place and their cause" {
	section crash
	says 'SIGSEGV' '#0 ' 'crash (where=0x10)' '#1 ' 'solo5_app_main' '= (volatile int *) 0x10' 'terminated with signal SIGSEGV'
	[ "$ended" = 255 ]
	grep -q 'ABORT: guest trap: page fault (#PF), error code 0x6' crash.err
	section overflow
	says 'SIGSEGV' 'in overflow (depth=0)' 'in solo5_app_main' 'in _start' 'killed]'
	[ "$ended" = 255 ]
	section jump
	says 'SIGSEGV' '#0  0x0000000000000000 in ?? ()' '#1 ' 'in jump (function=0x0)' 'in solo5_app_main' 'detached]'
	[ "$ended" = 255 ]
}

@test "a fault that the debugger repairs: the guest continues, its text unchanged" {
	section write-text
	says ', crash (where=0x1' 'SIGSEGV' '#0 ' 'crash (where=0x1' '<crash>)' '#1 ' 'solo5_app_main' 'exited with code 0125'
	[ "$ended" = $((0x55)) ]
}

@test "Ctrl-C stops a busy loop; guest functions can be called; the guest continues" {
	section busy interrupted
	says 'SIGINT' 'busy ()' 'in solo5_app_main' '= 42' 'exited with code 03'
	[ "$ended" = 3 ]
}

@test "Ctrl-C stops a sleep; detaching, attaching again, calls; killing" {
	section sleep interrupted
	says ', sleep_for' 'detached]' 'in sleep_for' '= 42' 'SIGINT' 'solo5_yield' 'in sleep_for' 'detached]'
	# SIGTERM found it asleep
	[ "$ended" = 143 ]
	[ ! -s sleep.err ]
	# no look at the connection ends a sleep
	section nap interrupted
	says 'exited with code 04'
	section busy.killed interrupted
	says 'killed]'
	[ "$ended" = 255 ]
	[ ! -s busy.killed.err ]
}

@test "watchpoints: a counter, and a structure too large for the processor, with a condition" {
	section change
	says 'atchpoint ' ': counter' 'New value = 40' 'change ()' ': data.large' 'New value = ' '"x"' 'exited with code 03'
	[ "$ended" = 3 ]
}

@test "registers: general, flags, vectors and thread pointer, read and written; memory and its map" {
	local low=0x0000000000010000
	[ "$HOST" != process ] || low=0x00000000100b0000
	section vector
	says ', add' '= {1, 2, 3, 4}' '= 40' '= 1' '[ ' ' ]' 'IM' '= 0' '<add>' '= 8' '=> 0x' '<add>:' \
		$low "$(printf '0x%016x' $IMAGE)" 'Cannot access memory at address 0x0' '0x55' 'exited with code 0214'
	# 100 and 40
	[ "$ended" = 140 ]
}

@test "an abort is shown before the guest ends" {
	section abort
	says 'SIGABRT' 'in solo5_abort' 'in solo5_app_main' 'terminated with signal SIGABRT'
	[ "$ended" = 255 ]
	[ "$(cat abort.err)" = "debuggee: ABORT: solo5_abort() called" ]
}

@test "packets on standard input and output" {
	section stdio
	says ', leaf (number=1' 'exited with code 033'
}

@test "ukgen gdb shows the sources, and runs the appliance to its end" {
	need_kvm
	need gdb
	cd "$BATS_TEST_TMPDIR"
	run timeout 200 "$UKGEN" gdb -B "$(appliance_folder)/debuggee.build" "$(appliance_folder)/debuggee" calls <<-'END'
		list leaf
		break leaf
		continue
		delete
		continue
	END
	says 'int doubled = number * 2;' 'Breakpoint 1, leaf (number=1' 'exited with code 033'
	[ "$status" = 0 ]
	run env PATH=/absent "$UKGEN" gdb -B "$(appliance_folder)/debuggee.build" "$(appliance_folder)/debuggee" busy
	[ "$status" = 1 ]
	[ "$output" = "ukgen: run gdb (Debian package gdb): not found" ]
	[ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'ukgen-gdb.*')" ]
}

@test "the port is local to this machine; garbage sent to it does no harm" {
	need_kvm
	need ip
	ip link set lo up
	# the two hosts' tests may run at the same time
	local port=23456
	[ $HOST = kvm ] || port=23457
	"$(appliance_folder)/debuggee" --gdb=$port calls 3>&- &
	monitor=$!
	for ((i = 0; i < 100; i++)); do
		! grep ' 0A ' /proc/net/tcp | grep "$(printf ':%X ' $port)" || break
		sleep 0.1
	done >listeners
	grep -q "$(printf ' 0100007F:%X 00000000:0000 ' $port)" listeners
	# damaged, too long, of nonsense; then what registers there are, and the end
	exec 4<>/dev/tcp/127.0.0.1/$port
	printf '$qSupported#00$%05000d#00$#00++$m0,zz#f7$vCont;#%02x$p99999999999999999#xx$QStartNoAckMode#b0' 0 0 >&4
	printf '$Z9,1,1#ff$g#67$k#6b' >&4
	timeout 20 cat <&4 >replies || true
	exec 4<&-
	grep -q '\$OK#9a' replies
	grep -Eq '\$[0-9a-f]{1616}#' replies
	ended=0
	wait $monitor || ended=$?
	[ $ended = 255 ]
}

@test "--gdb alone is a socket in this folder, for its user only, and no port" {
	need_kvm
	"$(appliance_folder)/debuggee" --gdb calls 3>&- &
	monitor=$!
	wait_for 10 test -S debuggee.gdb
	[ "$(stat -c '%a %u' debuggee.gdb)" = "700 $(id -u)" ]
	inodes=$(ls -l /proc/$monitor/fd | sed -n 's/.*socket:\[\([0-9]*\)\].*/\1/p')
	[ -n "$inodes" ]
	for inode in $inodes; do
		[ -z "$(grep -w $inode /proc/net/tcp /proc/net/tcp6)" ]
	done
	kill -9 $monitor
	wait $monitor || true
	# what is left behind there doesn't hinder the next one
	"$(appliance_folder)/debuggee" --gdb calls 3>&- &
	monitor=$!
	wait_for 10 eval "ls -l /proc/$monitor/fd | grep -q socket:"
	kill -9 $monitor
	wait $monitor || true
}

@test "the last option for the port counts, as with Solo5" {
	need_kvm
	local port=$((20000 + RANDOM % 10000)) line
	line=$(printf ' 0100007F:%04X 00000000:0000 0A ' $port)
	for words in "--gdb-port=$port --gdb" "--gdb --gdb-port=$port" "--gdb=1 --gdb=$port" "--gdb-port=1 --gdb=$port" \
		"--gdb=1 --gdb --gdb-port=1 --gdb-port=$port"; do
		"$(appliance_folder)/debuggee" $words calls 3>&- &
		monitor=$!
		listened=0
		wait_for 10 grep -q "$line" /proc/net/tcp && listened=1
		kill $monitor
		wait $monitor || true
		[ $listened = 1 ] || { echo "$words"; return 1; }
	done
	# it wants no debugger by itself
	run appliance debuggee --gdb-port=$port calls
	[ "$status" = 27 ]
}

@test "without --gdb the appliance runs as usual; invalid values are refused" {
	run appliance debuggee --gdb=elsewhere
	[ "$status" = 1 ]
	[ "$output" = "debuggee: --gdb=elsewhere: accepted are a port, unix:PATH and stdio" ]
	run appliance debuggee --gdb=70000
	[ "$output" = "debuggee: --gdb=70000: not a number from 1 to 65535" ]
	run appliance debuggee --gdb-port=0
	[ "$output" = "debuggee: --gdb-port=0: not a number from 1 to 65535" ]
	need_kvm
	cd "$BATS_TEST_TMPDIR"
	run appliance debuggee calls
	[ "$status" = 27 ]
	[ -z "$output" ]
	run appliance debuggee --gdb=unix:absent/socket
	[ "$status" = 1 ]
	[ "$output" = "debuggee: --gdb=unix:absent/socket: No such file or directory" ]
	run appliance debuggee "--gdb=unix:$(printf 'x%.0s' {1..200})"
	[ "$status" = 1 ]
	[[ $output == *": a socket's path has 1 to 107 characters" ]]
	touch taken
	run appliance debuggee --gdb=unix:taken
	[ "$output" = "debuggee: --gdb=unix:taken: Address in use" ]
}

@test "an appliance without gdb has nothing of it" {
	need nm strings
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
	nm "$folder/debuggee.build/debuggee.monitor.elf" >with
	for symbol in gdb_trap registers_get trap_read watch_add debug_read register_description; do
		grep -q " $symbol\$" with
	done
	nm "$folder/none.build/hello.monitor.elf" >without
	grep -q ' host_console_write$' without
	run grep -E ' (gdb_|stub|link_|packet_|breakpoint|watch|registers?_|debug_|vcpu_ioctl)' without
	[ "$status" = 1 ]
	"$UKGEN" inspect "$folder/debuggee" | grep -q 'accept4(fd gdb_listener)'
	run "$UKGEN" inspect "$folder/none"
	[ "$status" = 0 ]
	[[ $output == *"console_write"* ]]
	[[ ! $output =~ gdb|accept4|GET_REGS|SET_REGS|ioctl.*ioctl ]]
	run strings "$folder/none"
	[[ $output == *"Hello, "* ]]
	[[ ! $output =~ eflags|xmm0|swbreak ]]
}
