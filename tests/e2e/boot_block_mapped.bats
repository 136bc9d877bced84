# SPDX-License-Identifier: ISC
# boot_block_mapped.bats -- images mapped into guest memory, and the choice of mode

load common

setup_file()
{
	local sources='"sources": ["'$TOP'/tests/guests/disk.c"]' mode
	local disk='"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]'
	local fixed='"devices": [{ "name": "disk", "type": "BLOCK_BASIC", "readonly": true }]'
	local two='"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }, { "name": "other", "type": "BLOCK_BASIC" }]'

	boots || return 0
	for mode in file mapped file_or_mapped mapped_or_file; do
		appliance_build $mode "$(manifest_make $mode "$sources" "$disk" '"config": { "BLOCK_'${mode^^}'": true }')"
	done
	appliance_build fixed "$(manifest_make fixed "$sources" "$fixed" '"config": { "BLOCK_MAPPED": true }')"
	appliance_build two "$(manifest_make two "$sources" "$two" '"config": { "BLOCK_MAPPED": true }')"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	head -c 64K /dev/zero >disk.img
}

teardown()
{
	[ -z "${holder:-}" ] || kill -9 $holder 2>/dev/null || true
	! mountpoint -q mounted || umount mounted
	[ -z "${loop:-}" ] || losetup -d "$loop"
}

# is LINE...: these are all the lines that were printed
is()
{
	[ "$output" = "$(printf '%s\n' "$@")" ]
}

first=4294967296        # where the first mapped image begins in the guest, with memory below 4 GiB

@test "reads, writes and their errors are those of file mode" {
	need_kvm
	words="info disk write disk 1024 512 A read disk 1024 512 read disk 512 512 read disk 1536 512
		writes disk 4096 61440 B reads disk 4096 61440 reads disk 0 65536 flush disk
		read disk 0 1024 write disk 0 1024 A read disk 0 511 reads disk 0 0 writes disk 0 0 A discard disk 0 0
		reads disk 0 700 writes disk 0 700 A reads disk 1 512 writes disk 511 512 A discard disk 513 512
		write disk 65024 512 Z read disk 65024 512 read disk 65536 512 write disk 65536 512 A
		reads disk 65024 1024 writes disk 65024 1024 A read disk 18446744073709551104 512
		written disk 8192 4096 C read disk 8192 512 written disk 0 1000 A written disk 65536 512 A
		writes disk 18446744073709551104 1024 A discard disk 18446744073709551104 1024 handle 2 handle 0"
	cp disk.img file.img
	run appliance file --block:disk=file.img -- $words
	[ "$status" = 0 ]
	expected=$output
	run appliance mapped --block:disk=disk.img -- $words
	[ "$status" = 0 ]
	[ "$output" = "$expected" ]
	[[ $output == "65536 512"*"read ok"*A*"write invalid"* ]]
	cmp disk.img file.img
	run appliance mapped --block:disk=disk.img --block-sector-size:disk=4096 -- info disk read disk 512 4096 read disk 4096 4096
	is "65536 4096" "read invalid" "read ok" B
}

@test "reads and writes make no exit, flush is one msync" {
	need_kvm
	need strace
	words=$(for i in {1..20}; do echo reads disk 0 65536 writes disk 0 32768 A; done)
	strace -o calls "$(appliance_folder)/mapped" --block:disk=disk.img -- $words flush disk >printed </dev/null
	[ "$(grep -c 'ok$' printed)" = 41 ]
	# each exit is text for the console, but for the flush and the end; a signal or two may come in between
	run=$(grep -c KVM_RUN calls) written=$(grep -c '^write(1,' calls)
	echo "$run times in the guest, $written times on the console"
	[ "$run" -le $((written + 5)) ]
	run sed -n '/seccomp/,$ { /KVM_RUN\|^seccomp\|^write(1,\|^exit_group\|^+++/ !p }' calls
	[[ $output =~ ^msync\(0x[0-9a-f]+,\ 65536,\ MS_SYNC\)\ +=\ 0$ ]]
}

@test "options for one device" {
	need_kvm
	for name in file_or_mapped mapped_or_file; do
		for mode in '' file mapped; do
			run strace -o calls "$(appliance_folder)/$name" --block:disk=disk.img ${mode:+--block-mode:disk=$mode} -- \
				write disk 512 512 C read disk 512 512 flush disk </dev/null
			[ "$status" = 0 ]
			is "write ok" "read ok" C "flush ok"
			case ${mode:-${name%%_*}} in
			file) grep -q '^pread64' calls; grep -q '^pwrite64' calls; grep -q '^fdatasync' calls
				run grep -c msync calls ;;
			mapped) grep -q '^msync' calls
				run grep -c '^p\(read\|write\)64(10.*\|^fdatasync' calls ;;
			esac
			[ "$output" = 0 ]
		done
	done
	run appliance file_or_mapped --block:disk=disk.img --block-mode:disk=map
	[ "$status" = 1 ]
	is "file_or_mapped: --block-mode:disk=map: no such mode; accepted are file and mapped"
}

