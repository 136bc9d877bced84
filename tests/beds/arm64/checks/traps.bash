# SPDX-License-Identifier: ISC
# traps.bash -- what a guest must not do ends it with status 255 and a report; the monitor lives to tell

appliance_build traps "$(manifest_make traps '"memory": "2M"' '"cflags": ["-I'"$TOP"'/tests/guests/aarch64"]')" \
	"$TOP/tests/guests/traps.c"

# ends DEED FIRST-LINE [SECOND-LINE]: lines are patterns
ends()
{
	local pattern="traps: $2"
	[ $# = 2 ] || pattern+=$'\n'"traps:   $3"
	[[ $2 != *"guest trap"* ]] || pattern+=$'?(\n*)'
	check "$1: ${2%%,*}" 255 "$pattern" "./traps $1"
}

write="guest trap: data abort (class 0x24), ESR 0x920000"
read=$write
execution="guest trap: instruction abort (class 0x20), ESR 0x820000"

# ESR's last byte: bit 6 is a write; 0x0? below a table that isn't there, 0x0f no permission at the last level
ends write-null "${write}47" "write of 0x0: nothing is mapped there"
ends call-null "${execution}07" "execution of 0x0: nothing is mapped there"
ends write-text "${write}4f" "write of 0x1?????: not permitted there"
ends write-rodata "${write}4f" "write of 0x1?????: not permitted there"
ends execute-data "${execution}0f" "execution of 0x1?????: not permitted there"
ends execute-stack "${execution}0f" "execution of 0x[12]?????: not permitted there"
ends execute-heap "${execution}0?" "execution of 0x1?????: not permitted there"
ends write-boot-info "${write}4f" "write of 0x1000: not permitted there"
ends read-stubs "${read}0f" "read of 0x4000: not permitted there"
ends write-page-tables "${write}47" "write of 0x6000: nothing is mapped there"
ends vectors "${execution}0f" "execution of 0x3400: not permitted there"
ends upper-half "${read}04" "read of 0xffff000000000000: nothing is mapped there"
ends stack-overflow "${write}47" "write of 0x*: nothing is mapped there"$'\n'"traps:   at 0x1?????: deeper+0x"*

ends undefined "guest trap: undefined instruction (class 0x0), ESR 0x2000000" "at 0x1?????: deed_do+0x*"
ends breakpoint "guest trap: breakpoint (BRK) (class 0x3c), ESR 0xf2000001"
ends svc "guest trap: system call (SVC) (class 0x15), ESR 0x5600002a"
ends hvc "guest trap: undefined instruction (class 0x0), ESR 0x2000000"
ends smc "guest trap: undefined instruction (class 0x0), ESR 0x2000000"
ends eret "guest trap: undefined instruction (class 0x0), ESR 0x2000000"
ends wait "guest trap: wait instruction (WFI, WFE) (class 0x1), ESR 0x7e0000?"
for deed in tables control identity flush-tables flush-cache; do
	ends $deed "guest trap: @(undefined instruction (class 0x0)|system register (class 0x18)), ESR 0x*"
done
for deed in mask timer physical-counter performance; do
	ends $deed "guest trap: @(undefined instruction (class 0x0)|system register (class 0x18)), ESR 0x*"
done
ends jump-odd "guest trap: misaligned program counter (class 0x22), ESR 0x8a000000"
ends misaligned-exclusive "${read}21" "read of 0x1?????: misaligned"

# what a processor refuses to do to a device's memory, QEMU does, so that the monitor sees it
access="the guest accessed address 0xf0000 other than by a hypercall"
ends call-next "there is no hypercall 3"
ends call-last "there is no hypercall 511"
ends call-odd "@(${write}61|the guest accessed address 0xf0004 other than by a hypercall)"
ends call-narrow "$access"
ends call-half "the guest accessed address 0xf0001 other than by a hypercall"
ends call-pair "$access"
ends call-vector "$access"
ends call-exclusive "@(guest trap: data abort*|$access)"
ends call-read "$access"
ends call-execute "${execution}0f" "execution of 0xf0000: not permitted there"
ends call-zero-cache "@(${write}61|$access)"
ends trap-page "${write}4f" "write of 0xf1000: not permitted there"
ends beyond-pages "${write}47" "write of 0xf2000: nothing is mapped there"

check "a report has all registers" 255 "*
traps:   x0 0x1000  x1 *
traps:   x16 0x*  x17 0x*  x18 0x*  x19 0x1019
*
traps:   x28 0x1028  x29 0x*  x30 0x1030  sp 0x*
traps:   elr 0x1*  spsr 0x*  far 0x*" "./traps registers"

rest="is not in memory that the guest may read"
ends buffer-outside "hypercall console_write: text at 0x10000000000, 1 elements of 1 bytes, $rest"
ends buffer-null "hypercall console_write: text at 0x0, 1 elements of 1 bytes, $rest"
ends buffer-wraps "hypercall console_write: text at 0x1*, 18446744073709551599 elements of 1 bytes, $rest"
ends buffer-page-tables "hypercall console_write: text at 0x6000, 8 elements of 1 bytes, $rest"
ends buffer-crosses-end "hypercall console_write: text at 0x*, 16 elements of 1 bytes, $rest"
ends abort "guest aborted"
check "an unknown deed ends with its own status" 3 "" "./traps nothing"

# the library's text has no landing pads, and so lies in pages that are not guarded
check "a library's function can be called by a pointer" 0 "" "./traps call-pointer"
only='max*'
ends return-elsewhere "guest trap: instruction abort (class 0x20), ESR 0x8200000?" "execution of 0x??????????1?????: *"
only='!(max*)'
check "return addresses are not signed without PAC" 9 "" "./traps return-elsewhere"
only='*'
