# SPDX-License-Identifier: ISC
# boot_faults.bats -- a host that refuses calls, runs out of resources or interrupts: the right message and status, nothing left behind
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	local disk='"devices": [ { "name": "disk", "type": "BLOCK_BASIC" } ]'

	boots || return 0
	appliance_build faults "$(manifest_make faults "$disk" '"memory": "4M"')" "$TOP/tests/guests/faults.c"
	appliance_build disk "$(manifest_make disk "$disk" '"memory": "4M"')" "$TOP/tests/guests/disk.c"
	built "$(appliance_folder)/refuse" ||
		cc -std=gnu11 -O2 -Wall -Wextra -o "$(appliance_folder)/refuse" "$TOP/tests/peers/refuse.c" -lseccomp
	built "$(appliance_folder)/nudge" ||
		cc -std=gnu11 -O2 -Wall -Wextra -o "$(appliance_folder)/nudge" "$TOP/tests/peers/nudge.c"
}

setup()
{
	mkdir "$BATS_TEST_TMPDIR/here"
	cd "$BATS_TEST_TMPDIR/here"
	folder=$(appliance_folder)
	truncate -s 64K disk.img
}

teardown()
{
	[ -z "${monitor:-}" ] || { kill -9 $monitor; wait $monitor; } 2>/dev/null || true
}

# what each system call's refusal is called, as a pattern
declare -A called=(
	[capset]="drop capabilities" [chdir]="root folder" [dup3]="descriptor 10?*"
	[fstat]="--block:disk=disk.img*" [landlock_create_ruleset]=Landlock [landlock_restrict_self]=Landlock
	[mprotect]="protect *" [mremap]="place the image" [prctl]=no_new_privs [prlimit64]="resource limit *"
	[rt_sigaction]="signal +([0-9])" [seccomp]="seccomp *" [setgroups]="--user=65534: *" [setresgid]="--user=65534: *" [setresuid]="--user=65534: *"
)

@test "system calls that fail before the guest runs: the message names the call, the status is 1" {
	need_kvm
	need_root
	need strace
	local call n count said before name=disk
	local -a command=("$folder/$name" --block:disk=disk.img -- read disk 0 512)
	strace -o trace "${command[@]}" >out
	[ "$(cat out)" = "read ok"$'\n'zero ]
	# the last of them closes the filter; injecting is itself a system call that no filter lets through
	sed '/^seccomp(/q' trace | sed -n 's/^\([a-z_0-9]*\)(.*/\1/p' | sort | uniq -c >calls
	[ "$(awk '{ n += $1 } END { print n }' calls)" -gt 40 ]
	before=$(ls -A)
	while read -r count call; do
		# the C library's own, and the clock, which needs none in most hosts and never fails
		case $call in execve | arch_prctl | set_tid_address | clock_gettime | madvise) continue ;; esac
		for ((n = 1; n <= count; n++)); do
			run --separate-stderr timeout 60 strace -o trace -e trace="$call" -e inject="$call:error=EIO:when=$n" "${command[@]}"
			said="$call $n: status $status, said $output $stderr"
			case $call$n in
			# closing what is closed at exit anyway; how to open the image
			# (the open after it tells); a dead console ends the guest then; what never fails; no Landlock,
			# no root folder of its own; what is done another way then
			close[0-9]* | close_range* | ppoll1 | fcntl1 | newfstatat1 | rt_sigaction[12] | geteuid* | landlock_create_ruleset1 | chroot1)
				[ "$status" = 0 ] && [ "$output" = "read ok"$'\n'zero ] && [ -z "$stderr" ] || { echo "$said"; return 1; } ;;
			*)
				[ "$status" = 1 ] && [ -z "$output" ] || { echo "$said"; return 1; }
				[[ $stderr != *$'\n'* ]] || { echo "$said"; return 1; }
				[[ $stderr == "$name: "${called[$call]:-*}": I/O error" || $stderr == *"no read-only memory (KVM_CAP_READONLY_MEM)" ]] ||
					{ echo "$said"; return 1; } ;;
			esac
		done
	done <calls
	# nothing is left behind, and the image is as it was
	[ "$(ls -A)" = "$before" ]
	[ "$(tr -d '\0' <disk.img | wc -c)" = 0 ]
}

