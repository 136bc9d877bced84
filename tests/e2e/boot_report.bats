# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_report.bats -- reports of a guest's place: SIGQUIT, backtraces of traps, and source lines
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	boots || return 0
	mkdir -p "$(appliance_folder)/source"
	cp "$TOP/tests/guests/where.c" "$(appliance_folder)/source"
	appliance_build where "$(manifest_make where '"memory": "1M"' '"config": { "GUEST_REPORT": true }' '"sources": ["source/where.c"]')"
	appliance_build crash "$(manifest_make crash '"memory": "1M"' '"sources": ["source/where.c"]')"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

teardown()
{
	[ -z "${holder:-}" ] || kill -9 $holder 2>/dev/null || true
}

# line_of TEXT: where it is in where.c
line_of()
{
	awk -v text="$1" 'index($0, text) { print NR; exit }' "$folder/source/where.c"
}

# recorded APPLIANCE OPTION...: perf's samples of half a second of a busy guest, in the file data
recorded()
{
	perf record -q "${@:2}" -o data "$1" busy >printed 3>&- &
	holder=$!
	wait_for 20 grep -qx ready printed
	wait_for 60 ran "$(pgrep -P $holder)" 50
	kill -TERM "$(pgrep -P $holder)"
	wait $holder || true
	holder=
}

# reports LINE...: the report in "said" has these lines, patterns, in this order and next to each other
reports()
{
	local pattern
	pattern=$(printf '\n%s' "$@")
	# shellcheck disable=SC2053 # a pattern
	[[ $'\n'$(cat said)$'\n' == *$pattern$'\n'* ]] || { cat said; return 1; }
}

@test "SIGQUIT shows where the guest is, in a loop, in yield or in a waiting call, and the guest continues" {
	need_kvm
	local how where round
	for how in busy asleep full; do
		rm -f pipe printed said
		mkfifo pipe
		exec 7<>pipe
		if [ $how = full ]; then
			"$folder/where" $how >pipe 2>>said 3>&- &
		else
			"$folder/where" $how >printed 2>>said 3>&- &
		fi
		holder=$!
		if [ $how = full ]; then
			confined_asleep $holder
		else
			wait_for 10 grep -q ready printed
		fi
		for round in 1 2; do
			: >said
			kill -QUIT $holder
			wait_for 5 grep -qE '  (rip|elr) 0x' said
			case $how in
			busy) reports 'where: SIGQUIT: the guest is' 'where:   at 0x1*: busy+0x*' 'where:   from 0x1*: outer+0x*' ;;
			asleep) reports 'where: SIGQUIT: the guest is' 'where:   at 0x1*: hypercall_yield+0x*' \
				'where:   from 0x1*: solo5_yield+0x*' 'where:   from 0x1*: asleep+0x*' 'where:   from 0x1*: outer+0x*' ;;
			full) reports 'where: SIGQUIT: the guest is' 'where:   at 0x1*: hypercall_console_write+0x*' 'where:   from 0x1*: outer+0x*' ;;
			esac
		done
		if [ $how != full ]; then
			# and it ends as if nothing had been
			kill -TERM $holder
			wait $holder || [ $? = 5 ]
		else
			kill -9 $holder
			wait $holder || true
		fi
		holder=
		exec 7>&-
	done
}

@test "a hundred SIGQUIT and SIGUSR1 don't disturb a guest" {
	need_kvm
	"$folder/where" busy >printed 2>said 3>&- &
	holder=$!
	wait_for 10 grep -q ready printed
	local i
	for ((i = 0; i < 100; i++)); do
		kill -QUIT $holder
		kill -USR1 $holder
	done
	kill -TERM $holder
	wait $holder || [ $? = 5 ]
	holder=
	[ "$(grep -c 'SIGQUIT: the guest is' said)" -ge 2 ]
	[ "$(grep -c 'SIGQUIT: the guest is' said)" = "$(grep -c 'rip\|elr' said)" ]
}

# bats test_tags=host:process
@test "SIGQUIT at any instruction on the way into the guest is answered at once" {
	need_kvm
	cc -std=gnu11 -O2 -Wall -Wextra -o sweep "$TOP/tests/peers/sweep.c"
	run -0 timeout 60 ./sweep "$folder/where" busy
	# each start prints the guest's line, the last line says how far it was
	[[ $output == *ready$'\n'+([0-9])" instructions" ]]
	[ "$(grep -c '^ready$' <<<"$output")" -gt 20 ]
}

# bats test_tags=host:process
@test "perf's samples of a process resolve to guest functions with NAME.guest.elf" {
	need_kvm
	need perf addr2line pgrep
	perf record -q -o data true || skip "perf may not record here"
	recorded "$folder/where"
	perf script -i data -F ip | addr2line -f -s -e "$folder/where.build/where.guest.elf" | paste - - >names
	[ "$(grep -cE $'^busy\twhere.c:' names)" -gt 10 ]
}

# bats test_tags=host:process
@test "in valgrind the appliance says what it lacks there" {
	need_kvm
	need valgrind
	[ "$(uname -m)" = x86_64 ] || skip "FSGSBASE is x86-64's"
	run valgrind -q "$folder/where"
	[ "$status" = 1 ]
	[ "$output" = "where: this kernel doesn't let programs set their FS base (FSGSBASE: Linux 5.9, without nofsgsbase, on a processor that has it)" ]
}

