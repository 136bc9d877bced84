# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_libraries.bats -- users' libraries: an archive, start functions, system calls and a Kconfig of their own
bats_require_minimum_version 1.5.0
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	mkdir -p libs/lower "libs/upper/$(uname -m)"
	cat >upper.c <<-'END'
		#include <solo5.h>

		int lower_started(void);
		int upper_started;
		size_t upper_heap;

		__attribute__((noipa)) long upper_call_served(long number) { return number + lower_started(); }
		long upper(long number) { return upper_call_served(number); }
		void upper_start(struct solo5_start_info *info) { upper_started = lower_started(); upper_heap = info->heap_size -= 4096; }
	END
	printf 'long upper_call_absent(long);\nlong upper_absent(void) { return upper_call_absent(1); }\n' >absent.c
	for file in upper absent; do
		gcc -O2 -ffreestanding -fno-pic -ffunction-sections -fno-stack-protector -isystem "$TOP/guest/include" -c $file.c
	done
	ar rc "libs/upper/$(uname -m)/libupper.a" upper.o absent.o
	printf '# upper\nneeds lower\narchive arch libupper.a\nstart upper_start\ncalls upper_call_\n' >libs/upper/upper.lib
	printf 'config UPPER_UNSERVED_ERROR\n\tbool "calls of upper that are not served are errors"\n' >libs/upper/Kconfig
	printf '# lower\nsource lower.c\nstart lower_start\n' >libs/lower/lower.lib
	cat >libs/lower/lower.c <<-'END'
		#include <solo5.h>

		static int started;

		int lower_started(void);
		int lower_started(void) { return started; }
		void lower_start(struct solo5_start_info *info) { started = info->heap_size > 0; }
	END
	cat >app.c <<-'END'
		#include <solo5.h>

		extern int upper_started;
		extern size_t upper_heap;
		long upper(long), upper_absent(void);
		static int seen;

		__attribute__((constructor)) static void see(void) { seen = upper_started; }

		int solo5_app_main(const struct solo5_start_info *info)
		{
			return info->heap_size == upper_heap && seen ? (int)upper(40) + (upper_absent() == -38) : 99;
		}
	END
}

@test "libraries start before constructors, in the order of their dependencies, whatever the manifest's order" {
	need_kvm
	manifest_write . one '"libraries": ["upper"]' '"memory": "1M"'
	manifest_write . two '"libraries": ["lower", "upper"]' '"memory": "1M"'
	for name in one two; do
		"$UKGEN" --host=$HOST --libraries libs -o $name -B build $name.manifest app.c 2>said
		[[ $(cat said) == *"app.c uses upper_absent, which can call absent: no library serves it; it fails with ENOSYS"* ]]
		run -42 timeout 20 ./$name
	done
	"$UKGEN" inspect one | grep -q 'served  *upper: app.c uses upper$'
}

@test "a library's Kconfig can make its unserved calls an error" {
	manifest_write . app '"libraries": ["upper"]' '"config": { "UPPER_UNSERVED_ERROR": true }'
	run -1 "$UKGEN" --libraries libs -B build app.manifest app.c
	[[ $output == *"app.c uses upper_absent, which can call absent: no library serves it; leave UPPER_UNSERVED_ERROR off"* ]]
	[ ! -e build/app ]
}