# bats test_tags=host:kvm
@test "KVM's refusals are named" {
	need_kvm
	need strace
	local error text
	while read -r n error text; do
		run timeout 60 strace -o /dev/null -e trace=ioctl,openat -e inject=$n:error=$error:when=1 "$folder/disk" --block:disk=disk.img
		[ "$status" = 1 ]
		[[ $output == "disk: $text"* ]] || { echo "$n $error: $output"; return 1; }
	done <<-END
		openat EACCES /dev/kvm: permission denied; join the group that owns it
		openat ENODEV /dev/kvm: this host offers no KVM;
		openat EMFILE /dev/kvm: No file descriptors available
		ioctl ENOMEM create a virtual machine: Out of memory
		ioctl EPERM create a virtual machine: Operation not permitted
	END
}

# bats test_tags=host:process
@test "unavailable addresses and a kernel without filters are reported before the guest runs" {
	need_kvm
	need strace
	local call injected text
	while read -r call injected text; do
		run --separate-stderr timeout 60 strace -o trace -e trace=$call -e inject=$call:$injected "$folder/disk" --block:disk=disk.img -- info disk
		# shellcheck disable=SC2053 # a pattern
		[[ $status == 1 && -z $output && $stderr == "disk: "$text ]] || { echo "$call $injected: status $status, said $output $stderr"; return 1; }
	done <<-END
		mmap error=EPERM:when=1 --mem=*: reserve addresses for guest memory: Operation not permitted
		mmap error=EEXIST:when=1 guest memory belongs at 0x10* to 0x*, where something else is mapped already; start it without what maps memory there, or with less --mem
		mmap retval=0x7000000:when=1 guest memory belongs at 0x10* to 0x*, where something else is mapped already; *
		mmap error=ENOMEM:when=1 --mem=*: reserve addresses for guest memory: Out of memory
		seccomp error=ENOSYS seccomp (this kernel needs CONFIG_SECCOMP_FILTER): Function not implemented
		seccomp error=EINVAL seccomp (this kernel needs CONFIG_SECCOMP_FILTER): Invalid argument
	END
}

# bats test_tags=host:process
@test "a limit on the process's addresses that leaves no room for the guest" {
	need_kvm
	run bash -c 'ulimit -v 3000 && exec "$@"' bash "$folder/disk" --block:disk=disk.img -- info disk
	[ "$status" = 1 ]
	[ "$output" = "disk: --mem=4: reserve addresses for guest memory: Out of memory" ]
	run bash -c 'ulimit -v 8000 && exec "$@"' bash "$folder/disk" --block:disk=disk.img -- info disk
	[ "$status" = 0 ]
	[ "$output" = "65536 512" ]
}

# bats test_tags=host:process
@test "a kernel without FSGSBASE is reported before the guest runs" {
	need_kvm
	[ "$(uname -m)" = x86_64 ] || skip "FSGSBASE is x86-64's"
	cc -std=gnu11 -O2 -Wall -Wextra -o auxiliary "$TOP/tests/peers/auxiliary.c"
	# AT_HWCAP2; all else of it is there
	run ./auxiliary 26 0xfffffffd "$folder/disk" --block:disk=disk.img -- info disk
	[ "$status" = 1 ]
	[ "$output" = "disk: this kernel doesn't let programs set their FS base (FSGSBASE: Linux 5.9, without nofsgsbase, on a processor that has it)" ]
	run ./auxiliary 26 2 "$folder/disk" --block:disk=disk.img -- info disk
	[ "$status" = 0 ]
	[ "$output" = "65536 512" ]
}

# refused CALL WHEN ERROR STATUS OUTPUT WORD...: the disk's appliance, its WHENth CALL refused, ends so; OUTPUT is a pattern
refused()
{
	run timeout 60 "$folder/refuse" "${@:1:3}" "$folder/disk" --block:disk=disk.img -- "${@:6}"
	# shellcheck disable=SC2053 # a pattern
	[[ $status == "$4" && $output == $5 ]] || { echo "$1 $2 $3: status $status, said $output"; return 1; }
}

# bats test_tags=host:kvm
@test "KVM's refusals while the guest runs, and unexpected exits" {
	need_kvm
	need_root
	local run=ioctl:0xae80 reading=(read disk 0 512) error text when
	# interrupted; the first call only prepares
	for when in 2 3 4; do
		refused $run $when 4 0 "read ok"$'\n'zero "${reading[@]}"
	done
	while read -r error text; do
		refused $run 2 "$error" 255 "disk: ABORT: $text" "${reading[@]}"
	done <<-END
		11 run the guest: Resource temporarily unavailable
		12 run the guest: Out of memory
		14 the guest's memory is gone: a file behind it was truncated, or the host is out of memory
		5 run the guest: I/O error
		exit:8 the virtual processor shut down (triple fault)
		exit:9 the host cannot enter the guest: hardware reason 0x*
		exit:17 KVM reports internal error *
		exit:99 unexpected exit 99 from the guest
	END
}

