# SPDX-License-Identifier: ISC
# libraries.bats -- guest libraries: found, compiled with what they need, the same wherever they are
bats_require_minimum_version 1.5.0
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	mkdir -p app libs/outer/include libs/inner
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"], "libraries": ["outer"] }' >app/app.manifest
	cat >app/app.c <<-'END'
		#include <outer.h>
		#ifdef OF_OUTER
		#error these are cflags of the library alone
		#endif

		int solo5_app_main(const void *info)
		{
			return outer(info != 0);
		}
	END
	printf '# outer -- needs another\nneeds inner\ninclude include\nsource outer.c\ncflags -DOF_OUTER -DFILE=__FILE__\n' >libs/outer/outer.lib
	echo 'int outer(int number);' >libs/outer/include/outer.h
	cat >libs/outer/outer.c <<-'END'
		#include <inner.h>
		#include <outer.h>
		#ifndef OF_OUTER
		#error cflags are missing
		#endif

		const char *volatile outer_file = FILE;

		int outer(int number)
		{
			return inner(number) + *outer_file;
		}
	END
	printf '# inner -- alone\ninclude .\nsource inner.c\n' >libs/inner/inner.lib
	echo 'int inner(int number);' >libs/inner/inner.h
	printf '#include "inner.h"\n\nint inner(int number)\n{\n\treturn 2 * number;\n}\n' >libs/inner/inner.c
	# a file that is as young as the run, by the clock of file systems, may have changed meanwhile, and is compiled again
	sleep 0.02
}

@test "a library brings the headers and libraries that it needs" {
	"$UKGEN" --libraries libs app/app.manifest
	need nm
	nm app/ukgen-build/app.guest.elf >symbols
	grep -q ' [Tt] outer$' symbols
	grep -q ' [Tt] inner$' symbols
}

@test "only what the application uses is in the guest" {
	need nm
	printf '\nint outer_unused(void);\nint outer_unused(void)\n{\n\treturn 5;\n}\n' >>libs/outer/outer.c
	"$UKGEN" --libraries libs app/app.manifest
	nm app/ukgen-build/app.guest.elf >symbols
	grep -q ' [Tt] outer$' symbols
	run -1 grep outer_unused symbols
}

@test "the same bytes wherever a library is, and a second run rewrites nothing" {
	"$UKGEN" -o one --libraries libs app/app.manifest
	mkdir "another place"
	cp -R libs "another place/more"
	"$UKGEN" -o two -B build --libraries "another place/more" app/app.manifest
	cmp one two
	state() { find one app -type f ! -name '.ninja*' -printf '%p %s %T@\n' | sort; }
	before=$(state)
	"$UKGEN" -o one --libraries libs app/app.manifest
	diff <(echo "$before") <(state)
}

@test "Kconfig chooses sources and values of a library, before anything is compiled" {
	printf 'config OUTER_SIZE\n\tint "size"\n\trange 1 9\n\tdefault 5\nconfig OUTER_MORE\n\tbool "more"\n' >libs/outer/Kconfig
	printf 'source more.c if OUTER_MORE\n' >>libs/outer/outer.lib
	printf '#include <outer_config.h>\nint outer_more[CONFIG_OUTER_SIZE];\n' >libs/outer/more.c
	cat >app/app.c <<-'END'
		#include <outer_config.h>
		#if CONFIG_OUTER_MORE
		extern int outer_more[];
		#else
		static int outer_more[CONFIG_OUTER_SIZE];
		#endif

		int solo5_app_main(const void *info)
		{
			return ((volatile int *)outer_more)[info != 0];
		}
	END
	state() { find app -type f ! -name '.ninja*' -printf '%p %s %T@\n' | sort; }
	size() { nm -S app/ukgen-build/app.guest.elf | awk '$4 == "outer_more" { print $2 }'; }
	"$UKGEN" --libraries libs app/app.manifest
	[ "$(size)" = 0000000000000014 ]
	run -1 grep more.c app/ukgen-build/app.ninja
	before=$(state)
	"$UKGEN" --libraries libs app/app.manifest
	diff <(echo "$before") <(state)
	sed -i 's/ }$/, "config": { "OUTER_MORE": true, "OUTER_SIZE": 7 } }/' app/app.manifest
	"$UKGEN" --libraries libs app/app.manifest
	[ "$(size)" = 000000000000001c ]
	grep -q more.c app/ukgen-build/app.ninja
	sed -i 's/"OUTER_SIZE": 7/"OUTER_SIZE": 70/' app/app.manifest
	run -1 "$UKGEN" --libraries libs app/app.manifest
	[[ $output == *"out of range; accepted are 1 to 9"* ]]
}

