# SPDX-License-Identifier: ISC
# monitor.bats -- the monitor as a program: position-independent, nothing both writable and executable, protected stacks
#
# boot_sandbox.bats tests its memory at run time.
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	local devices='"devices": [ { "name": "disk", "type": "BLOCK_BASIC" } ]'
	need readelf nm objdump
	appliance_build hello "$TOP/examples/hello/app.manifest"
	appliance_build disk "$(manifest_make disk "$devices")" "$TOP/tests/guests/disk.c"
	! command -v aarch64-linux-gnu-gcc >/dev/null ||
		appliance_build hello-aarch64 --arch=aarch64 "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$(appliance_folder)"
}

@test "static and position-independent, with relative relocations only, all applied at start" {
	local machine
	machine=$(uname -m)
	machine=${machine^^}
	for name in hello disk; do
		readelf -hW $name | grep -E 'Type: +DYN'
		run ! grep -E 'INTERP' <(readelf -lW $name)
		run ! grep -E 'NEEDED|TEXTREL|JMPREL' <(readelf -dW $name)
		readelf -dW $name | grep -E 'FLAGS\).*BIND_NOW'
		[ "$(readelf -rW $name | awk '$3 ~ /^R_/ { print $3 }' | sort -u)" = R_${machine}_RELATIVE ]
	done
}

@test "no segment is writable and executable; the stack is not executable; two segments are code" {
	for name in hello disk; do
		readelf -lW $name >segments
		[ "$(grep -c ' R E 0x' segments)" = 2 ]
		run ! grep -E ' (RWE|W E|WE) ' segments
		grep -E 'GNU_STACK .* RW +0x' segments
	done
}

@test "only the monitor is code; the guest's image is in data segments" {
	for name in hello disk; do
		readelf -SW $name.build/$name.monitor.elf >sections
		[ "$(awk '$8 ~ /X/ { print $2 } $7 ~ /X/ && $8 !~ /X/ { print $2 }' <(sed 's/\[ */[/' sections) | sort -u | paste -sd" ")" = ".library .text" ]
		grep -E '\.image_text +PROGBITS .* A +0' sections
		grep -E '\.image_low +PROGBITS .* WA +0' sections
	done
}

@test "relocations are only in tables that become read-only" {
	local built name start end offset count
	for built in hello disk hello-aarch64; do
		[ -e $built ] || continue
		name=${built%-*} count=0
		start=0x$(nm $built.build/$name.monitor.elf | awk '$3 == "relro_start" { print $1 }')
		end=0x$(nm $built.build/$name.monitor.elf | awk '$3 == "relro_end" { print $1 }')
		[ $((end % 4096)) = 0 ]
		while read -r offset; do
			((0x$offset >= start && 0x$offset < end))
			count=$((count + 1))
		done < <(readelf -rW $built | awk '$3 ~ /^R_/ { print $1 }')
		[ $count -ge 3 ]
		# and the filter is a constant, not even relocated
		nm $built.build/$name.monitor.elf | grep -E ' r filter_program$'
	done
}

@test "functions with arrays check the stack, and indirect calls have landing pads" {
	for name in hello disk; do
		objdump -d --no-show-raw-insn $name.build/$name.monitor.elf >code
		awk '/^[0-9a-f]+ <.*>:/ { name = $2 } /__stack_chk_fail/ { print name }' code | grep -E 'message|option_usage|fail'
		awk '/^[0-9a-f]+ <interrupted>:/ { getline; print }' code | grep -E 'endbr64|bti|paciasp'
	done
}

# appliance_monitor ARCH NAME MANIFEST: how many bytes of the stripped appliance are the monitor's
appliance_monitor()
{
	appliance_build "$2-$1" --arch="$1" "$3"
	"$UKGEN" inspect "$2-$1" | awk '$1 == "monitor" { print $2 }'
}

