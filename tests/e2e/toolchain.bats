# SPDX-License-Identifier: ISC
# toolchain.bats -- Solo5's tools, as installed, do what existing builds expect
bats_require_minimum_version 1.5.0
load common

CC=x86_64-solo5-none-static-cc
LD=x86_64-solo5-none-static-ld

setup_file()
{
	DESTDIR=$BATS_FILE_TMPDIR ninja -C "$TOP" install >/dev/null
	PATH=$BATS_FILE_TMPDIR/usr/local/bin:$PATH
	export PATH
	# what builds leave behind would be found
	export TMPDIR=$BATS_FILE_TMPDIR/tmp
	mkdir "$TMPDIR"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	cp "$TOP/tests/guests/solo5_words.c" app.c
	echo '{ "type": "solo5.manifest", "version": 1, "devices": [ { "name": "storage", "type": "BLOCK_BASIC" } ] }' >storage.json
	echo '{ "type": "solo5.manifest", "version": 1, "devices": [] }' >manifest.json
}

teardown()
{
	[ -z "$(ls -A "$TMPDIR")" ]
}

objects()
{
	solo5-elftool gen-manifest manifest.json manifest.c
	$CC -c manifest.c -o manifest.o
	$CC -c app.c -o app.o
}

@test "manifest, compiler and linker make an appliance, for hvt and ukgen alike" {
	objects
	$CC -z solo5-abi=hvt app.o manifest.o -o one
	$CC -z solo5-abi=ukgen app.o manifest.o -o two.exe
	$LD -z solo5-abi=hvt -o three.hvt manifest.o app.o
	[ "$(./one --version)" = "one, made by $(ukgen --version); isolation: virtual machine" ]
	[[ $(./two.exe --version) == "two.exe, made by "* ]]
	[[ $(./three.hvt --version) == "three.hvt, made by "* ]]
	# sources at the link; all of it optimised as one
	$CC -O2 -z solo5-abi=hvt app.c manifest.c -o four
	[[ $(./four --version) == "four, made by "* ]]
	$CC -O2 -flto -c app.c -o app.o
	$CC -O2 -flto -c manifest.c -o manifest.o
	$CC -O2 -flto -z solo5-abi=hvt app.o manifest.o -o four
	[[ $(./four --version) == "four, made by "* ]]
	ukgen inspect one | grep -E '[0-9] +console_write +console'
	[ "$(ls)" = "$(printf '%s\n' app.c app.o four manifest.c manifest.json manifest.o one storage.json three.hvt two.exe)" ]
}

@test "spt is an appliance that is a process, for machines without KVM" {
	objects
	$CC -z solo5-abi=spt app.o manifest.o -o spt
	[ "$(./spt --version)" = "spt, made by $(ukgen --version); isolation: process" ]
	solo5-elftool query-abi spt | grep '"target": "spt"'
	ukgen inspect spt >inspected
	run -1 grep -i kvm inspected
	echo CONFIG_HOST_PROCESS=y >chosen
	$CC -z solo5-abi=ukgen -z ukgen-config=chosen app.o manifest.o -o ukgen
	solo5-elftool query-abi ukgen | grep '"target": "spt"'
	$CC -z solo5-abi=ukgen app.o manifest.o -o ukgen
	solo5-elftool query-abi ukgen | grep '"target": "hvt"'
}

@test "the same objects give the same appliance" {
	objects
	$CC -z solo5-abi=hvt app.o manifest.o -o app
	mkdir elsewhere
	(cd elsewhere && $CC -z solo5-abi=hvt ../app.o ../manifest.o -o app)
	cmp app elsewhere/app
}

@test "archives, -l, groups, linker options and response files work as usual" {
	objects
	mkdir lib
	echo 'int helper(void); int solo5_app_main(const void *info) { (void)info; return helper(); }' >main.c
	echo 'int other(void); int helper(void) { return other(); }' >helper.c
	echo 'int helper(void); int other(void) { return 5; }' >other.c
	echo 'int unused(void) { return nowhere(); } ' | sed 's/^/int nowhere(void); /' >unused.c
	for source in main helper other unused; do $CC -c $source.c -o $source.o; done
	ar rcs lib/libmain.a main.o
	ar rcs lib/libhelper.a helper.o unused.o
	ar rcs lib/libother.a other.o
	$CC -O2 -pthread -z solo5-abi=hvt -Llib -lmain -Wl,--start-group -lother -lhelper -Wl,--end-group manifest.o -o one
	./one --version
	printf '%s\n' '"-Llib"' "'-lmain' -Wl,--start-group" '-lother -lhelper -Wl,--end-group' manifest.o '-z solo5-abi=hvt' -o two >words
	$CC @words
	./two --version
	$CC -Wl,-z,solo5-abi=hvt,--gc-sections -static -s -Llib -lmain -lhelper -lother manifest.o -o three
	./three --version
	$LD -z solo5-abi=hvt -o four lib/libmain.a --start-group lib/libother.a lib/libhelper.a --end-group manifest.o
	./four --version
}