@test "global names of libraries are the languages', or have a prefix that applications leave to them" {
	local archive
	need nm
	[ -f "$TOP/build/musl/$(uname -m)/lib/libc.a" ] && [ -d "$TOP/build/deps/lwip" ] || skip "the C library or lwIP's source is missing"
	# of musl itself, crypt's functions are in another of Debian's archives
	{
		nm -g --defined-only /usr/lib/*-linux-musl/libc.a 2>/dev/null | awk 'NF == 3 { print $3 }'
		printf '%s\n' crypt crypt_r encrypt setkey solo5_app_main
	} | sort -u >allowed
	manifest_write . net '"libraries": ["sockets"]' '"devices": [ { "name": "service0", "type": "NET_BASIC" } ]' \
		'"config": { "LWIP_IPV6": true }'
	printf '#include <sys/socket.h>\nint main(void) { return socket(AF_INET, SOCK_STREAM, 0); }\n' >net.c
	"$UKGEN" --host=process -B net net.manifest net.c
	for archive in "$TOP"/build/{musl,libcxx,mbedtls}/*/lib/*.a; do
		nm -g --defined-only "$archive" 2>/dev/null
	done >symbols
	find net/obj -path '*/library_*' -name '*.o' -exec nm -g --defined-only {} + >>symbols
	grep -q ' lwip_tcp_write$' symbols
	grep -q ' guest_node_read$' symbols
	# DW.ref. is the compiler's, unw_ are weak names of LLVM's unwinder
	awk 'NF == 3 { print $3 }' symbols | sort -u | grep -vE '^(_|guest_|lwip_|uk_|mbedtls_|psa_|unw_|DW\.ref\.)' | comm -23 - allowed >others
	[ ! -s others ]
}

@test "an application without libraries has nothing of them" {
	sed -i 's/, "libraries": \["outer"\]//' app/app.manifest
	echo 'int solo5_app_main(const void *info) { return info != 0; }' >app/app.c
	"$UKGEN" --libraries libs app/app.manifest
	run -1 grep -E 'outer|inner' app/ukgen-build/app.ninja
}

@test "an application may have its own memcpy, and use the guest's memmove" {
	need nm
	sed -i 's/, "libraries": \["outer"\]//' app/app.manifest
	cat >app/app.c <<-'END'
		#include <stddef.h>

		void *memcpy(void *restrict to, const void *restrict from, size_t size)
		{
			return from && size ? to : NULL;
		}

		int solo5_app_main(const void *info)
		{
			void *(*volatile copy)(void *restrict, const void *restrict, size_t) = memcpy;

			return copy(NULL, info, 1) != 0;
		}
	END
	"$UKGEN" app/app.manifest
	nm app/ukgen-build/app.guest.elf | grep ' t memcpy$'
	cat >app/app.c <<-'END'
		#include <string.h>

		int solo5_app_main(const void *info)
		{
			static char volatile place[8];

			memcpy((void *)place, info, (size_t)*place);
			return *(char *)memmove((void *)place, (void *)(place + 1), (size_t)*place);
		}
	END
	"$UKGEN" app/app.manifest
	nm app/ukgen-build/app.guest.elf | grep ' [TW] memmove$'
	# musl's would bring its memcpy
	[ "$(uname -m)" != x86_64 ] || run -1 grep -a __memcpy_fwd app/ukgen-build/app.guest.elf
}
