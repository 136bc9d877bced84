# SPDX-License-Identifier: ISC
# boot_memory.bats -- a guest with much memory: it has all of it, and what it doesn't touch costs little

load common

setup_file()
{
	boots || return 0
	appliance_build heap "$(manifest_make heap '"memory": "200M"')" "$TOP/tests/guests/heap.c"
	[ $HOST = kvm ] || return 0
	appliance_build whole "$(manifest_make whole '"memory": "200M"' '"config": { "GDB": true }')" "$TOP/tests/guests/heap.c"
	built "$(appliance_folder)/refuse" ||
		cc -std=gnu11 -O2 -Wall -Wextra -o "$(appliance_folder)/refuse" "$TOP/tests/peers/refuse.c" -lseccomp
	appliance_build small "$(manifest_make small '"memory": "64M"')" "$TOP/tests/guests/heap.c"
}

@test "all of the heap is there and zero, touched from its end to its start" {
	need_kvm
	appliance heap all
	appliance heap --mem=7 all
	appliance heap --mem=65 all
}

@test "a call may use memory that the guest has not touched" {
	need_kvm
	run appliance heap buffers
	[ "$status" = 0 ]
	[ "$output" = text ]
}

@test "the heap's last bytes can't be executed, and what is behind it is not there" {
	need_kvm
	local word
	for word in execute beyond; do
		run appliance heap $word
		[ "$status" = 255 ]
		[[ ${lines[0]} == "heap: ABORT: guest trap: "* ]]
	done
	[[ ${lines[1]} == "heap:   write of 0x"*": nothing is mapped there" ]]
	[[ ${lines[2]} == "heap:   stack overflow"* ]]
	appliance heap execute 2>&1 | grep -E '^heap:   (execution of 0x.*|.*execut.*)'
}

# bats test_tags=host:kvm
@test "a virtual machine gets its memory by steps of 64 MiB as it touches it, and needs one call more for that" {
	need_kvm
	need strace
	[ "$(uname -m)" = x86_64 ] || skip "memory on demand is for x86-64, whose KVM may have to shadow page tables"
	cd "$BATS_TEST_TMPDIR"
	# behind the filter: 64 to 128, and to the end of the heap
	strace -e trace=ioctl,seccomp -o calls "$(appliance_folder)/heap" all
	[ "$(sed -n '/^seccomp/,$p' calls | grep -c KVM_SET_USER_MEMORY_REGION)" = 2 ]
	strace -e trace=ioctl,seccomp -o calls "$(appliance_folder)/heap" buffers
	[ "$(sed -n '/^seccomp/,$p' calls | grep -c KVM_SET_USER_MEMORY_REGION)" = 2 ]
	# what a small guest and one with a debugger don't have
	"$UKGEN" inspect "$(appliance_folder)/heap" | grep KVM_SET_USER_MEMORY_REGION
	! "$UKGEN" inspect "$(appliance_folder)/small" | grep KVM_SET_USER_MEMORY_REGION
	! "$UKGEN" inspect "$(appliance_folder)/whole" | grep KVM_SET_USER_MEMORY_REGION
	"$(appliance_folder)/whole" all
	"$(appliance_folder)/small" --mem=200 all
}

# bats test_tags=host:kvm
@test "memory that the host refuses ends the guest with a message" {
	need_kvm
	[ "$(uname -m)" = x86_64 ] || skip "memory on demand is for x86-64, whose KVM may have to shadow page tables"
	local count
	# KVM_SET_USER_MEMORY_REGION: low pages, text, data with the first heap, stack; ENOMEM
	for count in 5 6; do
		run "$(appliance_folder)/refuse" ioctl:0x4020ae46 $count 12 "$(appliance_folder)/heap" buffers
		[ "$status" = 255 ]
		[ "$output" = "heap: ABORT: the host has no room for more of the guest's memory: Out of memory" ]
	done
	run "$(appliance_folder)/refuse" ioctl:0x4020ae46 7 12 "$(appliance_folder)/heap" buffers
	[ "$status" = 124 ]
}