@test "the manifest is found in an archive, too" {
	objects
	ar rcs libapp.a app.o manifest.o
	$CC -z solo5-abi=hvt libapp.a -o app
	./app --version
}

@test "names of the application may be those of the bindings" {
	objects
	cat >names.c <<-END
		#include "solo5.h"
		int devices[3], device_count = 4, init_array_start, tls_start, tls_end, common;
		int device_find(void) { return 7; }
		void *memcpy(void *to, const void *from, size_t size) { (void)from, (void)size; return to; }
		int solo5_app_main(const struct solo5_start_info *info)
		{
		        struct solo5_block_info block;
		        solo5_handle_t handle;
		        (void)info;
		        return solo5_block_acquire("storage", &handle, &block) + devices[1] + device_count + init_array_start +
		                tls_start + tls_end + common + device_find();
		}
	END
	solo5-elftool gen-manifest storage.json storage.c
	$CC -c storage.c -o storage.o
	$CC -fcommon -c names.c -o names.o
	$CC -z solo5-abi=hvt names.o storage.o -o names
	./names --help | grep -e '--block:NAME=PATH'
}

@test "sections whose bounds the program uses are kept whole" {
	objects
	cat >bounds.c <<-END
		#include "solo5.h"
		#define SECTION __attribute__((section("hooks"), used))
		static int one(void) { return 1; }
		static int two(void) { return 2; }
		SECTION static int (*const first)(void) = one;
		SECTION static int (*const second)(void) = two;
		extern int (*const __start_hooks[])(void), (*const __stop_hooks[])(void);
		int solo5_app_main(const struct solo5_start_info *info)
		{
		        int sum = 0;
		        (void)info;
		        for (int (*const *hook)(void) = __start_hooks; hook != __stop_hooks; hook++)
		                sum += (*hook)();
		        return sum;
		}
	END
	$CC -O2 -c bounds.c -o bounds.o
	UKGEN_BUILD=$PWD/kept $CC -z solo5-abi=hvt bounds.o manifest.o -o bounds
	[ $((0x$(nm kept/bounds.guest.elf | grep __stop_hooks | cut -c -16) -
	     0x$(nm kept/bounds.guest.elf | grep __start_hooks | cut -c -16))) = 16 ]
}

@test "a temporary build folder gets no description for people; a kept one does, and the appliance is the same" {
	objects
	mkdir tools
	printf '#!/bin/sh\necho "$@" >>"%s"\nexec "%s" "$@"\n' "$PWD/asked" "$(command -v ninja)" >tools/ninja
	chmod +x tools/ninja
	PATH=$PWD/tools:$PATH $CC -z solo5-abi=hvt app.o manifest.o -o app
	grep -q 'monitor.elf' asked
	! grep -q 'compdb' asked || return 1
	mv app first
	PATH=$PWD/tools:$PATH UKGEN_BUILD=$PWD/kept $CC -z solo5-abi=hvt app.o manifest.o -o app
	grep -q 'compdb' asked
	[ -s kept/compile_commands.json ]
	cmp first app
}

@test "choices come from the file named, from the one in the environment, or from the one beside the appliance" {
	objects
	echo '# CONFIG_SYMBOLS is not set' >without
	echo 'CONFIG_STACK_KB=128' >128
	echo 'CONFIG_STACK_KB=256' >256
	cp without app.exe.config
	# has OPTION...: whether the linked appliance has symbols, and which stack was chosen
	has()
	{
		UKGEN_BUILD=$PWD/kept $CC -z solo5-abi=hvt "$@" app.o manifest.o -o app.exe
		! grep -q '^CONFIG_SYMBOLS=y' kept/.config || printf 'symbols '
		sed -n 's/^CONFIG_STACK_KB=//p' kept/.config
	}
	[ "$(has)" = 0 ]
	[ "$(has -z ukgen-config=128)" = "symbols 128" ]
	[ "$(has -Wl,-z,ukgen-config=256)" = "symbols 256" ]
	[ "$(UKGEN_CONFIG=128 has)" = "symbols 128" ]
	[ "$(UKGEN_CONFIG=128 has -z ukgen-config=256)" = "symbols 256" ]
	[ "$(UKGEN_CONFIG= has)" = 0 ]
	# as dune does it: linked in one folder, where no choices are, and copied to another
	mkdir build
	UKGEN_CONFIG=$PWD/128 UKGEN_BUILD=$PWD/kept $CC -z solo5-abi=hvt app.o manifest.o -o build/app.exe
	grep '^CONFIG_STACK_KB=128' kept/.config
}

