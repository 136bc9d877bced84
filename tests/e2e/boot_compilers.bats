# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_compilers.bats -- a guest meets all requirements that compilers have of a linker and start-up code
#
# The programs are in tests/compilers; each is built by each compiler at each
# level of optimisation, with the compiler's default flags, and runs as an
# appliance and as a process, with the same output and status. tests/errors has
# what a guest can't provide, which is refused by name.
bats_require_minimum_version 1.5.0
load common

# Debian's, before any other that someone installed
RUSTC=$(command -v /usr/bin/rustc || command -v rustc || true)

SOURCES=$TOP/tests/compilers

# compare NAME OBJECT...: the same objects as process and as appliance
compare()
{
	local name=$1 process=0 guest=0
	shift
	gcc -static -no-pie -fno-lto -o "$name.process" -I"$TOP/guest/include" "$SOURCES/process.c" "$@"
	printf '{ "type": "ukgen.manifest", "version": 1, "name": "app", "memory": "2M" }' >app.manifest
	# one folder: the monitor is compiled once
	"$UKGEN" --host=$HOST -B build -o "$name.appliance" app.manifest "$@"
	"./$name.process" >"$name.expected" || process=$?
	timeout 60 "./$name.appliance" >"$name.printed" 2>&1 || guest=$?
	diff "$name.expected" "$name.printed"
	[ $guest = $process ]
	[ -s "$name.expected" ]
}

# objects COMPILER LEVEL FLAGS SOURCE...: compiles each to NAME.o, for $objects
objects()
{
	local compiler=$1 level=$2 flags=$3 source
	shift 3
	objects=()
	for source; do
		# shellcheck disable=SC2086 # several flags
		"$compiler" $level $flags -g -I"$TOP/guest/include" -c "$SOURCES/$source" -o "${source//./-}.o"
		objects+=("$PWD/${source//./-}.o")
	done
}

c_program()  # COMPILER FLAGS
{
	local level
	for level in -O0 -O1 -O2 -O3; do
		objects "$1" $level "$2" asks.c others.c say.c
		compare "c$level" "${objects[@]}"
	done
}

cc_program()  # COMPILER FLAGS
{
	local level
	for level in -O0 -O1 -O2 -O3; do
		objects gcc $level "" say.c
		local said=${objects[0]}
		objects "$1" $level "-std=c++17 -fno-exceptions -fno-rtti -fno-threadsafe-statics $2" asks.cc others.cc
		compare "cc$level" "${objects[@]}" "$said"
	done
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

@test "gcc" {
	need_kvm
	c_program gcc "-fcommon -fstack-protector-strong"
}

@test "gcc, position-independent or not, with a section per function, with other thread-local storage models" {
	need_kvm
	c_program gcc "-fno-common -fno-pie -fno-pic -ffunction-sections -fdata-sections -DCOMMON=extern"
	[ "$(uname -m)" != x86_64 ] || { c_program gcc "-fcommon -fPIC -mtls-dialect=gnu2"; c_program gcc "-fcommon -fno-pie -mcmodel=medium"; }
}

@test "the large memory model, and 3 GiB of static data" {
	need_kvm
	[ "$(uname -m)" = x86_64 ] || skip "x86-64's compilers have it"
	need g++ clang-14
	# gcc and clang reach data in different ways: by 64-bit addresses, and from the global offset table
	cc_program g++ "-fPIC -mcmodel=large"
	cc_program clang++-14 "-mcmodel=large"
	printf '{ "type": "ukgen.manifest", "version": 1, "name": "room", "memory": "3200M" }' >room.manifest
	objects gcc -O1 -mcmodel=large say.c
	said=${objects[0]}
	for compiler in gcc "gcc -fdata-sections -fno-pie" clang-14; do
		$compiler -O2 -mcmodel=large -I"$TOP/guest/include" -c "$SOURCES/room.c" -o room.o
		"$UKGEN" --host=$HOST -B build -o room room.manifest room.o "$said"
		run -3 timeout 60 ./room
		[ "${output//$'\n'/ }" = "place 1 place 2 place 3 place 4 place 102" ]
	done
}

@test "gcc with -flto -ffat-lto-objects" {
	need_kvm
	c_program gcc "-fcommon -flto -ffat-lto-objects"
}

@test "clang" {
	need_kvm
	need clang-14
	c_program clang-14 "-fcommon -fstack-protector-all"
	c_program clang-14 "-fcommon -fPIC"
}

@test "g++" {
	need_kvm
	need g++
	cc_program g++ ""
}

@test "clang++" {
	need_kvm
	need clang-14
	cc_program clang++-14 ""
}

@test "rustc" {
	need_kvm
	[ -n "$RUSTC" ] || skip "rustc is missing"
	local level
	for level in 0 1 2 3; do
		"$RUSTC" --edition 2021 --crate-type staticlib -C panic=abort -C opt-level=$level -o "libasks$level.a" "$SOURCES/asks.rs"
		compare "rust-O$level" "$PWD/libasks$level.a"
	done
}

@test "undefined behaviour is a trap, if the compiler is told to trap on it" {
	need_kvm
	cat >index.c <<-'END'
		#include <solo5.h>
		static int numbers[4];
		int solo5_app_main(const struct solo5_start_info *info)
		{
		        return numbers[4 + (info->cmdline[0] == 'x')];
		}
	END
	gcc -O1 -fsanitize=undefined -fsanitize-undefined-trap-on-error -I"$TOP/guest/include" -c index.c
	printf '{ "type": "ukgen.manifest", "version": 1, "name": "index", "objects": ["index.o"] }' >index.manifest
	"$UKGEN" --host=$HOST -B build -o index index.manifest
	run -255 timeout 60 ./index
	[[ $output == "index: ABORT: guest trap: invalid opcode"* || $output == "index: ABORT: guest trap: "*"undefined instruction"* || $output == "index: ABORT: guest trap: brk"* ]]
}
