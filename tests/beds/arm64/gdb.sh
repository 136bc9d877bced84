#!/bin/bash
# SPDX-License-Identifier: ISC
# gdb.sh -- real gdb here, on guests in the 64-bit ARM bed; and a core file that comes back from there; prints TAP
#
# gdb talks to the appliance's standard input and output through a port of the
# bed, one session after the other; the last thing that the bed prints is the core file.
set -uo pipefail

if ! command -v gdb-multiarch >/dev/null; then
	echo "1..0 # skip gdb-multiarch is missing"
	exit
fi
. "$(dirname "$(readlink -f "$0")")/common.bash"

appliance_build debuggee "$(manifest_make debuggee '"memory": "2M", "cflags": ["-O0"]' \
	'"sources": ["'"$TOP"'/tests/guests/debuggee.c"]' '"config": { "GDB": true, "DUMPCORE": true }')"
elf=$folder/debuggee.build/debuggee.guest.elf
work=$(mktemp -d "${TMPDIR:-/tmp}/ukgen-gdb.XXXXXX")
bed=
trap '[ -z "$bed" ] || kill $bed 2>/dev/null; rm -rf "$work"' EXIT

# bed_start: boots the bed, where each of $sessions runs under gdb, then a crash leaves a core file
bed_start()
{
	cat >"$work/program" <<END
mount -t debugfs debugfs /sys/kernel/debug
port=/sys/kernel/debug/virtio-ports/\$(basename \$(readlink /dev/socket))
for session in $sessions; do
	until grep -q 'host_connected: 1' \$port; do sleep 0.1; done
	./debuggee --gdb=stdio \$session 3<>/dev/socket <&3 >&3
	echo "\$session \$?"
	until grep -q 'host_connected: 0' \$port; do sleep 0.1; done
done
./debuggee --dumpcore=/w crash
echo "core \$?"
cat debuggee.core.* | gzip | base64
END
	rm -f "$work/socket" "$work/said"
	"$TOP/tests/beds/run" -a arm64 -c ${cpu/max/max,pauth-impdef=on} -s "$work/socket" -t 400 \
		-f "$folder/bin/debuggee" "$work/program" >"$work/out" 2>"$work/err" &
	bed=$!
	until [ -S "$work/socket" ] || ! kill -0 $bed; do sleep 0.1; done
}

# gdb_run COMMAND...: one session; what it says is in $output
gdb_run()
{
	local words=() command
	for command; do words+=(-ex "$command"); done
	timeout 100 gdb-multiarch -nx -q -batch -iex 'set debuginfod enabled off' -iex 'set remotetimeout 60' \
		"$elf" -ex "target remote $work/socket" "${words[@]}" >"$work/said" 2>&1
	output=$(cat "$work/said")
}