@test "Solo5's other headers have the names and numbers that applications use, and no missing calls" {
	printf '#include <%s>\n' elf_abi.h hvt_abi.h spt_abi.h >headers.c
	cat >>headers.c <<-'END'
		_Static_assert(HVT_ABI_TARGET == 1 && SPT_ABI_TARGET == 2 && XEN_ABI_TARGET == 6, "");
		_Static_assert(HVT_ABI_VERSION == 1000 && HVT_GUEST_MIN_BASE == 1 << 20, "");
		_Static_assert(SPT_ABI_VERSION == 1000 && SPT_GUEST_MIN_BASE == 0x10100000, "");
		_Static_assert(sizeof(struct abi1_note) == 36 && offsetof(struct abi1_note, i) == 20, "");
		_Static_assert(ABI1_NOTE_TYPE == 0x31494241 && sizeof(ABI1_NOTE_NAME) == 6 && ABI1_NOTE_ALIGN == 4, "");
	END
	$CC -std=c11 -Wall -Wextra -pedantic -Werror -c headers.c
	for header in elf_abi.h hvt_abi.h spt_abi.h; do
		echo "#include <$header>" | $CC -std=c99 -Wall -Wextra -pedantic -Werror -c -x c - -o alone.o
	done
	# the version is what a note of ours says
	objects
	$CC -z solo5-abi=hvt app.o manifest.o -o app
	solo5-elftool query-abi app | grep '"version": 1000'
}

@test "solo5-elftool shows manifest and ABI of objects and appliances" {
	solo5-elftool gen-manifest storage.json storage.c
	$CC -c storage.c -o storage.o
	$CC -c app.c -o app.o
	$CC -z solo5-abi=hvt app.o storage.o -o app 2>/dev/null
	cat >expected <<-END
		{
		  "type": "solo5.manifest",
		  "version": 1,
		  "devices": [
		    { "name": "storage", "type": "BLOCK_BASIC" }
		  ]
		}
	END
	solo5-elftool query-manifest storage.o | cmp - expected
	solo5-elftool query-manifest app | cmp - expected
	solo5-elftool query-abi app | grep '"target": "hvt"'
	run -1 solo5-elftool query-abi storage.o
	# what it shows it reads
	solo5-elftool query-manifest app >again.json
	solo5-elftool gen-manifest again.json again.c
	cmp storage.c again.c
}

@test "a manifest's object has Solo5's layout, byte by byte" {
	cat >note.s <<-'END'
		        .section .note.solo5.manifest, "a", @note
		        .balign 4
		        .long 6, 12 + 3 * 104, 0x3154464d
		        .asciz "Solo5"
		        .balign 4
		        .long 0
		        .long 1, 3
		        .skip 68
		        .long 1 << 30
		        .skip 32
		        .asciz "service0"
		        .skip 68 - 9
		        .long 2
		        .skip 32
		        .asciz "storage"
		        .skip 68 - 8
		        .long 1
		        .skip 32
	END
	as note.s -o note.o
	solo5-elftool query-manifest note.o >shown
	grep '{ "name": "service0", "type": "NET_BASIC" },' shown
	grep '{ "name": "storage", "type": "BLOCK_BASIC" }' shown
	# and ours is laid out like it
	solo5-elftool gen-manifest shown ours.c
	$CC -c ours.c -o ours.o
	objcopy -O binary -j .note.solo5.manifest note.o note.bytes
	objcopy -O binary -j .note.solo5.manifest ours.o ours.bytes
	cmp note.bytes ours.bytes
}

