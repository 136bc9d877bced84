# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_signals.bats -- the effect of each signal on an appliance: the table of docs/signals.md
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	boots || return 0
	appliance_build sleeper "$(manifest_make sleeper '"memory": "1M"')" "$TOP/tests/guests/sleeper.c"
	appliance_build disk "$(manifest_make disk '"memory": "4M"' '"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]')" \
		"$TOP/tests/guests/disk.c"
}

setup()
{
	need_kvm
	cd "$BATS_TEST_TMPDIR"
}

teardown()
{
	[ -z "${monitor:-}" ] || { kill -9 $monitor; wait $monitor; } 2>/dev/null || true
}

# sleeper_start: process $monitor, whose guest sleeps
sleeper_start()
{
	env --default-signal "$(appliance_folder)/sleeper" >out 2>&1 3>&- &
	monitor=$!
	wait_for 20 grep -q '^Seccomp:.*2' /proc/$monitor/status
}

# sleeps: it is alive, and neither stopped nor at an end
sleeps()
{
	sleep 0.05
	grep -q '^State:.[SDR]' /proc/$monitor/status
}

# the signals by what becomes of them; all others of 1 to 64 end it
ignored=(PIPE CHLD URG WINCH XFSZ CONT)
stopping=(STOP TSTP TTIN TTOU)
told=(USR1)

@test "every signal has the effect that docs/signals.md describes" {
	local -A known
	local number status name
	for name in "${ignored[@]}" "${stopping[@]}" "${told[@]}"; do
		number=$(kill -l $name)
		known[$number]=1
		sleeper_start
		kill -$name $monitor
		case " ${stopping[*]} " in
		*" $name "*)
			wait_for 5 grep -q '^State:.T' /proc/$monitor/status
			kill -CONT $monitor
			wait_for 5 sleeps
			;;
		*)
			sleeps || { echo "SIG$name ended or stopped it"; return 1; }
			;;
		esac
		if [ $name = USR1 ]; then
			wait_for 5 grep -q '^sleeper: ' out
		else
			[ ! -s out ] || { echo "SIG$name: $(cat out)"; return 1; }
		fi
		kill -9 $monitor
		wait $monitor || true
	done
	# 32 and 33 are the C library's own: it lets no program reset what it has inherited of them
	for number in {1..31} {34..64}; do
		[ -z "${known[$number]:-}" ] || continue
		sleeper_start
		kill -n $number $monitor
		status=0
		wait $monitor || status=$?
		[ $status = $((128 + number)) ] || { echo "signal $number: status $status"; return 1; }
		[ ! -s out ] || { echo "signal $number: $(cat out)"; return 1; }
	done
	# and the table has each of these names
	for name in "${ignored[@]}" "${stopping[@]}" "${told[@]}"; do
		grep -qw "SIG$name" "$TOP/docs/signals.md" || { echo "docs/signals.md lacks SIG$name"; return 1; }
	done
}

@test "ignored signals don't disturb a guest's work" {
	truncate -s 64K disk.img
	"$(appliance_folder)/disk" --block:disk=disk.img -- sleep 1 writes disk 0 65536 A sleep 1 reads disk 0 65536 >out 2>&1 3>&- &
	monitor=$!
	wait_for 20 grep -q '^Seccomp:.*2' /proc/$monitor/status
	while kill -0 $monitor 2>/dev/null; do
		for name in "${ignored[@]}"; do
			kill -$name $monitor 2>/dev/null || true
		done
		sleep 0.05
	done
	wait $monitor
	monitor=
	[ "$(cat out)" = "write ok"$'\n'"read ok"$'\n'A ]
}
