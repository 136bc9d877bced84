# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_cxx.bats -- C++ programs as appliances: their library, how they end, and C++ without a library
bats_require_minimum_version 1.5.0
load common

PROGRAMS=$TOP/tests/guests/libcxx
ARCHIVE=$TOP/build/libcxx/$(uname -m)/lib/libc++.a

setup_file()
{
	[ -f "$ARCHIVE" ] && boots || return 0
	for name in served ends; do
		appliance_build $name "$(manifest_make $name '"libraries": ["libc", "libcxx"]' '"memory": "16M"' '"cflags": ["-std=c++20", "-O0"]')" \
			"$PROGRAMS/$name.cc" 2>"$BATS_FILE_TMPDIR/$name.said"
	done
	appliance_build words "$TOP/examples/cxx/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

need_library()
{
	[ -f "$ARCHIVE" ] || skip "the C++ library is not built: ./configure --deps, ninja"
}

@test "exceptions, types, constructors, destructors, containers, streams and files work as in a process" {
	need_kvm
	need_library
	need g++
	[ ! -s "$BATS_FILE_TMPDIR/served.said" ]
	g++ -std=c++20 -o process "$PROGRAMS/served.cc"
	mkdir tmp
	./process word >expected
	appliance served word >output
	diff expected output
	[ "$(wc -l <output)" -gt 60 ]
}

@test "uncaught exceptions, deadlocks and threads end as documented" {
	need_kvm
	need_library
	run -255 appliance ends uncaught
	[[ $output == *"uncaught exception of type St13runtime_error: nobody catches this"* ]]
	run -255 appliance ends noexcept
	run -255 appliance ends wait
	[[ $output == *"the program waits for itself"* ]]
	run -3 appliance ends thread
	[ "$output" = "no thread: 1" ]
	[[ $(cat "$BATS_FILE_TMPDIR/ends.said") == *"ends.cc uses pthread_create, which can call pthread_create: no library serves it"* ]]
}

@test "the example counts words, and catches the exception of a bad argument" {
	need_kvm
	need_library
	[ "$(timeout 20 "$(appliance_folder)/words" 2 <<<'b a c a b a')" = $'3 a\n2 b' ]
	run -1 appliance words x2
	[[ $output == *'"x2" is not a number of words' ]]
}

@test "a C++ program with exceptions has at most 170 KB, and no code of streams" {
	need_library
	manifest_write . small '"libraries": ["libcxx"]' '"memory": "4M"'
	cat >small.cc <<-'END'
		#include <cstdio>
		#include <stdexcept>
		#include <string>
		#include <vector>

		int main(int argc, char **argv)
		{
			std::vector<std::string> words(argv, argv + argc);

			try {
				words.at(77);
			} catch (const std::out_of_range &) {
				std::printf("%s has no 77 words\n", words[0].c_str());
			}
		}
	END
	"$UKGEN" -o small -B build small.manifest small.cc
	[ "$(uname -m)" != x86_64 ] || [ "$(appliance_size small)" -le 140000 ]
	"$UKGEN" inspect small >said
	! grep -q 'not served' said
	# the same bytes from another folder
	mkdir other
	cp small.cc small.manifest other/
	"$UKGEN" -o two -B other/build other/small.manifest other/small.cc
	cmp small two
}

@test "C++ sources work without a library: constructors run before solo5_app_main" {
	need_kvm
	need g++
	manifest_write . bare '"sources": ["bare.cpp"]' '"memory": "1M"'
	cat >bare.cpp <<-'END'
		#include <solo5.h>

		static struct console {
			unsigned lines = 0;

			console() { write("begins\n", 7); }
			void write(const char *text, size_t size) { solo5_console_write(text, size); lines++; }
		} console;

		extern "C" int solo5_app_main(const solo5_start_info *)
		{
			static const unsigned before = console.lines;

			console.write("runs\n", 5);
			return before == 1 && console.lines == 2 ? 7 : 8;
		}
	END
	"$UKGEN" --host=$HOST -o bare bare.manifest
	run -7 timeout 20 ./bare
	[ "$output" = $'begins\nruns' ]
}
