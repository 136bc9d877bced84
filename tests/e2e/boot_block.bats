# SPDX-License-Identifier: ISC
# boot_block.bats -- disk images: what the guest may do with them, what the monitor refuses

load common

setup_file()
{
	local sources='"sources": ["'$TOP'/tests/guests/disk.c"]'
	local disk='{ "name": "disk", "type": "BLOCK_BASIC" }'
	local fixed='{ "name": "fixed", "type": "BLOCK_BASIC", "readonly": true }'

	appliance_build one "$(manifest_make one "$sources" '"devices": ['"$disk"']')"
	appliance_build reader "$(manifest_make reader '"devices": ['"$disk"']')" "$TOP/tests/guests/disk_reader.c"
	boots || return 0
	appliance_build fixed "$(manifest_make fixed "$sources" '"devices": ['"$fixed"']')"
	appliance_build two "$(manifest_make two "$sources" '"devices": ['"$disk, $fixed"']')"
}

teardown()
{
	[ -z "${holder:-}" ] || kill -9 $holder 2>/dev/null || true
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	truncate -s 64K disk.img fixed.img
}

# refused TEXT OPTION...: the appliance "one" ends before its guest runs, and says TEXT
refused()
{
	run appliance one "${@:2}" -- info disk
	[ "$status" = 1 ]
	[ "$output" = "one: $1" ]
}

# appliance_sealed: the appliance "one" with a sealed file as its disk
appliance_sealed()
{
	python3 - "$(appliance_folder)/one" <<-'END'
		import fcntl, os, sys
		file = os.memfd_create("disk", os.MFD_ALLOW_SEALING)
		os.ftruncate(file, 65536)
		fcntl.fcntl(file, 1033, 8)
		os.dup2(file, 7)
		os.execv(sys.argv[1], ["one", "--block:disk=@7", "--", "info", "disk"])
	END
}

# is LINE...: these are all the lines that were printed
is()
{
	[ "$output" = "$(printf '%s\n' "$@")" ]
}

@test "capacity and block size are known; 512 is the default" {
	need_kvm
	run appliance one --block:disk=disk.img -- info disk info other
	[ "$status" = 0 ]
	is "65536 512" "no such device"
	run appliance one --block-sector-size:disk=4096 --block:disk=disk.img -- info disk
	[ "$status" = 0 ]
	is "65536 4096"
}

@test "written data is read back, by the next run and by the host, and only there" {
	need_kvm
	run appliance one --block:disk=disk.img -- write disk 1024 512 A read disk 1024 512 read disk 512 512 read disk 1536 512
	[ "$status" = 0 ]
	is "write ok" "read ok" A "read ok" zero "read ok" zero
	run appliance one --block:disk=disk.img -- read disk 1024 512
	is "read ok" A
	{ head -c 1024 /dev/zero; head -c 512 /dev/zero | tr '\0' A; head -c 64000 /dev/zero; } >expected
	cmp expected disk.img
}

@test "several blocks in one call, up to the whole device" {
	need_kvm
	run appliance one --block:disk=disk.img -- \
		writes disk 0 65536 B reads disk 0 65536 writes disk 512 1024 C \
		read disk 0 512 reads disk 512 1024 reads disk 1536 64000 reads disk 0 1024
	[ "$status" = 0 ]
	is "write ok" "read ok" B "write ok" "read ok" B "read ok" C "read ok" B "read ok" mixed
	[ "$(stat -c %s disk.img)" = 65536 ]
}

@test "solo5.h: one block per call" {
	need_kvm
	run appliance one --block:disk=disk.img -- \
		read disk 0 1024 write disk 0 1024 A read disk 0 0 write disk 0 0 A read disk 0 511 write disk 0 513 A
	[ "$status" = 0 ]
	is "read invalid" "write invalid" "read invalid" "write invalid" "read invalid" "write invalid"
	cmp disk.img fixed.img
}

@test "uk.h: whole blocks only" {
	need_kvm
	run appliance one --block:disk=disk.img -- \
		reads disk 0 0 writes disk 0 0 A discard disk 0 0 reads disk 0 700 writes disk 0 700 A discard disk 0 700 \
		reads disk 1 512 writes disk 511 512 A discard disk 513 512
	[ "$status" = 0 ]
	is "read invalid" "write invalid" "discard invalid" "read invalid" "write invalid" "discard invalid" \
		"read invalid" "write invalid" "discard invalid"
	cmp disk.img fixed.img
}

@test "a block size of 4096 applies to offsets and sizes" {
	need_kvm
	run appliance one --block:disk=disk.img --block-sector-size:disk=4096 -- \
		read disk 0 512 write disk 512 4096 A reads disk 0 4608 write disk 4096 4096 A read disk 4096 4096
	[ "$status" = 0 ]
	is "read invalid" "write invalid" "read invalid" "write ok" "read ok" A
}

