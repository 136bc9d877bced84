# SPDX-License-Identifier: ISC
# modules.bats -- a module is one folder, and each alone or all together build
#
# begins first: it builds with each module
bats_require_minimum_version 1.5.0
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	manifest='{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"] }'
	echo "$manifest" >app.manifest
	cat >app.c <<-'END'
		#include "solo5.h"

		int solo5_app_main(const struct solo5_start_info *info)
		{
			(void)info;
			return 0;
		}
	END
}

# choose SYMBOL...: turns those modules on, all others off
choose()
{
	local folder name type devices=
	for folder in "$TOP"/modules/*/; do
		name=$(basename "$folder")
		name=${name^^}
		case " $* " in
		*" $name "*)
			echo "CONFIG_$name=y"
			type=$(awk '$1 == "device" { print $2 }' "$folder"/*.mod)
			[ -z "$type" ] || devices+="${devices:+, }{ \"name\": \"d${name,,}\", \"type\": \"$type\" }"
			;;
		*) echo "# CONFIG_$name is not set" ;;
		esac
	done >app.config
	# what backs a device needs one
	echo "${manifest%\}}, \"devices\": [ $devices ] }" >app.manifest
}

modules()
{
	local folder
	for folder in "$TOP"/modules/*/; do basename "$folder"; done | tr a-z A-Z
}

@test "a folder outside of the tree adds a hypercall, which the application uses" {
	mkdir -p mods/twice
	printf 'config TWICE\n\tbool "twice: doubles a number"\n' >mods/twice/Kconfig
	cat >mods/twice/twice.mod <<-'END'
		# twice -- doubles a number

		api       double_of
		hypercall double_of(u64 number)
	END
	cat >mods/twice/guest.c <<-'END'
		/* SPDX-License-Identifier: ISC */
		/* twice/guest.c -- asks for twice a number */
		#include "guest.h"

		int64_t double_of(uint64_t number);

		int64_t double_of(uint64_t number)
		{
			return hypercall_double_of(number);
		}
	END
	cat >mods/twice/host.c <<-'END'
		/* SPDX-License-Identifier: ISC */
		/* twice/host.c -- doubles a number */
		#include "core.h"

		int64_t host_double_of(uint64_t number)
		{
			return (int64_t)(2 * number);
		}
	END
	cat >app.c <<-'END'
		long double_of(unsigned long number);

		int solo5_app_main(void)
		{
			return (int)double_of(21);
		}
	END
	"$UKGEN" --modules mods app.manifest
	"$UKGEN" inspect ukgen-build/app | grep -E '[0-9] +double_of +twice'
}

@test "a number and its name in a syscall line can't differ" {
	mkdir -p mods/opener
	printf 'config OPENER\n\tbool "opener: opens files"\n' >mods/opener/Kconfig
	cat >mods/opener/opener.mod <<-'END'
		# opener -- opens files

		header  fcntl.h
		syscall openat(_, _, O_WRONLY|O_CREAT=0x41) # to write
		syscall openat(_, _, O_RDWR|O_APPEND=0x401) # to append
	END
	echo CONFIG_OPENER=y >app.config
	run -1 "$UKGEN" --modules mods app.manifest
	[[ $output == *'mods/opener/opener.mod:5:'*'O_RDWR|O_APPEND is not 0x401'* ]]
	[[ $output != *'opener.mod:4:'* ]]
	sed -i s/0x401/0x402/ mods/opener/opener.mod
	"$UKGEN" --modules mods app.manifest
	"$UKGEN" inspect ukgen-build/app | grep -F 'openat(_, _, O_RDWR|O_APPEND=0x402)'
}