# bats test_tags=host:process
@test "with SYMBOL_TABLE perf names the guest's functions; without it the file has no symbols" {
	need_kvm
	need perf readelf pgrep
	[ -z "$(readelf -sW "$folder/where")" ]
	perf record -q -e cpu-clock -o data true || skip "perf may not record here"
	appliance_build named "$(manifest_make named '"config": { "SYMBOL_TABLE": true, "GUEST_REPORT": true }')" "$TOP/tests/guests/where.c"
	recorded "$folder/named" -e cpu-clock
	perf report -i data --stdio --sort dso,symbol -g none 2>/dev/null >report
	cat report
	grep -E '^ +[0-9.]+% +named +\[\.\] busy' report
	# the monitor's own functions have names there, too
	readelf -sW "$folder/named" | grep -E ' FUNC .* process_gate$'
}

@test "a trap shows its callers, even for a function without a frame or a jump to nowhere" {
	need_kvm
	run -255 appliance crash jump
	echo "$output" >said
	reports '*guest trap: *' '*execution of 0x0: *' 'crash:   at 0x0' 'crash:   from 0x1*: jump+0x*' 'crash:   from 0x1*: outer+0x*'
	run -255 appliance crash strlen
	echo "$output" >said
	reports 'crash:   at 0x1*: strlen+0x*' 'crash:   from 0x1*: length_of_nothing+0x*' 'crash:   from 0x1*: outer+0x*'
	run -255 appliance crash deep
	echo "$output" >said
	[ "$(grep -c '  from .*: deep+0x' said)" = 32 ]
	reports 'crash:   from more callers'
}

@test "forged frames don't mislead a report" {
	need_kvm
	local how
	for how in loop tables unmapped odd text; do
		run -255 appliance crash $how
		echo "$output" >said
		reports 'crash:   at 0x1*: chain+0x*' 'crash:   from 0x1*: outer+0x*'
		[ "$(grep -c '  from ' said)" -le 3 ]
		grep -qE '  (rip|elr) 0x' said
	done
}

@test "explain shows source lines, from the build folder or a .debug file, of the same build only" {
	need_kvm
	run -255 appliance crash jump
	echo "$output" >report
	"$UKGEN" explain -B "$folder/crash.build" "$folder/crash" <report >explained
	cat explained
	# behind each of its places, and all else as it was
	grep -v '^      ' explained | cmp - report
	grep -A 1 'jump+0x' explained | grep -qE "^      jump at source/where.c:($(line_of 'nowhere();')|$(($(line_of 'nowhere();') + 1)))$"
	grep -A 1 'outer+0x' explained | grep -q "^      outer at source/where.c:$(line_of 'jump();')$"
	"$UKGEN" explain -B "$folder/crash.build" <report | cmp - explained
	mkdir moved
	cp "$folder/crash" moved/renamed
	run -1 --separate-stderr "$UKGEN" explain moved/renamed <report
	[[ $stderr == *"crash.guest.elf: not found in "* ]]
	cp "$folder/crash.build/crash.guest.elf" moved/renamed.debug
	"$UKGEN" explain moved/renamed <report | cmp - explained
	LC_ALL=C sed 's/not here/not hers/' "$folder/crash.build/crash.guest.elf" >moved/renamed.debug
	run -1 --separate-stderr "$UKGEN" explain moved/renamed <report
	[[ $stderr == *"belongs to another build of the appliance"* ]]
	# what a terminal would take for a command
	printf 'x:   at 0x100042: \033[2J\n' | "$UKGEN" explain -B "$folder/crash.build" | grep -q '^x:   at 0x100042: ?\[2J$'
}

@test "addr2line names functions and source lines, inlined ones too, for both processors" {
	need nm addr2line
	local line address
	"$UKGEN" addr2line -B "$folder/crash.build" "$folder/crash" $(nm "$folder/crash.build/crash.guest.elf" | awk '$3 == "jump" { print "0x" $1 }') >named
	[[ $(cat named) == "0x1"*": jump at source/where.c:$(($(line_of 'static void jump(void)')+1))" ]] || { cat named; return 1; }
	# print is compiled into jump
	line=$(line_of 'print("not here')
	address=$((16#$(nm "$folder/crash.build/crash.guest.elf" | awk '$3 == "jump" { print $1 }')))
	"$UKGEN" addr2line -B "$folder/crash.build" "$folder/crash" $(seq -f '%.0f' $address $((address + 40)) | xargs printf '%x\n') >named
	grep -A 1 ": print at source/where.c:$(line_of 'solo5_console_write(')$" named | grep -q "^      (inlined by) jump at source/where.c:$line$" ||
		{ cat named; return 1; }
	run -0 "$UKGEN" addr2line -B "$folder/crash.build" "$folder/crash" 5 0xFFFFFFFFFFFFFFFF
	[ "$output" = $'0x5: no function of the guest\n0xffffffffffffffff: no function of the guest' ]
	need aarch64-linux-gnu-addr2line x86_64-linux-gnu-addr2line
	for architecture in aarch64 x86_64; do
		"$UKGEN" --host=$HOST --arch=$architecture -B $architecture -o other "$folder/crash.manifest"
		"$UKGEN" addr2line -B $architecture other $IMAGE | grep -q "^$IMAGE: [a-z0-9_]* at .*:[0-9]*\$"
	done
}
