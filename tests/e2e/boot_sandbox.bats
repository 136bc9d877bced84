# SPDX-License-Identifier: ISC
# boot_sandbox.bats -- a running monitor: its filter, its memory, its privileges; containers and users

load common

setup_file()
{
	boots || return 0
	appliance_build taken --modules "$TOP/tests/modules" "$(manifest_make taken '"memory": "1M"')" "$TOP/tests/guests/taken.c"
	appliance_build sleeper "$(manifest_make sleeper '"memory": "4M"')" "$TOP/tests/guests/sleeper.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	need_kvm
	# by this name other users reach it, too, whatever the folder is
	exec 9<"$(appliance_folder)/sleeper"
	sleeper=/proc/self/fd/9
}

teardown()
{
	[ -z "${runroot:-}" ] || rm -rf "$runroot"
	[ -z "${monitor:-}" ] || { kill -9 $monitor; wait $monitor; } 2>/dev/null || true
}

# sleeper_start [COMMAND...]: runs the sleeper as process $monitor; returns when its guest sleeps
sleeper_start()
{
	"$@" $sleeper 3>&- 4<"$TOP/configure" 130<"$TOP/configure" &
	monitor=$!
	wait_for 20 grep -q '^Seccomp:.*2' /proc/$monitor/status
}

# status_is FIELD VALUE: of the sleeping monitor, as proc(5) has it
status_is()
{
	local value
	value=$(sed -n "s/^$1:[ \t]*//p" /proc/$monitor/status | tr '\t' ' ')
	[ "${value% }" = "$2" ] || { echo "$1: $value"; return 1; }
}

@test "a system call that no line names ends the monitor at once, and the message names it" {
	run appliance taken 1 1 data 11
	[ "$status" = 0 ]
	[ "$output" = "/etc/passwddone" ]
	# x86-64's: open, openat, read, mmap, mprotect, clone, execve, socket, prctl, kill, dup, io_uring_setup;
	# write to another descriptor, KVM_RUN elsewhere, another ioctl, x32's write, a number that doesn't exist
	for call in "2 data" "257 0 data" "0 0 data 1" "9 0 4096 3 34" "10 data 4096 7" "56 17" "59 data" "41 1 1" \
		"157 4 1" "62 1 9" "32 100" "425 1 data" \
		"1 3 data 1" "1 0x100000001 data 1" "16 1 0xae80" "16 100 0xae41" "0x40000001 1 data 1" "1023"; do
		run appliance taken $call
		[ "$status" = 159 ] || { echo "$call: status $status, said $output"; return 1; }
		# x32 is killed without a word
		[ "${call%% *}" != 0x40000001 ] || { [ -z "$output" ]; continue; }
		[ "$output" = "taken: ABORT: the filter stopped system call ${call%% *}; see type=1326 in the kernel's log" ] ||
			{ echo "$call: said $output"; return 1; }
	done
}

kills_logged()
{
	dmesg | grep -cE 'type=1326 .* comm="taken" .* syscall=257 .*code=0x30000' || true
}

@test "the kernel's log names the process and the system call" {
	grep -qw kill_process /proc/sys/kernel/seccomp/actions_logged || skip "this kernel logs no kills"
	dmesg >/dev/null 2>&1 || skip "the kernel's log is not for us"
	local attempt before
	# the kernel prints ten of these lines in 5 s, those of all other programs among them
	for attempt in 1 2 3 4; do
		before=$(kills_logged)
		run appliance taken 257 0 data
		[ "$status" = 159 ]
		! wait_for 1 eval '[ "$(kills_logged)" -gt $before ]' || return 0
		sleep 5
	done
	return 1
}

