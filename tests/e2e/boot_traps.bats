# SPDX-License-Identifier: ISC
# boot_traps.bats -- what a guest must not do ends it with status 255 and a report; the monitor lives to tell

load common

setup_file()
{
	[ "$(uname -m)" = x86_64 ] || skip "64-bit ARM's are in tests/beds/arm64"
	appliance_build traps "$(manifest_make traps '"memory": "2M"' '"cflags": ["-I'$TOP'/tests/guests/x86_64"]')" "$TOP/tests/guests/traps.c"
}

# ends DEED FIRST-LINE [SECOND-LINE]: lines are patterns
ends()
{
	run appliance traps "$1"
	[ "$status" = 255 ] || { echo "$1: status $status, said: $output"; return 1; }
	[[ ${lines[0]} == "traps: "$2 ]] || { echo "$1: said ${lines[0]}"; return 1; }
	[ $# = 2 ] || [[ ${lines[1]} == "traps:   "$3 ]] || { echo "$1: said ${lines[1]}"; return 1; }
}

@test "page 0 is not there" {
	need_kvm
	ends write-null "guest trap: page fault (#PF), error code 0x6" "write of 0x0: nothing is mapped there"
	ends call-null "guest trap: page fault (#PF), error code 0x14" "execution of 0x0: nothing is mapped there"
}

@test "text and read-only data cannot be written" {
	need_kvm
	ends write-text "guest trap: page fault (#PF), error code 0x7" "write of 0x*: not permitted there"
	ends write-rodata "guest trap: page fault (#PF), error code 0x7" "write of 0x*: not permitted there"
}

@test "data, stack and heap cannot be executed" {
	need_kvm
	ends execute-data "guest trap: page fault (#PF), error code 0x15" "execution of 0x*: not permitted there"
	ends execute-stack "guest trap: page fault (#PF), error code 0x15" "execution of 0x*: not permitted there"
	ends execute-heap "guest trap: page fault (#PF), error code 0x15" "execution of 0x*: not permitted there"
}

@test "boot info, trap stubs and page tables are out of reach" {
	need_kvm
	ends write-boot-info "guest trap: page fault (#PF), error code 0x7" "write of 0x1000: not permitted there"
	ends read-stubs "guest trap: page fault (#PF), error code 0x?" "read of 0x4000: not permitted there"
	ends write-page-tables "guest trap: page fault (#PF), error code 0x6" "write of 0x6000: nothing is mapped there"
}

@test "a stack that overflows meets its guard page, and the report names the function" {
	need_kvm
	ends stack-overflow "guest trap: page fault (#PF), error code 0x6" "write of 0x*: nothing is mapped there"
	[[ ${lines[2]} == "traps:   at 0x"*": deeper+0x"* ]]
}

@test "processor exceptions are reported by name, with all registers" {
	need_kvm
	ends divide "guest trap: divide error (#DE), error code 0x0" "at 0x*: solo5_app_main+0x*"
	ends undefined "guest trap: invalid opcode (#UD), error code 0x0"
	ends breakpoint "guest trap: breakpoint (#BP), error code 0x0"
	[[ $output == *" rax 0x"*" r15 0x"*" rflags 0x"* ]]
}

@test "privileged instructions, system calls and software interrupts are refused" {
	need_kvm
	ends syscall "guest trap: invalid opcode (#UD), error code 0x0"
	ends halt "guest trap: general protection (#GP), error code 0x0"
	ends cr3 "guest trap: general protection (#GP), error code 0x0"
	ends int80 "guest trap: general protection (#GP), error code 0x802"
}

@test "the I/O permission bitmap lets through the application's hypercalls and nothing else" {
	need_kvm
	ends port "guest trap: general protection (#GP), error code 0x0"
	ends port-beyond "guest trap: general protection (#GP), error code 0x0"
	ends port-next "guest trap: general protection (#GP), error code 0x0"
	ends port-trap "guest trap: general protection (#GP), error code 0x0"
	ends port-wide "guest trap: general protection (#GP), error code 0x0"
	ends port-read "the guest accessed port 0x20 other than by a hypercall"
}

@test "a buffer outside the guest's memory ends it, with call and address" {
	need_kvm
	local rest="is not in memory that the guest may read"
	ends buffer-outside "hypercall console_write: text at 0x10000000000, 1 elements of 1 bytes, $rest"
	ends buffer-null "hypercall console_write: text at 0x0, 1 elements of 1 bytes, $rest"
	ends buffer-wraps "hypercall console_write: text at 0x*, 18446744073709551599 elements of 1 bytes, $rest"
	ends buffer-page-tables "hypercall console_write: text at 0x6000, 8 elements of 1 bytes, $rest"
	ends buffer-crosses-end "hypercall console_write: text at 0x*, 16 elements of 1 bytes, $rest"
}

@test "abort ends the guest with 255; an unknown deed with its own status" {
	need_kvm
	ends abort "guest aborted"
	run appliance traps nothing
	[ "$status" = 3 ]
}
