# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_stop.bats -- requests to stop: the grace time, process 1 of a container, SIGUSR1
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	boots || return 0
	appliance_build stop "$(manifest_make stop '"memory": "1M"')" "$TOP/tests/guests/stop.c"
	appliance_build sleeper "$(manifest_make sleeper '"memory": "1M"')" "$TOP/tests/guests/sleeper.c"
	appliance_build kv "$TOP/examples/kv/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

# podman_ended: no process of podman has this test's folder any more
podman_ended()
{
	local process
	for process in $(pgrep -x 'podman|conmon'); do
		! grep -qzF -- "$runroot" /proc/$process/cmdline || return 1
	done
}

teardown()
{
	if [ -n "${runroot:-}" ]; then
		# podman's own process that cleans up behind a container would make the folder again
		wait_for 10 podman_ended
		rm -rf "$runroot"
	fi
	[ -z "${holder:-}" ] || kill -9 $holder 2>/dev/null || true
}

# started COMMAND...: as process $holder, once it has printed something; signals are as a terminal's programs have them
started()
{
	rm -f printed
	env --default-signal=INT,TERM "$@" >printed 2>said 3>&- &
	holder=$!
	wait_for 10 test -s printed
	began=$EPOCHREALTIME
}

# ended STATUS MIN MAX: it ended so, after so many milliseconds
ended()
{
	local status=0 took
	wait $holder || status=$?
	took=$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))
	holder=
	echo "status $status after $took ms: $(cat printed said)"
	[ $status = "$1" ] && [ $took -ge "$2" ] && [ $took -le "$3" ]
}

@test "a guest that is asked to stop wakes up, finishes, and its exit status counts" {
	need_kvm
	local signal
	for signal in TERM INT; do
		started "$folder/stop" sleep
		kill -$signal $holder
		ended 7 0 3000
		[ "$(cat printed)" = $'ready\nwoken' ]
		started "$folder/stop" spin
		kill -$signal $holder
		ended 8 0 3000
		[ "$(cat printed)" = $'ready\nasked' ]
	done
	[ ! -s said ]
}

@test "a guest that never checks is ended after the grace time, whatever it does" {
	need_kvm
	local how
	for how in wait loop; do
		started "$folder/stop" --grace=1 $how
		kill -TERM $holder
		# asked again is asked once
		sleep 0.1
		kill -TERM $holder
		kill -INT $holder
		ended 143 950 3000
		started "$folder/stop" --grace 1 $how
		kill -INT $holder
		ended 130 950 3000
		started "$folder/stop" --grace=0 $how
		kill -INT $holder
		ended 130 0 900
	done
}

@test "a guest whose console is not read is ended, too" {
	need_kvm
	mkfifo pipe
	exec 7<>pipe
	env --default-signal=INT,TERM "$folder/stop" --grace=1 write >pipe 3>&- &
	holder=$!
	confined_asleep $holder
	began=$EPOCHREALTIME
	: >printed >said
	kill -TERM $holder
	ended 143 950 3000
	exec 7>&-
}

@test "signals ignored at the start stay ignored; --grace takes a number" {
	need_kvm
	bash -c 'trap "" INT; exec "$1" sleep' bash "$folder/stop" >printed 3>&- &
	holder=$!
	wait_for 10 test -s printed
	kill -INT $holder
	sleep 0.3
	kill -0 $holder
	kill -TERM $holder
	began=$EPOCHREALTIME
	: >said
	ended 7 0 3000
	run appliance stop --grace=soon
	[ "$status" = 1 ]
	[ "$output" = "stop: --grace=soon: not a number from 0 to 86400" ]
}

@test "process 1 of a PID namespace stops as others do" {
	need_kvm
	need_root
	need unshare pgrep
	started unshare --pid --fork --kill-child "$folder/stop" sleep
	kill -TERM $(pgrep -P $holder)
	ended 7 0 3000
	for signal in TERM INT; do
		env --default-signal=INT,TERM unshare --pid --fork --kill-child "$folder/sleeper" 3>&- &
		holder=$!
		wait_for 10 eval '[ -n "$(pgrep -P $holder)" ]'
		wait_for 10 grep -q '^Seccomp:.*2' /proc/$(pgrep -P $holder)/status
		: >printed >said
		began=$EPOCHREALTIME
		kill -$signal $(pgrep -P $holder)
		ended $([ $signal = TERM ] && echo 143 || echo 130) 0 3000
	done
}

@test "podman stop ends a container at once" {
	need_kvm
	need_root
	need podman pgrep
	tar -cf image.tar -C "$folder" stop sleeper
	runroot=$(mktemp -d /tmp/ukgen.XXXXXX)
	with_control_groups bash -ec '
		podman="podman --root $PWD/root --runroot $0 --tmpdir $PWD/tmp --storage-driver vfs --cgroup-manager cgroupfs --events-backend none"
		$podman import --quiet image.tar stop
		for program in "/stop sleep" /sleeper; do
			container=$($podman run -d --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --device /dev/kvm stop $program)
			process=$($podman inspect --format "{{.State.Pid}}" $container)
			# as process 1 it would not be ended by a signal that it does not catch: runc becomes the program, and this then catches 15
			for ((i = 0; i < 200; i++)); do
				[ $(readlink /proc/$process/exe) != ${program%% *} ] ||
					! ((0x$(sed -n "s/^SigCgt:\t*//p" /proc/$process/status) >> 14 & 1)) || break
				sleep 0.1
			done
			began=$EPOCHREALTIME
			$podman stop --time 10 $container >stopped
			took=$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))
			echo "$program: status $($podman inspect --format "{{.State.ExitCode}}" $container) in $took ms"
			[ $took -le 5000 ]
			$podman rm $container
		done' "$runroot" >output 9>&- 3>&-
	cat output
	grep -q '^/stop sleep: status 7 ' output
	grep -q '^/sleeper: status 143 ' output
}

@test "SIGUSR1 does not end an appliance without counters" {
	need_kvm
	"$folder/sleeper" 2>said 3>&- &
	holder=$!
	wait_for 10 grep -q '^Seccomp:.*2' /proc/$holder/status
	kill -USR1 $holder
	wait_for 5 test -s said
	kill -USR1 $holder
	wait_for 5 eval '[ $(wc -l <said) = 2 ]'
	[ "$(sort -u said)" = "sleeper: SIGUSR1: this appliance has no counters" ]
	kill -0 $holder
}

@test "kv under load stops between two changes, and keeps them all" {
	need_kvm
	truncate -s 128K store.img
	started "$folder/kv" --block:store=store.img -- load 1 100000000
	wait_for 10 grep -q ok printed
	kill -TERM $holder
	began=$EPOCHREALTIME
	ended 0 0 3000
	[ "$(tail -n 1 printed)" = ok ]
	{ echo run; cat printed; echo run; appliance kv --block:store=store.img -- load 0 0; } >told
	awk -f "$TOP/tests/e2e/kv.awk" told
}