# bats test_tags=host:kvm
@test "memory: nothing writable and executable, guest memory not executable, guarded on both sides" {
	need_root
	sleeper_start
	cat /proc/$monitor/maps >maps
	run grep -E '^[^ ]+ .wx' maps
	[ "$status" = 1 ]
	# the monitor's text and its C library's, and what the kernel gives every process
	[ "$(grep -E '^[^ ]+ ..x' maps | grep -cv -e '\[vdso\]' -e '\[vsyscall\]')" = 2 ]
	# between the first and the last inaccessible range lies the guest: 2 MiB of nothing on both sides,
	# low pages, image and the rest of its 4 MiB, no more
	sed 's/-/ /' maps | while read -r from to rights rest; do echo $((0x$from)) $((0x$to)) "$rights"; done >ranges
	awk '
		$3 == "---p" { if (!first) { first = $2; below = $2 - $1 } last = $1; above = $2 - $1; next }
		{ at[NR] = $1; size[NR] = $2 - $1 }
		END {
			for (i in at) if (at[i] >= first && at[i] < last) sum += size[i]
			print below, above, sum
			exit !(below >= 2097152 && above >= 2097152 && sum <= 4194304 && sum > 4000000)
		}' ranges
	# its text and read-only data are the file, shared, and not writable here either
	offset=$(readelf -SW "$(appliance_folder)/sleeper" | sed -n 's/.* \.image_text *PROGBITS *[0-9a-f]* *\([0-9a-f]*\) .*/\1/p')
	grep -E "^[^ ]+ r--p 00$offset .*/sleeper\$" maps
	# the monitor has 20 KiB of it, tables included, that can't be written, and no heap
	run grep -F '[heap]' maps
	[ "$status" = 1 ]
}

# bats test_tags=host:process
@test "memory of a process: nothing writable and executable, only text executable, gaps in between" {
	need_root
	sleeper_start
	cat /proc/$monitor/maps >maps
	run grep -E '^[^ ]+ .wx' maps
	[ "$status" = 1 ]
	# the monitor's text and the guest's; what the kernel gives every process
	[ "$(grep -E '^[^ ]+ ..x' maps | grep -cv -e '\[vdso\]' -e '\[vsyscall\]')" = 2 ]
	# nothing is below the monitor, at 256 MiB; from there on, the guest's memory is no more than its 4 MiB: its stack of 256 KiB, right
	# below the low pages, with nothing mapped for as much below it, and all else from 1 MiB on
	[[ $(head -n 1 maps) = 10000000-* ]]
	sed 's/-/ /' maps | while read -r from to rights rest; do echo $((0x$from - 0x10000000)) $((0x$to - 0x10000000)) "$rights"; done >ranges
	[ "$(awk '$2 < 1048576' ranges | wc -l)" -ge 4 ]
	awk '
		NR == 1 { low = $1 }
		$1 == 589824 { below = $1 - before }
		{ before = $2 }
		$1 >= 1048576 && $2 <= 268435456 { sum += $2 - $1; if (last && $1 > last) holes++; last = $2 }
		END { print low, below, sum, holes; sum += 262144 + 2 * 4096
			exit !(low == 0 && below > 200000 && sum <= 4194304 && sum > 4150000 && holes == 0) }' ranges
	# arguments and boot info can be written, as the monitor's variables behind them can; text and read-only data are the file, shared
	grep -E '^10090000-100[de][0-9a-f]+ rw-p' maps
	grep -E '^10100000-[0-9a-f]+ r-xp .*/sleeper$' maps
}

@test "started as root it becomes nobody, without capabilities, with only the descriptors and limits that it needs" {
	need_root
	sleeper_start
	status_is Uid "65534 65534 65534 65534"
	status_is Gid "65534 65534 65534 65534"
	status_is Groups ""
	status_is NoNewPrivs 1
	status_is Seccomp 2
	for set in CapInh CapPrm CapEff CapAmb; do
		status_is $set 0000000000000000
	done
	if [ $HOST = kvm ]; then
		[ "$(ls /proc/$monitor/fd | sort -n | tr '\n' ' ')" = "1 2 100 " ]
		[[ $(readlink /proc/$monitor/fd/100) == anon_inode:kvm-vcpu* ]]
	else
		[ "$(ls /proc/$monitor/fd | sort -n | tr '\n' ' ')" = "1 2 " ]
	fi
	grep -E '^Max core file size +0 +0 ' /proc/$monitor/limits
	grep -E '^Max processes +0 +0 ' /proc/$monitor/limits
	grep -E "^Max open files +10$([ $HOST = kvm ] && echo 1 || echo 0) " /proc/$monitor/limits
}

@test "--user" {
	need_root
	"$(appliance_folder)/sleeper" --user=4321 3>&- 9>&- &
	monitor=$!
	wait_for 10 grep -q '^Seccomp:.*2' /proc/$monitor/status || true
	status_is Uid "4321 4321 4321 4321"
	kill -9 $monitor
	run appliance sleeper --user=0
	[ "$status" = 1 ]
	[ "$output" = "sleeper: --user=0: not a number from 1 to 2143289343" ]
	run appliance sleeper --user=nobody
	[ "$status" = 1 ]
}