@test "a hypercall's parameters may have the names that generated code uses" {
	mkdir -p mods/names
	printf 'config NAMES\n\tbool "names: many of them"\n' >mods/names/Kconfig
	cat >mods/names/names.mod <<-'END'
		# names -- many of them

		api       names
		hypercall names_value(u64 page, u64 arguments, u64 result, u64 number, u64 leave_guest, u64 hypercall_names_value)
		hypercall names_buffer(in u16 page[arguments], u64 arguments, out u8 host_names_buffer[guest_end], u64 guest_end)
		hypercall names_result(out u64 page, inout u32 guest_buffer[memory], u64 memory, in u8 arguments[call_exit], u32 call_exit)
	END
	cat >mods/names/guest.c <<-'END'
		/* SPDX-License-Identifier: ISC */
		/* names/guest.c -- makes each call */
		#include "guest.h"

		uint64_t names(uint16_t *words, uint32_t *longs, uint8_t *bytes);

		uint64_t names(uint16_t *words, uint32_t *longs, uint8_t *bytes)
		{
			uint64_t value;

			hypercall_names_value(1, 2, 3, 4, 5, 6);
			hypercall_names_buffer(words, 7, bytes, 8);
			hypercall_names_result(&value, longs, 9, bytes, 10);
			return value;
		}
	END
	cat >mods/names/host.c <<-'END'
		/* SPDX-License-Identifier: ISC */
		/* names/host.c -- serves each call */
		#include "core.h"

		int64_t host_names_value(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
		{
			return (int64_t)(a + b + c + d + e + f);
		}

		int64_t host_names_buffer(const uint16_t *in, uint64_t in_count, uint8_t *out, uint64_t out_count)
		{
			*out = (uint8_t)*in;
			return (int64_t)(in_count + out_count);
		}

		int64_t host_names_result(uint64_t *result, uint32_t *both, uint64_t both_count, const uint8_t *in, uint32_t in_count)
		{
			*result = *both + both_count + *in + in_count;
			return RESULT_OK;
		}
	END
	cat >app.c <<-'END'
		unsigned long names(unsigned short *words, unsigned *longs, unsigned char *bytes);

		int solo5_app_main(void)
		{
			unsigned short words[7] = {1};
			unsigned longs[9] = {2};
			unsigned char bytes[10] = {3};

			return names(words, longs, bytes) == 2 + 9 + 1 + 10 ? 83 : 1;
		}
	END
	"$UKGEN" --modules mods app.manifest
	"$UKGEN" inspect ukgen-build/app | grep -E '[0-9] +names_result +names'
	[ ! -w /dev/kvm ] || run -83 ukgen-build/app
}

@test "an application that needs no module gets none" {
	"$UKGEN" app.manifest
	for module in $(modules); do
		run ! grep "^CONFIG_$module=y" ukgen-build/.config
	done
}

@test "every module alone builds" {
	for module in $(modules); do
		choose "$module"
		"$UKGEN" app.manifest
		grep "^CONFIG_$module=y" ukgen-build/.config
	done
}

@test "all modules together build" {
	choose $(modules)
	"$UKGEN" app.manifest
	[ "$(grep -cE "^CONFIG_($(modules | paste -sd '|'))=y" ukgen-build/.config)" = "$(modules | wc -l)" ]
}

@test "random choices of modules build" {
	# the seed is part of the test: a failure comes again
	RANDOM=20170607
	local names pick=() count=0
	mapfile -t names < <(modules)
	for _ in 1 2 3 4 5 6; do
		pick=()
		for name in "${names[@]}"; do
			[ $((RANDOM % 2)) = 0 ] || pick+=("$name")
		done
		echo "chosen: ${pick[*]}"
		choose "${pick[@]}"
		"$UKGEN" app.manifest
		[ "$(grep -cE "^CONFIG_($(modules | paste -sd '|'))=y" ukgen-build/.config)" = ${#pick[@]} ]
		count=$((count + ${#pick[@]}))
	done
	[ $count -gt 0 ]
}

@test "no module's name is in core/, generator/, guest/ or templates/" {
	cd "$TOP"
	need gcc
	local file names
	names=$(modules | paste -sd '|')
	names="$names|${names,,}"
	# guest/include/ is what modules offer, a C library, its sockets and TLS have clocks and entropy of their own, and "new" writes applications; in comments the names are words like others
	while read -r file; do
		# gdb is a program, too: with names of its own for registers, and a command of ukgen's; block devices, /dev/net/tun and systemd's units for interfaces are Linux's
		! gcc -fpreprocessed -dD -E -P -x c "$file" 2>/dev/null |
			sed -E 's/org\.gnu\.gdb//g; s/(ukgen |" *)gdb\b//g; s/\bblock devices?\b//gI; s/subsystem-net-devices//; s|/dev/net/tun||' | grep -wE "$names|(host|option|setup|CONFIG|FD)_($names)(_[A-Za-z_]*)?" ||
			{ echo "in $file"; false; }
	done < <(find core generator guest templates -name '*.[chS]' -o -name '*.ld' -o -name '*.mod' | grep -vE '^guest/include/|^guest/libraries/(libc|sockets|tls)/|^generator/command/(gdb|new)\.c$|^templates/new/')
}

@test "no source has an #ifdef of a Kconfig symbol" {
	cd "$TOP"
	run ! grep -rnE '^[ \t]*#[ \t]*(if|ifdef|ifndef|elif).*[^A-Z_]CONFIG_' core generator guest modules templates --include='*.[chS]' --include='*.ld'
}