# monitors_fit ARCH HELLO NET [BLOCK HTTPD]: the applications' monitors have at most so many bytes
monitors_fit()
{
	local device='"devices": [ { "name": "one", "type": "%s_BASIC" } ]'
	[ "$(appliance_monitor "$1" hello "$TOP/examples/hello/app.manifest")" -le "$2" ]
	[ "$(appliance_monitor "$1" net "$(manifest_make net "$(printf "$device" NET)" "\"sources\": [ \"$TOP/tests/guests/sender.c\" ]")")" -le "$3" ]
	[ $# -gt 3 ] || return 0
	[ "$(appliance_monitor "$1" block "$(manifest_make block "$(printf "$device" BLOCK)" "\"sources\": [ \"$TOP/tests/guests/disk.c\" ]")")" -le "$4" ]
	[ "$(appliance_monitor "$1" httpd "$TOP/examples/httpd/app.manifest")" -le "$5" ]
}

@test "monitors are small: hello 27 KB on x86-64, 30 KB on 64-bit ARM; with a network 50 and 56 KB" {
	need aarch64-linux-gnu-gcc
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's source is missing"
	monitors_fit x86_64 27392 49664 34304 66560
	monitors_fit aarch64 30208 55296 37376 70144
}

@test "the same on the process host" {
	need aarch64-linux-gnu-gcc
	HOST=process
	monitors_fit x86_64 25672 47688
	# the image begins at a page of the file, so that the kernel can map it; the padding counts as monitor,
	# and differs by some bytes with the lengths of what is recorded
	monitors_fit aarch64 29696 54784
}

@test "a process has nothing of a virtual machine" {
	local HOST=process arch name
	need aarch64-linux-gnu-gcc
	for arch in x86_64 aarch64; do
		name=process-$arch
		appliance_build $name --arch=$arch "$TOP/examples/hello/app.manifest"
		run -1 grep -i kvm $name.build/gen/core.c
		run -1 grep -c KVM <(readelf -p .rodata $name)
		[ ! -e $name.build/gen/image.low ]
		"$UKGEN" inspect $name | grep -E 'image: low pages +0$'
	done
	run -1 grep -wE 'outb?|insb?' <(objdump -d --no-show-raw-insn process-x86_64.build/hello.guest.elf)
}

# as ELF demands and gVisor insists; valgrind takes the lowest for the one with the file's header
@test "segments are in ascending order, empty ones as well" {
	local HOST arch
	need aarch64-linux-gnu-gcc
	for HOST in kvm process; do
		for arch in x86_64 aarch64; do
			appliance_build $HOST-$arch --arch=$arch "$TOP/examples/hello/app.manifest"
			readelf -lW $HOST-$arch | awk '$1 == "LOAD" { print $3 }' >addresses
			[ "$(wc -l <addresses)" -ge 5 ]
			sort -c -u addresses
			# kernels before Linux 6.7 would map a page for them
			readelf -lW $HOST-$arch | awk '$1 == "LOAD" && $6 ~ /^0x0*$/ { print $3 }' >empty
			run -1 grep -v '000$' empty
			[ $HOST = kvm ] || [ -s empty ]
		done
	done
}

# what a function of core/strings.c calls: a compiler that finds a known function in its loop makes it call itself
@test "the replacements of the C library's string functions call no others than they say" {
	gcc -std=gnu11 -D_GNU_SOURCE -Os -mgeneral-regs-only -ffunction-sections -c -o "$BATS_TEST_TMPDIR/strings.o" "$TOP/core/strings.c"
	objdump -dr --no-show-raw-insn "$BATS_TEST_TMPDIR/strings.o" |
		awk '/^[0-9a-f]+ <.*>:/ { name = $2 } / R_/ { print name, $3 }' | tr -d '<>:' | sed 's/[-+]0x.*//' | sort -u >calls
	diff - calls <<-END
		strcspn strchr
		strncat strlen
		strpbrk strcspn
	END
}

@test "the dynamic section is terminated, as the C library's start-up code requires" {
	"$UKGEN" -B "$BATS_TEST_TMPDIR/b" "$TOP/examples/hello/app.manifest"
	readelf -d "$BATS_TEST_TMPDIR/b/hello" | grep -F '(NULL)'
}
