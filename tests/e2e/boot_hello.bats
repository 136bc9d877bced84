# SPDX-License-Identifier: ISC
# boot_hello.bats -- appliances from start to end: arguments, memory, exit status, time, the API's promises

load common

setup_file()
{
	appliance_build hello "$TOP/examples/hello/app.manifest"
	boots || return 0
	appliance_build facts "$(manifest_make facts '"memory": "2M"')" "$TOP/tests/guests/facts.c"
	appliance_build wall "$(manifest_make wall '"memory": "1M"')" "$TOP/tests/guests/wall.c"
	appliance_build deep "$(manifest_make deep '"memory": "1M"')" "$TOP/tests/guests/deep.c"
	appliance_build sleeper "$(manifest_make sleeper '"memory": "1M"')" "$TOP/tests/guests/sleeper.c"
}

@test "hello greets the world, or the names in its arguments" {
	need_kvm
	[ "$(appliance hello)" = "Hello, world!" ]
	[ "$(appliance hello big wide world)" = "Hello, big wide world!" ]
	[ "$(appliance hello -- --mem=7)" = "Hello, --mem=7!" ]
	[ "$(appliance hello --mem=3 you)" = "Hello, you!" ]
}

@test "hello prints nothing on standard error and ends with 0" {
	need_kvm
	run appliance hello
	[ "$status" = 0 ]
	[ "$output" = "Hello, world!" ]
}

@test "hello has no variables, not even a stack guard: a launch touches no page for them" {
	need size
	size -A "$(appliance_folder)/hello.build/hello.guest.elf" >"$BATS_TEST_TMPDIR/sections"
	grep -E '^\.text ' "$BATS_TEST_TMPDIR/sections"
	run grep -E '^\.(data|bss|got) ' "$BATS_TEST_TMPDIR/sections"
	[ "$status" = 1 ]
}

@test "hello runs with 1 MiB and with 3 GiB" {
	need_kvm
	[ "$(appliance hello --mem=1)" = "Hello, world!" ]
	[ "$(appliance hello --mem=3072)" = "Hello, world!" ]
}

# bats test_tags=host:kvm
@test "memory that page tables cannot map is refused" {
	need_kvm
	run appliance hello --mem=1048576
	[ "$status" = 1 ]
	[[ $output =~ ^"hello: --mem=1048576: not a number from 1 to "([0-9]+)$ ]]
	appliance hello --help | grep -F "guest memory in MiB: 1 to ${BASH_REMATCH[1]}, default 1"
}

@test "arguments longer than half the stack are refused before the guest runs" {
	need_kvm
	run appliance hello "$(head -c 40000 /dev/zero | tr '\0' x)"
	[ "$status" = 1 ]
	[ "$output" = "hello: the guest's arguments: longer than half its stack of 64 KiB" ]
}

@test "the stack grows with memory, and its overflow is reported as such" {
	need_kvm
	# 12.8 MB of stack, and a heap that has all but that and an image of less than 1 MiB
	run appliance deep --mem=64 12800000
	[ "$status" = 0 ]
	[ "$output" = "heap: 0050 MiB" ]
	appliance deep --mem=512 12800000
	run appliance deep --mem=1 12800000
	[ "$status" = 255 ]
	[ "${lines[0]}" = "deep: ABORT: guest trap: page fault (#PF), error code 0x6" ] || [[ ${lines[0]} == "deep: ABORT: guest trap: data abort"* ]]
	[[ ${lines[1]} == "deep:   write of 0x"*": nothing is mapped there" ]]
	[ "${lines[2]}" = "deep:   stack overflow; STACK_KB is 64" ]
	[[ ${lines[3]} == "deep:   at 0x"*": nested+0x"* ]]
}

# bats test_tags=host:process
@test "a kernel without guards within a mapping: the page below the stack isn't mapped" {
	need_kvm
	need strace
	run strace -o "$BATS_TEST_TMPDIR/trace" -e trace=madvise,munmap -e inject=madvise:error=EINVAL "$(appliance_folder)/deep" --mem=2 12800000
	[ "$status" = 255 ]
	grep -q '^munmap(0x[0-9a-f]*000, 4096) *= 0' "$BATS_TEST_TMPDIR/trace"
	[[ ${lines[1]} == "deep:   write of 0x"*": nothing is mapped there" ]]
	[ "${lines[2]}" = "deep:   stack overflow; STACK_KB is 128" ]
}

# bats test_tags=host:process
@test "the manifest's stack, if small, is the kernel's to map: nothing else is mapped at start, and below it is nothing" {
	need_kvm
	need strace
	run strace -o "$BATS_TEST_TMPDIR/trace" -e trace=mmap,madvise,munmap,mprotect,brk "$(appliance_folder)/deep" 12800000
	[ "$status" = 255 ]
	[[ ${lines[1]} == "deep:   write of 0x100b"????": nothing is mapped there" ]]
	[ "${lines[2]}" = "deep:   stack overflow; STACK_KB is 64" ]
	run -0 grep '^[a-z]*(' "$BATS_TEST_TMPDIR/trace"
	[[ $(uname -m) != x86_64 ]] || [[ $output == "mmap(0x101"* && ${#lines[@]} = 1 ]]
}

@test "memory, clocks, yield, thread-local storage and FPU are as solo5.h promises" {
	need_kvm
	run appliance facts
	[ "$status" = 0 ]
}

@test "the wall clock is the host's, and the exit status is the guest's" {
	need_kvm
	local before after
	before=$(date +%s)
	run appliance wall
	after=$(date +%s)
	[ "$status" = 7 ]
	[ "${lines[0]}" -ge "$before" ]
	[ "${lines[1]}" -ge "${lines[0]}" ]
	[ "${lines[1]}" -le "$after" ]
}

# bats test_tags=host:kvm
@test "without /dev/kvm a message says so, and suggests the other host" {
	[ -z "${BUILD_ONLY:-}" ] || skip "only building"
	need_root
	need unshare
	run unshare -m sh -c 'mount -t tmpfs none /dev && exec "$1"' sh "$(appliance_folder)/hello"
	[ "$status" = 1 ]
	[[ $output == "hello: /dev/kvm: this host offers no KVM;"*"or build the appliance with ukgen --host=process" ]]
}

# bats test_tags=host:process
@test "a process needs no /dev/kvm" {
	need_root
	need unshare
	run unshare -m sh -c 'mount -t tmpfs none /dev && exec "$1"' sh "$(appliance_folder)/hello"
	[ "$status" = 0 ]
	[ "$output" = "Hello, world!" ]
}

@test "inspect and --describe say what isolates the guest" {
	local isolation="virtual machine"
	[ $HOST = kvm ] || isolation=process
	[ -z "${BUILD_ONLY:-}" ] || skip "only building"
	"$UKGEN" inspect "$(appliance_folder)/hello" | grep -qx "isolation: $isolation"
	appliance hello --describe | grep -q "\"isolation\":\"$isolation\""
	[[ $(appliance hello --version) == "hello, made by ukgen "*"; isolation: $isolation" ]]
}

@test "SIGTERM ends an appliance that sleeps" {
	need_kvm
	"$(appliance_folder)/sleeper" 3>&- &
	local monitor=$!
	# asleep once the filter is in place
	local tries
	for tries in $(seq 100); do
		! grep -q '^Seccomp:.*2' /proc/$monitor/status || break
		sleep 0.1
	done
	kill -TERM $monitor
	local status=0
	wait $monitor || status=$?
	[ "$status" = 143 ]
}