@test "with --user=+ID each appliance has its own user" {
	need_root
	local others=() process
	for process in 1 2 3; do
		"$(appliance_folder)/sleeper" --user=+100000000 3>&- 9>&- &
		others+=($!)
	done
	for monitor in "${others[@]}"; do
		wait_for 10 grep -q '^Seccomp:.*2' /proc/$monitor/status || true
		status_is Uid "$(printf "$((100000000 + monitor)) %.0s" 1 2 3 4 | sed 's/ $//')"
		status_is Gid "$(printf "$((100000000 + monitor)) %.0s" 1 2 3 4 | sed 's/ $//')"
	done
	kill -9 "${others[@]}"
	run appliance sleeper --user=+0
	[ "$status" = 1 ]
	[ "$output" = "sleeper: --user=0: not a number from 1 to 2143289343" ]
}

@test "started as root it has an empty root folder, which it can't change" {
	need_root
	sleeper_start
	[ "$(readlink /proc/$monitor/root)" = /proc/tty/ldisc ]
	[ "$(readlink /proc/$monitor/cwd)" = /proc/tty/ldisc ]
	[ -z "$(ls -A /proc/$monitor/root/)" ]
	run touch /proc/$monitor/root/file
	[ "$status" = 1 ]
}

@test "an ordinary user runs appliances, and no other user can inspect them" {
	need_root
	need unshare setpriv
	# a /dev/kvm that this user may open, in a mount namespace of its own
	cat >as-user <<-'END'
		mknod kvm c 10 232 && chmod 666 kvm && mount --bind kvm /dev/kvm || exit 99
		exec setpriv --reuid=1000 --regid=1000 --clear-groups "$@"
	END
	sleeper_start unshare -m bash ./as-user
	status_is Uid "1000 1000 1000 1000"
	status_is CapEff 0000000000000000
	run setpriv --reuid=1000 --regid=1000 --clear-groups cat /proc/$monitor/maps
	[ "$status" = 1 ]
	[[ $output == *"Permission denied"* ]]
}

@test "in a user namespace" {
	need unshare
	unshare -r true || skip "no user namespaces here"
	sleeper_start unshare -r
	status_is NoNewPrivs 1
	status_is CapEff 0000000000000000
}

@test "in a container with runc's defaults, and as root that can't change users" {
	need_root
	need runc python3
	mkdir -p bundle/rootfs
	cp "$(appliance_folder)/taken" bundle/rootfs/
	(cd bundle && runc spec)
	python3 - <<-'END'
		import json
		spec = json.load(open("bundle/config.json"))
		spec["process"]["terminal"] = False
		spec["process"]["args"] = ["/taken", "1", "1", "data", "11"]
		number = {"type": "c", "major": 10, "minor": 232}
		spec["linux"]["devices"] = [dict(number, path="/dev/kvm", fileMode=0o666)]
		spec["linux"]["resources"]["devices"].append(dict(number, allow=True, access="rw"))
		assert "CAP_SETUID" not in spec["process"]["capabilities"]["bounding"]
		json.dump(spec, open("bundle/config.json", "w"))
	END
	run with_control_groups runc run --bundle bundle "ukgen-test-$$" 9>&-
	[ "$status" = 0 ]
	[ "$output" = "/etc/passwddone" ]
}

@test "in a container with podman's defaults" {
	need_root
	need podman python3
	tar -cf image.tar -C "$(appliance_folder)" taken
	# podman takes no long path for it, and its own limits may be above what this host permits
	runroot=$(mktemp -d /tmp/ukgen.XXXXXX)
	podman=(podman --root "$PWD/root" --runroot "$runroot" --tmpdir "$PWD/tmp" --storage-driver vfs --cgroup-manager cgroupfs
		--events-backend none)
	with_control_groups "${podman[@]}" import --quiet image.tar taken 9>&-
	run with_control_groups "${podman[@]}" info --format '{{.Host.Security.SECCOMPEnabled}}' 9>&-
	[ "$output" = true ]
	run with_control_groups "${podman[@]}" run --rm --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --device /dev/kvm taken /taken 1 1 data 11 9>&-
	echo "$output"
	[ "$status" = 0 ]
	[ "$output" = "/etc/passwddone" ]
}
