# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_volume.bats -- files on a block device, and what is left of them after any end of the program
bats_require_minimum_version 1.5.0
load common

PROGRAMS=$TOP/tests/guests/libc
ARCHIVE=$TOP/build/musl/$(uname -m)/lib/libc.a
MOUNT='"mounts": { "storage": "/data" }'
STORAGE='"devices": [{ "name": "storage", "type": "BLOCK_BASIC" }]'

# program NAME FIELD...: an appliance of the C library with a device at /data
program()
{
	appliance_build "$1" "$(manifest_make "$1" '"libraries": ["libc"]' "$MOUNT" "$STORAGE" "${@:2}")" "$PROGRAMS/$1.c"
}

setup_file()
{
	[ -f "$ARCHIVE" ] || return 0
	boots || return 0
	program files '"memory": "16M"'
	program keeper '"memory": "2M"'
	program batches '"memory": "2M"'
	program disk_full '"memory": "4M"'
}

setup()
{
	[ -f "$ARCHIVE" ] || skip "the C library is not built: ./configure --deps, ninja"
	cd "$BATS_TEST_TMPDIR"
}

@test "files on a device behave as in a process, errors included, and are in the image" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$PROGRAMS/files.c"
	cp -R "$PROGRAMS/root" root
	mkdir root/tmp
	"$UKGEN" files --make=8M image root
	(cd root && ../process) >expected
	appliance files --block:storage=image -- /data >output
	diff expected output
	[ "$(wc -l <output)" -gt 180 ]
	"$UKGEN" files --extract=out image
	# mapping and all: what the process left behind
	diff -r --no-dereference root out
	(cd root && find . -type f -printf '%m %p\n' | sort) >modes
	(cd out && find . -type f -printf '%m %p\n' | sort) | diff modes -
}

# keeper_run SECONDS [PROGRAM]: kills it after a time; $said is the last number that it said in full
keeper_run()
{
	local status=0 found
	timeout --foreground -s KILL "$1" "$(appliance_folder)/${2:-keeper}" --block:storage=image -- "$said" >output || status=$?
	[ "$status" = 137 ] || { tail -n 3 output; false; }
	[ "$(head -n 1 output | cut -d' ' -f1)" = found ] || [ ! -s output ]
	# the last line may be cut, and be the only one
	found=$(sed '$d; s/^[a-z ]*//' output | tail -n 1)
	said=${found:-$said}
}

# image_make: room for all that the guests write until the last kill: a fast machine had 9 MB full in 200
image_make()
{
	"$UKGEN" files --make=$((1 + ${KILLS:-4} / 4))M image
}

@test "what a killed guest had synced is kept" {
	need_kvm
	local said=0 first
	image_make
	# KILLS=200 is the long form: ninja test-long
	for ((i = 0; i < ${KILLS:-4}; i++)); do
		keeper_run "0.$((RANDOM % 3 + 1))$((RANDOM % 10))"
		[ "$i" != 0 ] || first=$said
	done
	((said > first))
	run -0 timeout 20 "$(appliance_folder)/keeper" --block:storage=image -- "$said" $((said + 50))
	"$UKGEN" files image | grep -q '  /state$'
}

@test "writes in batches are there in full or not at all, whenever the guest is killed" {
	need_kvm
	local said=0 first
	image_make
	for ((i = 0; i < ${KILLS:-4}; i++)); do
		keeper_run "0.$((RANDOM % 3 + 1))$((RANDOM % 10))" batches
		[ "$i" != 0 ] || first=$said
	done
	((said > first))
	# also outside of the guest, whose data is in the log
	"$UKGEN" files --extract=out image
	run -0 awk '{ for (i = 1; i <= NF; i++) seen[$i] } END { for (number in seen) print number }' out/batches
	[ "${#lines[@]}" = 1 ]
	((lines[0] >= said))
	run -0 timeout 20 "$(appliance_folder)/batches" --block:storage=image -- "$said" $((lines[0] + 50))
	[ "${lines[-1]}" = "errors as they should be" ]
	# such an image is not for readers that know no data in the log
	[ "$(head -c 8 image | tr -d '\0')$(tail -c +4097 image | head -c 8 | tr -d '\0')" = ukgenfs2 ]
}