@test "without an ABI, linking shows what is missing and nothing else" {
	echo 'int main(void) { return 0; }' >conftest.c
	$CC -o conftest conftest.c
	echo '#include "solo5.h"' | cat - conftest.c >declared.c
	$CC -o declared declared.c
	echo 'int missing(void); int main(void) { return missing(); }' >conftest.c
	run -1 $CC -o conftest2 conftest.c
	[[ $output == *"undefined reference to \`missing'"* ]]
	echo 'size_t; int main(void) { return (int)solo5_tls_size(); }' | sed '1s/^size_t;/#include "solo5.h"\n/' >uses.c
	$CC -o uses uses.c
	# as configure scripts ask for a function
	for name in solo5_yield solo5_set_tls_base missing; do
		printf '%s\n' '#include <limits.h>' "char $name ();" "int main (void) { return $name (); }" >conftest.c
		if $CC -o conftest -g -O2 conftest.c; then echo $name; fi
	done >there
	[ "$(cat there)" = $'solo5_yield\nsolo5_set_tls_base' ]
	# a partial link holds no bindings
	$CC -c uses.c -o uses.o
	$LD -r -o partial.o uses.o
	nm partial.o | grep 'U solo5_tls_size'
}

@test "messages contain no control characters of a source" {
	printf 'int f(void) { return evil\302\2332J\2332J\033[2J\r; }\n' >evil.c
	run -1 --separate-stderr $CC -c evil.c
	[[ $stderr == *"evil.c:1:"*"error: "*"2J"* ]]
	run -1 grep -aP '\x1b|\r|\x9b|[\x00-\x08]' <<<"$stderr"
	# what it prints for others is as it is
	run -0 $CC -E evil.c
	[[ $output == *$'\033[2J'* ]]
	echo 'int f(void) { return 1; }' | $CC -S -x c -o - - | grep '^f:'
}

@test "the compiler is freestanding, and passes everything else to the system's compiler" {
	$CC -dM -E - </dev/null | grep __GNUC__
	[ "$($CC -dumpmachine)" = x86_64-linux-gnu ]
	$CC -print-libgcc-file-name
	echo '#include <stdint.h>' | $CC -E - >/dev/null
	# every header that C11 asks a freestanding compiler for
	printf '#include <%s.h>\n' float iso646 limits stdalign stdarg stdbool stddef stdint stdnoreturn >headers.c
	echo '_Static_assert(CHAR_BIT == 8 && LONG_MAX > INT_MAX && MB_LEN_MAX, "");' >>headers.c
	$CC -std=c11 -Wall -Wextra -pedantic -Werror -c headers.c
	# the application's own C library counts, with and without GCC's part of the header
	mkdir include
	echo '#define PATH_MAX 7' >include/limits.h
	for option in -I -isystem; do
		echo '_Static_assert(PATH_MAX == 7, "");' | $CC ${option}include -include limits.h -c -x c - -o own.o
	done
	echo '#include <stdio.h>' >hosted.c
	run -1 $CC -c hosted.c
	echo 'int f(char *); int g(void) { char a[32]; return f(a); }' >guard.c
	$CC -c guard.c -o guard.o
	nm guard.o | grep __stack_chk_guard
	x86_64-solo5-none-static-objcopy -O binary guard.o guard.bytes
	need aarch64-linux-gnu-gcc
	aarch64-solo5-none-static-cc -c guard.c -o arm.o
	nm arm.o | grep __stack_chk_guard
	aarch64-solo5-none-static-cc -o arm guard.c -Wl,--defsym=f=0
	aarch64-solo5-none-static-objcopy -O binary arm.o arm.bytes
}

@test "pkg-config names the tools, for each ABI" {
	need pkg-config
	export PKG_CONFIG_PATH=$BATS_FILE_TMPDIR/usr/local/lib/pkgconfig
	local abi cc ld isolation
	solo5-elftool gen-manifest manifest.json manifest.c
	for abi in hvt spt; do
		isolation="virtual machine"
		[ $abi = hvt ] || isolation=process
		export PKG_CONFIG_SYSROOT_DIR=$BATS_FILE_TMPDIR
		cc=$(pkg-config --variable=cc solo5-bindings-$abi)
		ld=$(pkg-config --variable=ld solo5-bindings-$abi)
		"$cc" $(pkg-config --cflags solo5-bindings-$abi) -c app.c -o app.o
		"$cc" $(pkg-config --cflags solo5-bindings-$abi) -c manifest.c -o manifest.o
		"$ld" app.o manifest.o $(pkg-config --libs solo5-bindings-$abi) -o app
		[[ $(./app --version) == *"; isolation: $isolation" ]]
		# its options are enough for another compiler's driver, too
		unset PKG_CONFIG_SYSROOT_DIR
		gcc -O2 -fno-pie $(pkg-config --define-variable=prefix="$BATS_FILE_TMPDIR/usr/local" --cflags solo5-bindings-$abi) -c app.c -o app.o
		"$ld" app.o manifest.o $(pkg-config --libs solo5-bindings-$abi) -o app
		[[ $(./app --version) == *"; isolation: $isolation" ]]
	done
}