@test "a file with holes is refused, or its blocks are allocated on request" {
	need_kvm
	head -c 4096 /dev/zero | tr '\0' D >disk.img
	truncate -s 64K disk.img
	run appliance mapped --block:disk=disk.img -- info disk
	[ "$status" = 1 ]
	[[ $output == "mapped: --block:disk=disk.img: not all of its blocks are allocated (from byte "*"use --block-allocate:disk, or file mode" ]]
	run appliance mapped --block:disk=disk.img --block-allocate:disk -- read disk 3584 512 read disk 4096 512 write disk 65024 512 E
	[ "$status" = 0 ]
	is "read ok" D "read ok" zero "write ok"
	[ "$(stat -c %s disk.img)" = 65536 ]
	[ "$(stat -c %b disk.img)" -ge 128 ]
	run appliance mapped --block:disk=disk.img -- read disk 65024 512
	is "read ok" E
}

@test "on file systems that report extents: holes, unwritten extents, a full disk" {
	need_kvm
	need_root
	need mkfs.ext4 losetup
	truncate -s 8M system.img
	mkfs.ext4 -q -F system.img
	mkdir mounted
	mount -o loop system.img mounted || skip "no loop device"
	cd mounted
	head -c 64K /dev/zero >disk.img
	fallocate -p -o 8192 -l 4096 disk.img
	run appliance mapped --block:disk=disk.img -- info disk
	[ "$status" = 1 ]
	[[ $output == *"not all of its blocks are allocated (from byte 8192 on)"* ]]
	run appliance mapped --block:disk=disk.img --block-allocate:disk -- write disk 8192 512 U flush disk read disk 8192 512
	is "write ok" "flush ok" "read ok" U
	# allocated, not yet written: no file system's file reads as a hole here, though SEEK_HOLE calls it one
	fallocate -l 64K unwritten.img
	run appliance mapped --block:disk=unwritten.img -- write disk 0 512 V read disk 0 512
	is "write ok" "read ok" V
	truncate -s 64M large.img
	run appliance mapped --block:disk=large.img --block-allocate:disk -- info disk
	[ "$status" = 1 ]
	is "mapped: --block-allocate:disk: large.img: No space left on device"
	cd ..
}

@test "truncating the file ends the guest, and the file is not changed" {
	need_kvm
	{ head -c 512 /dev/zero; head -c 65024 /dev/urandom; } >disk.img
	cp disk.img before
	holder_continue before
	holder_start mapped --block:disk=disk.img -- reads disk 0 65536 until disk 0 read disk 512 512 write disk 65024 512 X
	truncate -s 20000 disk.img
	holder_continue disk.img
	status=0
	wait $holder || status=$?
	[ "$status" = 255 ]
	output=$(cat holder.err)
	is "mapped: ABORT: the guest's memory is gone: a file behind it was truncated, or the host is out of memory" \
		"mapped: --block:disk=disk.img: truncated while the guest ran, from 65536 to 20000 bytes"
	[[ $(cat holder.out) == "read ok"*"read ok"* ]]
	cmp disk.img <(head -c 20000 before)
}

@test "a readonly device may have holes, and is only read" {
	need_kvm
	rm disk.img
	truncate -s 64K disk.img
	chmod a-w disk.img
	run appliance fixed --block:disk=disk.img -- reads disk 0 65536 write disk 0 512 A discard disk 0 512 flush disk
	[ "$status" = 0 ]
	is "read ok" zero "write invalid" "discard invalid" "flush ok"
	run appliance fixed --block:disk=disk.img -- poke $first
	[ "$status" = 255 ]
	[[ $output == *"page fault"*"write of 0x100000000: not permitted there"* ]]
	cmp disk.img <(head -c 64K /dev/zero)
	run appliance fixed --block:disk=disk.img --block-allocate:disk
	[ "$status" = 1 ]
	is "fixed: --block-allocate:disk: the device is readonly; nothing is written to its file"
}

@test "not executable, no access past its end, not a buffer for hypercalls" {
	need_kvm
	printf '\xc3' | dd of=disk.img conv=notrunc status=none      # ret
	run appliance mapped --block:disk=disk.img -- jump $first
	[ "$status" = 255 ]
	[[ $output == *"execution of 0x100000000: not permitted there"* ]]
	for address in $((first - 1)) $((first + 65536)); do
		run appliance mapped --block:disk=disk.img -- peek $address
		[ "$status" = 255 ]
		[[ $output == *": nothing is mapped there"* ]]
	done
	run appliance mapped --block:disk=disk.img -- print $first
	[ "$status" = 255 ]
	[[ $output == *"hypercall console_write: "*" at 0x100000000, 512 elements of 1 bytes, is not in memory that the guest may read" ]]
	run appliance mapped --block:disk=disk.img -- poke $((first + 65535))
	[ "$status" = 0 ]
	[ "$(tail -c 1 disk.img)" = '!' ]
}