# says DESCRIPTION TEXT...: gdb said each of them, in this order, and perhaps other things between
says()
{
	local rest=$output text
	number=$((number + 1))
	for text in "${@:2}"; do
		if [[ $rest != *"$text"* ]]; then
			echo "not ok $number - $cpu: $1"
			printf 'not said, or not there: %s\nall of it:\n%s\n' "$text" "$output" | sed 's/^/# /'
			return
		fi
		rest=${rest#*"$text"}
	done
	echo "ok $number - $cpu: $1"
}

# as a user would, once gdb has told the guest to go on, which it shows with "set debug remote 1"
ctrl_c()
{
	local i process
	for ((i = 0; i < 600; i++)); do
		! grep -q 'Sending packet: \$\(vCont;c\|c#\)' "$work/said" 2>/dev/null || break
		sleep 0.1
	done
	for process in $(pgrep -x gdb-multiarch); do
		! grep -qzxF "target remote $work/socket" /proc/"$process"/cmdline || kill -INT "$process"
	done
}

session_calls()
{
	gdb_run 'print $pc == (long)_start' 'break leaf if number == 2' 'continue' 'backtrace' 'print text' 'up' 'finish' \
		'print sum' 'set variable sum = 100' 'delete' 'next' 'stepi 3' 'info symbol $pc' 'continue'
	says "breakpoints, backtraces, finish, steps, changed variables, the exit status" \
		'$1 = 1' 'Breakpoint 1, leaf (number=2, text=0x' '"four") at' '#0  leaf (number=2' '#1 ' ' in middle (number=1)' \
		'#2 ' ' in outer (number=3)' '#3 ' ' in solo5_app_main' ' in _start' '"four"' 'Value returned is $3 = 9' \
		'outer + ' 'exited with code 0170'
}

session_busy()
{
	rm -f "$work/said"
	ctrl_c &
	gdb_run 'break busy' 'continue' 'print $before = counter' 'stepi 50' 'print counter > $before' 'delete' \
		'set debug remote 1' 'continue' 'set debug remote 0' 'backtrace' 'print from_debugger(14)' 'set variable data.after = 1' 'continue'
	wait $!
	says "single steps; Ctrl-C stops a busy loop; the guest's functions are called; it goes on" \
		'Breakpoint 1, busy ()' '$2 = 1' 'SIGINT' 'busy ()' 'in solo5_app_main' '= 42' 'exited with code 03'
}

session_change()
{
	gdb_run 'monitor watchpoints' 'watch counter if counter == 40' 'continue' 'delete' 'watch data.before' 'continue' 'continue'
	local way="by the processor"
	[ $HOST = kvm ] || way="by single steps"
	says "watchpoints $way" \
		"$way" 'watchpoint 1: counter' 'New value = 40' 'change ()' 'watchpoint 2: data.before' 'New value = 7' \
		'exited with code 03'
}

session_vector()
{
	local low=0x0000000000010000 image=0x0000000000100000
	[ $HOST = kvm ] || low=0x00000000100b0000 image=0x0000000010100000
	gdb_run 'break *add' 'continue' 'print $v0.f' 'set variable $v1.f[3] = 100' 'print $tpidr' 'x/x 0' \
		'info mem' 'finish' 'delete' 'continue'
	says "vectors and thread pointer, read and written; memory and its map" \
		'Breakpoint 1, add' '= {1, 2, 3, 4}' '= (void *) 0x0' 'Cannot access memory at address 0x0' \
		$low $image '= {11, 22, 33, 104}' 'exited with code 0150'
}

session_crash()
{
	gdb_run 'continue' 'backtrace' 'print where' 'continue'
	says "a crash: where, and what it was" \
		'SIGSEGV' '#0 ' 'crash (where=0x10)' '#1 ' 'solo5_app_main' ' in _start' '= (volatile int *) 0x10' \
		'terminated with signal SIGSEGV'
}

session_abort()
{
	gdb_run 'continue' 'backtrace' 'continue'
	says "an abort is shown before the guest ends" 'SIGABRT' 'in solo5_abort' 'in solo5_app_main' 'terminated with signal SIGABRT'
}

core_check()
{
	wait $bed
	bed=
	sed '1,/^core /d' "$work/out" | base64 -d | gzip -d >"$work/core"
	output=$(timeout 100 gdb-multiarch -nx -q -batch -iex 'set debuginfod enabled off' "$elf" "$work/core" \
		-ex backtrace -ex 'print where' -ex 'print $x1' 2>&1)
	says "a core file: where, and what it was" 'signal SIGSEGV' '#0 ' 'crash (where=0x10)' '#1 ' 'solo5_app_main' \
		'#2 ' ' in _start' '= (volatile int *) 0x10' '= 42'
	output=$(cat "$work/out")
	says "exit statuses" "${statuses[@]}" "core 255"
}

# all of it on one processor; on the other, what signed return addresses may disturb
for cpu in cortex-a72 max; do
	case $cpu in
	max) sessions="calls" statuses=("calls 120") ;;
	*) sessions="calls busy change vector crash abort"
		statuses=("calls 120" "busy 3" "change 3" "vector 104" "crash 255" "abort 255") ;;
	esac
	bed_start
	for session in $sessions; do
		session_$session
	done
	core_check
done
echo "1..$number"