@test "nothing past the end, even if the offset overflows" {
	need_kvm
	run appliance one --block:disk=disk.img -- \
		write disk 65024 512 Z read disk 65024 512 \
		read disk 65536 512 write disk 65536 512 A reads disk 65024 1024 writes disk 65024 1024 A \
		read disk 18446744073709551104 512 write disk 18446744073709551104 512 A \
		writes disk 18446744073709551104 1024 A discard disk 18446744073709551104 1024 discard disk 65024 1024 \
		read disk 65024 512
	[ "$status" = 0 ]
	is "write ok" "read ok" Z "read invalid" "write invalid" "read invalid" "write invalid" "read invalid" \
		"write invalid" "write invalid" "discard invalid" "discard invalid" "read ok" Z
	[ "$(stat -c %s disk.img)" = 65536 ]
}

@test "a write with a flush is one exit, and one that fails flushes nothing" {
	need_kvm
	need strace
	strace -o calls "$(appliance_folder)/one" --block:disk=disk.img -- \
		written disk 1024 2048 A read disk 2560 512 written disk 0 700 A written disk 65536 512 A >output </dev/null
	[ "$(cat output)" = $'write ok\nread ok\nA\nwrite invalid\nwrite invalid' ]
	[ "$(grep -c fdatasync calls)" = 1 ]
	grep -A 1 '^pwrite64(.*, 2048, 1024) = 2048' calls | tail -n 1 | grep -q '^fdatasync('
	[ "$(od -An -c -j 1024 -N 2 -v disk.img | tr -d ' ')" = AA ]
}

@test "invalid handles" {
	need_kvm
	for handle in 0 2 64 18446744073709551615; do
		run appliance one --block:disk=disk.img -- handle $handle
		[ "$status" = 0 ]
		is "read invalid" "write invalid" "reads invalid" "writes invalid" "flush invalid" "write invalid" "discard invalid"
	done
}

@test "two devices have two images; a readonly one is only read" {
	need_kvm
	head -c 64K /dev/zero | tr '\0' F >fixed.img
	chmod a-w fixed.img
	run appliance two --block:fixed=fixed.img --block:disk=disk.img --block-sector-size:fixed=1024 -- \
		info disk info fixed write disk 0 512 D read fixed 0 1024 read disk 0 512 \
		write fixed 0 1024 A writes fixed 0 2048 A discard fixed 0 1024 flush fixed reads fixed 0 65536
	[ "$status" = 0 ]
	is "65536 512" "65536 1024" "write ok" "read ok" F "read ok" D \
		"write invalid" "write invalid" "discard invalid" "flush ok" "read ok" F
}

@test "flush; discarded blocks read as zeroes and free their space" {
	need_kvm
	run appliance one --block:disk=disk.img -- writes disk 0 65536 B flush disk
	[ "$status" = 0 ]
	is "write ok" "flush ok"
	before=$(stat -c %b disk.img)
	fallocate -p -o 0 -l 4096 fixed.img || skip "holes cannot be punched in this file system"
	run appliance one --block:disk=disk.img -- discard disk 4096 32768 reads disk 4096 32768 reads disk 36864 28672 read disk 3584 512
	[ "$status" = 0 ]
	is "discard ok" "read ok" zero "read ok" B "read ok" B
	[ "$(stat -c %s disk.img)" = 65536 ]
	[ "$(stat -c %b disk.img)" -lt "$before" ]
}

@test "a file truncated while in use is a host error" {
	need_kvm
	holder_start one --block:disk=disk.img -- read disk 65024 512 until disk 0 read disk 65024 512 read disk 512 512
	truncate -s 32K disk.img
	holder_continue disk.img
	wait $holder
	output=$(cat holder.out)
	is "read ok" zero "read unspecified" "read ok" zero
}

@test "an inherited descriptor" {
	need_kvm
	run appliance one --block:disk=@7 -- write disk 0 512 I read disk 0 512 7<>disk.img
	[ "$status" = 0 ]
	is "write ok" "read ok" I
	run appliance fixed --block:fixed=@7 -- read fixed 0 512 7<disk.img
	[ "$status" = 0 ]
	is "read ok" I
}