@test "sizes that are not whole pages, and the rest of the last page" {
	need_kvm
	head -c 4608 /dev/zero >disk.img
	run appliance mapped --block:disk=disk.img -- info disk write disk 4096 512 L read disk 4096 512 read disk 4608 512
	is "4608 512" "write ok" "read ok" L "read invalid"
	run appliance mapped --block:disk=disk.img -- poke $((first + 4700))
	[ "$status" = 0 ]
	cmp disk.img <(head -c 4096 /dev/zero; head -c 512 /dev/zero | tr '\0' L)
}

@test "images of gigabytes" {
	need_kvm
	# readonly, so that holes will do
	truncate -s $(((3 << 30) + (6 << 20) + 4608)) disk.img
	printf Q | dd of=disk.img bs=1 seek=$(((3 << 30) + (5 << 20))) conv=notrunc status=none
	run appliance fixed --block:disk=disk.img -- peek $((first + (3 << 30) + (5 << 20)))
	[ "$status" = 0 ]
	is Q
	run appliance fixed --block:disk=disk.img -- read disk $(((3 << 30) + (6 << 20) + 4096)) 512
	is "read ok" zero
}

# bats test_tags=host:kvm
@test "an image that page tables cannot map is refused" {
	need_kvm
	truncate -s 300G disk.img
	run appliance fixed --block:disk=disk.img -- info disk
	[ "$status" = 1 ]
	is "fixed: --block:disk=disk.img: map 322122547200 bytes: File too large"
}

@test "two mapped images" {
	need_kvm
	head -c 4096 /dev/zero >other.img
	run appliance two --block:disk=disk.img --block:other=other.img -- write disk 0 512 A write other 0 512 B \
		read disk 0 512 read other 0 512 read other 4096 512 flush disk flush other
	[ "$status" = 0 ]
	is "write ok" "write ok" "read ok" A "read ok" B "read invalid" "flush ok" "flush ok"
	[ "$(head -c 1 disk.img)$(head -c 1 other.img)" = AB ]
	used="in use by another device or process; only readonly devices can share a file"
	run appliance two --block:disk=disk.img --block:other=disk.img
	[ "$status" = 1 ]
	is "two: --block:other=disk.img: $used"
	# copies of one descriptor share its lock
	run appliance two --block:disk=@7 --block:other=@8 7<>disk.img 8<&7
	[ "$status" = 1 ]
	is "two: --block:other=@8: $used"
	run appliance two --block:disk=@7 --block:other=@7 7<>disk.img
	[ "$status" = 1 ]
	is "two: --block:other=@7: Bad file descriptor"
}

@test "an image that is read before the guest runs" {
	need_kvm
	head -c 4M /dev/urandom >disk.img
	resident()  # of the mapped image, in KiB
	{
		awk '/disk.img/ { image = 1 } image && /^Rss:/ { print $2; exit }' /proc/$holder/smaps
	}
	holder_start mapped --block:disk=disk.img -- info disk sleep 100
	[ "$(resident)" = 0 ]
	kill $holder
	wait $holder || true
	holder_start mapped --block:disk=disk.img --block-populate:disk -- info disk sleep 100
	[ "$(resident)" = 4096 ]
	kill $holder
	wait $holder || true
	head -c 64K /dev/zero >disk.img
	run appliance mapped --block:disk=disk.img --block-populate:disk -- reads disk 0 65536 write disk 0 512 P read disk 0 512
	[ "$status" = 0 ]
	is "read ok" zero "write ok" "read ok" P
	run appliance fixed --block:disk=disk.img --block-populate:disk -- read disk 0 512
	is "read ok" P
	run appliance file_or_mapped --block:disk=disk.img --block-populate:disk
	[ "$status" = 1 ]
	is "file_or_mapped: --block-populate:disk: the device is in file mode; only mapped images can be populated"
}