@test "a full device is ENOSPC, for data and for names, and freed space is used again" {
	need_kvm
	"$UKGEN" files --make=1M image
	run -0 appliance disk_full --block:storage=image
	[ "$output" = "/data/full: No space left on device, fsync 0
removed 0
/data/again: No space left on device, fsync 0
all of it
removed 0
No space left on device after many
removed 0
opened again" ]
}

@test "a device without files or with damaged ones is reported before main, and not written to" {
	need_kvm
	truncate -s 1M image
	run -255 --separate-stderr appliance keeper --block:storage=image
	[ "$output" = 'mount: /data: device "storage" has no files; ukgen files --make makes an image' ]
	head -c 1M /dev/urandom >image
	cp image before
	run -255 --separate-stderr appliance keeper --block:storage=image
	[ "$output" = 'mount: /data: device "storage" is damaged, or has something else than files: nothing can be read' ]
	cmp image before
	rm image
	"$UKGEN" files --make=1M image
	timeout --foreground -s KILL 1 "$(appliance_folder)/keeper" --block:storage=image -- 0 3 >output
	# a byte of the header, then one of the first record that was safe
	cp image header
	printf '\1' | dd of=header bs=1 seek=20 conv=notrunc status=none
	run -255 --separate-stderr appliance keeper --block:storage=header
	[[ $output == *"is damaged, or has something else"* ]]
	printf '\1' | dd of=image bs=1 seek=$((3 * 4096 + 40)) conv=notrunc status=none
	run -1 --separate-stderr appliance keeper --block:storage=image
	[[ $output == 'mount: /data: device "storage" is damaged: what was written last is lost, and nothing more can be written'* ]]
	[[ $output == *"Read-only file system"* ]]
	run -1 "$UKGEN" files image
	[[ $output == *"image is damaged: what was written last is lost; what is listed can be read"* ]]
}

@test "a readonly device can be read, and changes are EROFS" {
	need_kvm
	cp -R "$PROGRAMS/root" root
	"$UKGEN" files --make=1M image root
	cp image before
	manifest_write . reader '"libraries": ["libc"]' "$MOUNT" '"devices": [{ "name": "storage", "type": "BLOCK_BASIC", "readonly": true }]'
	cat >reader.c <<-'END'
		#include <fcntl.h>
		#include <stdio.h>
		#include <sys/stat.h>
		#include <unistd.h>

		int main(void)
		{
			char bytes[11] = "";

			read(open("/data/link", O_RDONLY), bytes, 10);
			puts(bytes);
			if (open("/data/sub/digits", O_RDWR) < 0)
				perror("open");
			if (mkdir("/data/x", 0700))
				perror("mkdir");
			if (unlink("/data/link"))
				perror("unlink");
			if (rename("/data/link", "/data/x"))
				perror("rename");
			if (rename("/data/link", "/x"))
				perror("rename");
			if (rmdir("/data"))
				perror("rmdir");
			return 0;
		}
	END
	"$UKGEN" reader.manifest reader.c
	run timeout 20 ukgen-build/reader --block:storage=image
	[ "$output" = "0123456789
open: Read-only file system
mkdir: Read-only file system
unlink: Read-only file system
rename: Read-only file system
rename: Cross-device link
rmdir: Resource busy" ]
	cmp image before
}

@test "images of the same files are identical, and extracting overwrites nothing" {
	cp -R "$PROGRAMS/root" root
	"$UKGEN" files --make=1M one root
	touch -d 2001-01-01 root/lines
	"$UKGEN" files --make=1M two root
	cmp one two
	run -0 "$UKGEN" files one
	[[ $output == *"lrwxrwxrwx           10  /link -> sub/digits"* ]]
	[[ $output == *"-rw-r--r--           10  /sub/digits"* ]]
	run -1 "$UKGEN" files --make=1M one root
	[ "$output" = "ukgen: one is there already; remove it first, or give another name" ]
	"$UKGEN" files --extract=out one
	diff -r --no-dereference root out
	run -1 "$UKGEN" files --extract=out one
	[[ $output == "ukgen: out/"*": File exists" ]]
	run -1 "$UKGEN" files --make=256K small root "$TOP/docs"
	[[ $output == "ukgen: small: no room for "*"; give the image more than its --make=SIZE" ]]
	[ ! -e small ]
}

@test "changes without a sync are written within seconds, or at the program's end" {
	need_kvm
	manifest_write . lazy '"libraries": ["libc"]' "$MOUNT" "$STORAGE" '"memory": "2M"'
	cat >lazy.c <<-'END'
		#include <stdio.h>
		#include <stdlib.h>
		#include <unistd.h>

		int main(int argc, char **argv)
		{
			FILE *file = fopen(argv[1], "w");

			fputs("kept", file);
			fclose(file);
			if (argc > 2)
				sleep(atoi(argv[2]));
			return 0;
		}
	END
	"$UKGEN" lazy.manifest lazy.c
	"$UKGEN" files --make=1M image
	timeout 20 ukgen-build/lazy --block:storage=image -- /data/one
	run -137 timeout --foreground -s KILL 7 ukgen-build/lazy --block:storage=image -- /data/two 60
	"$UKGEN" files --extract=out image
	[ "$(cat out/one out/two)" = keptkept ]
}