@test "unusable inherited descriptors" {
	need_kvm
	refused '--block:disk=@97: Bad file descriptor' --block:disk=@97 97<&-
	# a file in memory that nobody can write any more: F_ADD_SEALS, F_SEAL_WRITE
	if command -v python3 >/dev/null; then
		run appliance_sealed
		[ "$status" = 1 ]
		is "one: --block:disk=@7: this file is sealed against writing (F_SEAL_WRITE); it can be used with \"readonly\": true in the manifest"
	fi
	refused '--block:disk=@7: the descriptor is not open for reading and writing' --block:disk=@7 7<disk.img
	refused '--block:disk=@7: the descriptor is not open for reading and writing' --block:disk=@7 7>>disk.img
	for word in @ @x @2 @100 @7x @-3; do
		refused "--block:disk=$word: not a descriptor; accepted are @3 to @99" --block:disk=$word
	done
}

@test "an image in use is refused" {
	need_kvm
	holder_start one --block:disk=disk.img -- info disk sleep 100
	used="--block:disk=disk.img: in use by another device or process; only readonly devices can share a file"
	refused "$used" --block:disk=disk.img
	run appliance fixed --block:fixed=disk.img -- info fixed
	[ "$status" = 1 ]
	[[ $output == "fixed: --block:fixed=disk.img: in use by another device"* ]]
	kill -9 $holder
	wait $holder || true
	# the lock goes with its holder
	run appliance one --block:disk=disk.img -- info disk
	[ "$status" = 0 ]
	run appliance two --block:disk=disk.img --block:fixed=disk.img
	[ "$status" = 1 ]
	[[ $output == "two: --block:fixed=disk.img: in use by another device"* ]]
}

@test "readonly devices share an image" {
	need_kvm
	holder_start fixed --block:fixed=disk.img -- info fixed sleep 100
	run appliance fixed --block:fixed=disk.img -- info fixed
	[ "$status" = 0 ]
	is "65536 512"
	kill -9 $holder
	wait $holder || true
}

@test "unusable images are refused before the guest runs" {
	need_kvm
	mkdir folder
	mkfifo fifo
	: >empty
	truncate -s 1000 odd
	refused '--block:disk=absent: No such file or directory' --block:disk=absent
	refused '--block:disk=: No such file or directory' --block:disk=
	refused '--block:disk=folder: Is a directory' --block:disk=folder
	refused '--block:disk=fifo: neither a regular file nor a block device' --block:disk=fifo
	refused '--block:disk=/dev/null: neither a regular file nor a block device' --block:disk=/dev/null
	refused '--block:disk=empty: empty; at least one block of 512 bytes is needed' --block:disk=empty
	refused '--block:disk=odd: its size of 1000 bytes is not a multiple of the block size, 512' --block:disk=odd
	truncate -s 5120 odd
	refused '--block:disk=odd: its size of 5120 bytes is not a multiple of the block size, 4096' \
		--block:disk=odd --block-sector-size:disk=4096
	run appliance fixed --block:fixed=folder
	[ "$status" = 1 ]
	is 'fixed: --block:fixed=folder: neither a regular file nor a block device'
}

@test "an image without permission is refused" {
	need_kvm
	need setpriv
	chmod 400 disk.img
	chown root disk.img 2>/dev/null || true
	# without its capabilities root is refused as well
	run setpriv --bounding-set=-all --inh-caps=-all "$(appliance_folder)/one" --block:disk=disk.img
	[ "$status" = 1 ]
	is 'one: --block:disk=disk.img: Permission denied'
}

@test "a message is never written to an image whose descriptor is standard error's" {
	need_kvm
	truncate -s 1000 odd
	cp odd before
	run appliance one --block:disk=odd 2>&-
	[ "$status" = 1 ]
	cmp before odd
}

@test "options: block sizes, devices not given, unknown" {
	for word in 256 8192 1000 -512 512x ''; do
		refused "--block-sector-size:disk=$word: not a valid block size; accepted are 512, 1024, 2048 and 4096" \
			--block:disk=disk.img --block-sector-size:disk=$word
	done
	refused '--block:disk=PATH is needed; --help shows the options'
	refused '--block:other: there is no such device; --describe lists them' --block:other=disk.img
}

@test "the last of repeated options counts" {
	refused '--block-sector-size:disk=7: not a valid block size; accepted are 512, 1024, 2048 and 4096' \
		--block:disk=disk.img --block-sector-size:disk=512 --block-sector-size:disk=7
	refused '--block:disk=nowhere: No such file or directory' --block:disk=disk.img --block:disk=nowhere
	need_kvm
	run appliance one --block:disk=nowhere --mem=1 --block:disk=disk.img --mem=16
	[ "$status" = 0 ]
}

@test "an appliance that only reads works, and its filter allows no other calls" {
	"$UKGEN" inspect "$(appliance_folder)/reader" >calls
	grep -q 'pread64(fd block)' calls
	run grep -E 'pwrite|fdatasync|fallocate|block_write|block_flush|block_discard' calls
	[ "$status" = 1 ]
	need_kvm
	run appliance reader --block:disk=disk.img
	[ "$status" = 0 ]
}