@test "a readonly image that is not cached yet is mapped as large pages" {
	need_kvm
	need python3
	large()  # of a process, in KiB
	{
		awk '/^FilePmdMapped:/ { print $2 }' /proc/$1/smaps_rollup
	}
	head -c 8M /dev/urandom >disk.img
	sync disk.img
	dd if=disk.img iflag=nocache count=0 2>/dev/null
	cat >probe.py <<-'END'
		import ctypes, os
		libc = ctypes.CDLL(None)
		libc.mmap.restype = ctypes.c_void_p
		file = os.open("disk.img", os.O_RDONLY)
		place = libc.mmap(None, ctypes.c_size_t(16 << 20), 0, 0x4022, -1, ctypes.c_long(0)) + (2 << 20) & -(2 << 20)
		memory = libc.mmap(ctypes.c_void_p(place), ctypes.c_size_t(8 << 20), 1, 0x11, file, ctypes.c_long(0))
		libc.madvise(ctypes.c_void_p(memory), ctypes.c_size_t(8 << 20), 14)
		libc.madvise(ctypes.c_void_p(memory), ctypes.c_size_t(8 << 20), 22)
		print(next(line.split()[1] for line in open("/proc/self/smaps_rollup") if line.startswith("FilePmdMapped:")))
	END
	[ "$(python3 probe.py)" = 8192 ] || skip "this file system has no large pages"
	dd if=disk.img iflag=nocache count=0 2>/dev/null
	holder_start fixed --block:disk=disk.img --block-populate:disk -- info disk sleep 100
	[ "$(large $holder)" = 8192 ]
	kill $holder
	wait $holder || true
	# not one that the guest writes to
	dd if=disk.img iflag=nocache count=0 2>/dev/null
	holder_start mapped --block:disk=disk.img --block-populate:disk -- info disk sleep 100
	[ "$(large $holder)" = 0 ]
	kill $holder
	wait $holder || true
}

@test "an inherited descriptor" {
	need_kvm
	run appliance mapped --block:disk=@7 -- write disk 512 512 I read disk 512 512 flush disk 7<>disk.img
	[ "$status" = 0 ]
	is "write ok" "read ok" I "flush ok"
	run appliance fixed --block:disk=@7 -- read disk 512 512 7<disk.img
	is "read ok" I
	run appliance mapped --block:disk=@7 -- read disk 512 512 7<disk.img
	[ "$status" = 1 ]
	is "mapped: --block:disk=@7: the descriptor is not open for reading and writing"
}

@test "a block device, in both modes" {
	need_kvm
	need_root
	need losetup
	loop=$(losetup -f --show disk.img 2>/dev/null) || skip "no loop device"
	run appliance file_or_mapped --block:disk=$loop --block-mode:disk=file -- info disk writes disk 4096 8192 F flush disk read disk 12288 512
	[ "$status" = 0 ]
	is "65536 512" "write ok" "flush ok" "read ok" zero
	run appliance file_or_mapped --block:disk=$loop --block-mode:disk=mapped --block-allocate:disk -- \
		info disk reads disk 4096 8192 write disk 65024 512 M flush disk
	[ "$status" = 0 ]
	is "65536 512" "read ok" F "write ok" "flush ok"
	# flushed blocks are in the file behind it
	[ "$(dd if=disk.img bs=512 skip=127 count=1 status=none | tr -d M | wc -c)" = 0 ]
	[ "$(stat -c %s disk.img)" = 65536 ]
	run appliance file_or_mapped --block:disk=$loop --block-sector-size:disk=4096 -- discard disk 4096 8192 reads disk 4096 8192
	is "discard ok" "read ok" zero
	# another name of the same device
	mknod alias b $(stat -c '0x%t 0x%T' $loop)
	holder_start file --block:disk=$loop -- info disk sleep 100
	run appliance mapped --block:disk=alias
	[ "$status" = 1 ]
	is "mapped: --block:disk=alias: mounted, or in use by another device or process"
	kill $holder
	wait $holder || true
	losetup -d $loop
	loop=$(losetup -r -f --show disk.img)
	run appliance mapped --block:disk=$loop
	[ "$status" = 1 ]
	readonly="this block device is read-only; it can be used with \"readonly\": true in the manifest"
	is "mapped: --block:disk=$loop: $readonly"
	run appliance file --block:disk=$loop
	[ "$status" = 1 ]
	is "file: --block:disk=$loop: $readonly"
	run appliance file --block:disk=@7 7<>$loop
	is "file: --block:disk=@7: $readonly"
	run appliance fixed --block:disk=$loop -- read disk 65024 512
	[ "$status" = 0 ]
	is "read ok" M
}

@test "an image in use is refused in either mode" {
	need_kvm
	holder_start mapped --block:disk=disk.img -- info disk sleep 100
	for name in file mapped fixed; do
		run appliance $name --block:disk=disk.img -- info disk
		[ "$status" = 1 ]
		[[ $output == "$name: --block:disk=disk.img: in use by another device or process"* ]]
	done
	kill $holder
	wait $holder || true
	run appliance mapped --block:disk=disk.img -- info disk
	[ "$status" = 0 ]
}