@test "other calls that fail while the guest runs: the guest gets an error; interrupted calls are repeated silently" {
	need_kvm
	need_root
	local call deed words
	while read -r call deed words; do
		# shellcheck disable=SC2086 # words
		refused "$call" 1 5 0 "$deed unspecified" $words
		# shellcheck disable=SC2086
		refused "$call" 1 4 0 "$deed ok" $words
	done <<-END
		pwrite64 write write disk 0 512 A
		fdatasync flush flush disk
		fallocate discard discard disk 0 4096
	END
	refused pread64 1 5 0 "read unspecified" read disk 0 512
	refused pread64 1 4 0 "read ok"$'\n'zero read disk 0 512
	# a console's error loses text, its interruption nothing
	refused write 1 5 0 "disk: standard output: I/O error; the guest's text is lost"$'\n'" ok" flush disk
	refused write 1 4 0 "flush ok" flush disk
	refused ppoll 1 4 0 "65536 512" sleep 1 info disk
}

@test "SIGTERM, SIGINT and SIGHUP end it at once, whatever the guest is doing" {
	need_kvm
	mkfifo pipe
	for signal in TERM INT HUP; do
		for deed in sleep spin flood; do
			# nobody reads while it floods, so that the monitor hangs in write
			exec 7<>pipe
			env --default-signal=INT "$folder/faults" --block:disk=disk.img $deed >pipe 3>&- 7>&- &
			monitor=$!
			read -r -t 60 line <&7
			[ "$line" = ready ]
			case $deed in
			spin) wait_for 10 ran $monitor 5 ;;
			*) wait_for 10 asleep $monitor ;;
			esac
			SECONDS=0
			kill -$signal $monitor
			local status=0
			wait $monitor || status=$?
			[ "$status" = $((128 + $(kill -l $signal))) ] || { echo "$signal, $deed: status $status"; return 1; }
			[ $SECONDS -le 5 ]
			exec 7>&-
		done
	done
	[ "$(ls -A)" = "disk.img"$'\n'pipe ]
}

@test "stopped and continued repeatedly, the guest completes its work" {
	need_kvm
	# not for ever: on a slow machine it may get nothing done meanwhile
	timeout 300 "$folder/nudge" 500 "$folder/faults" --block:disk=disk.img work >out
	[ "$(cat out)" = "$(head -c 400 /dev/zero | tr '\0' .)" ]
}

@test "running out of descriptors is reported, wherever it happens" {
	need_kvm
	local last=101
	# the virtual processor has the first of the fixed numbers
	[ $HOST = kvm ] || last=100
	for ((most = 3; most <= last; most == 6 ? most = 50 : most == 50 ? most = 100 : most++)); do
		run bash -c "exec 3>&- 4>&-; ulimit -n $most; exec '$folder/disk' --block:disk=disk.img -- info disk"
		[ "$status" = 1 ] || { echo "$most: status $status, said $output"; return 1; }
		[[ $output =~ ^disk:\ (/dev/kvm:|create\ a\ virtual\ (machine|processor):|descriptor\ 10[01]\ \(see\ ulimit\ -n\):|--block:disk=disk.img:)\ (No\ file\ descriptors\ available|Bad\ file\ descriptor)$ ]] ||
			{ echo "$most: $output"; return 1; }
	done
	run bash -c "exec 3>&- 4>&-; ulimit -n $((last + 1)); exec '$folder/disk' --block:disk=disk.img -- info disk"
	[ "$status" = 0 ]
	[ "$output" = "65536 512" ]
}

@test "running out of addresses is reported before the guest runs" {
	need_kvm
	run bash -c "ulimit -v $([ $HOST = kvm ] && echo 6000 || echo 3000); exec '$folder/disk' --block:disk=disk.img -- info disk"
	[ "$status" = 1 ]
	[[ $output == "disk: --mem="*": reserve addresses for guest memory: Out of memory" ]]
}

@test "a full disk is an error for the guest, which continues" {
	need_kvm
	need_root
	need unshare
	mkdir full
	run unshare -m sh -c 'mount -t tmpfs -o size=64k none full && truncate -s 1M full/disk.img &&
		exec "$1" --block:disk=full/disk.img -- writes disk 0 32768 A writes disk 32768 65536 B \
			read disk 0 512 writes disk 0 4096 C read disk 0 512 flush disk' sh "$folder/disk"
	[ "$status" = 0 ]
	[ "$output" = "$(printf '%s\n' 'write ok' 'write unspecified' 'read ok' A 'write ok' 'read ok' C 'flush ok')" ]
}
