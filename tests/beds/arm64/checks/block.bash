# SPDX-License-Identifier: ISC
# block.bash -- disk images: read, written, discarded, refused

disk='{ "name": "disk", "type": "BLOCK_BASIC" }'
fixed='{ "name": "fixed", "type": "BLOCK_BASIC", "readonly": true }'
appliance_build two "$(manifest_make two '"sources": ["'"$TOP"'/tests/guests/disk.c"]' '"devices": ['"$disk, $fixed"']')"

check "two devices are two images; a readonly one is only read" 0 "65536 512
65536 1024
write ok
read ok
D
read ok
F
write invalid
discard invalid
flush ok" '
	truncate -s 64K disk.img
	dd if=/dev/zero bs=64K count=1 2>/dev/null | tr "\0" F >fixed.img
	./two --block:fixed=fixed.img --block:disk=disk.img --block-sector-size:fixed=1024 -- \
		info disk info fixed write disk 0 512 D read disk 0 512 read fixed 0 1024 write fixed 0 1024 A \
		discard fixed 0 1024 flush disk'
check "what was written is in the image" 0 "DDDD" "head -c 4 disk.img"
check "several blocks in one call, and beyond the end" 0 "write ok
read ok
G
read invalid
write invalid" "./two --block:fixed=fixed.img --block:disk=disk.img -- \
	writes disk 0 65536 G reads disk 0 65536 reads disk 512 65536 writes disk 65536 512 H"
check "discarded blocks read as zeroes" 0 "discard ok
read ok
zero
read ok
G" "./two --block:fixed=fixed.img --block:disk=disk.img -- \
	discard disk 4096 4096 reads disk 4096 4096 reads disk 8192 4096"

appliance_build mapped "$(manifest_make mapped '"sources": ["'"$TOP"'/tests/guests/disk.c"]' \
	'"devices": ['"$disk"']' '"config": { "BLOCK_MAPPED": true }')"
appliance_build kv "$TOP/examples/kv/app.manifest"

check "an image as memory of the guest" 0 "65536 512
write ok
read ok
M
read ok
zero
flush ok
read invalid
MMMM" '
	dd if=/dev/zero of=mapped.img bs=64K count=1 2>/dev/null
	./mapped --block:disk=mapped.img -- info disk write disk 1024 512 M read disk 1024 512 \
		reads disk 8192 4096 flush disk read disk 65536 512
	tail -c +1025 mapped.img | head -c 4'
check "what the guest writes of an image is no text" 255 "mapped: ABORT: guest trap: instruction abort (class 0x20), ESR 0x8200000[df]
mapped:   execution of 0x100000000: not permitted there
*" "./mapped --block:disk=mapped.img -- jump 4294967296"
check "kv keeps what it was given, in both modes" 0 "one
two" '
	dd if=/dev/zero of=store.img bs=1M count=1 2>/dev/null
	./kv --block:store=store.img -- put a one
	./kv --block:store=store.img --block-mode:store=mapped -- get a
	./kv --block:store=store.img --block-mode:store=mapped -- put b two
	./kv --block:store=store.img -- get b'
