# SPDX-License-Identifier: ISC
# generate.bats -- what the generator promises about its results and its files
#
# begins first: it builds ukgen once more
bats_require_minimum_version 1.5.0
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

copy()  # FOLDER
{
	mkdir -p "$1"
	cp "$TOP/examples/hello/app.manifest" "$TOP/examples/hello/hello.c" "$1"
}

@test "the same inputs give the same appliance, at any place and time" {
	copy one
	"$UKGEN" one/app.manifest
	sleep 1.1
	copy two/deeper
	(cd two/deeper && "$UKGEN" app.manifest)
	cmp one/ukgen-build/hello two/deeper/ukgen-build/hello
}

@test "README shows what inspect says of hello" {
	local shown part printed parts=0
	"$UKGEN" --arch=x86_64 -B build -o hello "$TOP/examples/hello/app.manifest"
	printed=$("$UKGEN" inspect hello)
	shown=$(awk '/^    \$ build\/ukgen inspect / { on = 1; next } on && /^[^ ]/ { exit } on { sub(/^    /, ""); print }' "$TOP/README.md")
	# what "..." leaves out stands between two parts
	while [ -n "$shown" ]; do
		part=${shown%%$'\n'...*}
		shown=${shown#"$part"}
		shown=${shown#$'\n'...}
		shown=${shown#$'\n'}
		[[ $printed == *"$part"* ]] || { printf 'README:\n%s\n\ninspect:\n%s\n' "$part" "$printed"; return 1; }
		parts=$((parts + 1))
	done
	[ $parts -ge 2 ]
}

@test "a second run rewrites nothing" {
	copy app
	"$UKGEN" app/app.manifest
	state() { find app -type f ! -name '.ninja*' -printf '%p %s %T@\n' | sort; }
	before=$(state)
	"$UKGEN" app/app.manifest
	diff <(echo "$before") <(state)
}

@test "changed or missing outputs are made again" {
	copy app
	"$UKGEN" app/app.manifest
	cp app/ukgen-build/hello whole
	for file in hello hello.guest.elf hello.monitor.elf app.o guest.o obj/monitor/core/gen-core.c.o obj/monitor/image.o \
			gen/calls.c gen/image.data gen/description.json core.ninja obj/core/.ninja_log; do
		rm app/ukgen-build/$file
		"$UKGEN" app/app.manifest
		[ -e app/ukgen-build/$file ]
		cmp app/ukgen-build/hello whole
	done
	sed -i 's/Hello/Tschau/' app/hello.c
	"$UKGEN" app/app.manifest
	run -1 cmp -s app/ukgen-build/hello whole
	grep -q Tschau app/ukgen-build/hello
	sed -i 's/"1M"/"2M"/' app/app.manifest
	"$UKGEN" app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep "^memory *2048 KiB"
	echo error >>app/hello.c
	for again in 1 2; do
		run -1 "$UKGEN" app/app.manifest
		[[ $output == *"hello.c:"*"error: "*"ukgen: building app.o failed; see above" ]]
	done
}

# every kind of character but '/' and control characters
ODD="a 'b' c;d &e #f (g) [h] {i} ü=j,k:l@m%n!o~p*q?r|s<t> \"\$u\" \$\$v \\w"

@test "every path may have spaces, quotes and UTF-8: the manifest's, objects', BUILDDIR's, the appliance's, ukgen's own" {
	copy plain
	mkdir -p "plain/in c" "plain/in lude"
	echo '#define GREETING "Hello, "' >"plain/in lude/w ord.h"
	echo 'int helper(void); int helper(void) { return 0; }' >"plain/in c/hel per.c"
	gcc -c "plain/in c/hel per.c" -o "plain/in c/obj ect.o"
	sed -i 's/"Hello, "/GREETING/; 1i #include <w ord.h>\nint helper(void);' plain/hello.c
	sed -i 's/return SOLO5_EXIT_SUCCESS/return helper()/' plain/hello.c
	mv plain/hello.c "plain/hel lo.c"
	sed -i 's|\["hello.c"\]|["hel lo.c"], "objects": ["in c/obj ect.o"], "includes": ["in lude"]|' plain/app.manifest
	"$UKGEN" plain/app.manifest
	DESTDIR=$PWD/$ODD ninja -C "$TOP" install >/dev/null
	local installed="$PWD/$ODD/usr/local/bin/ukgen"
	mkdir -p "$ODD"
	cp -r plain "$ODD/"
	rm -rf "$ODD/plain/ukgen-build"
	# and again: nothing of it is taken for something else
	for again in 1 2; do
		"$installed" -B "$ODD/bu ild" -o "$ODD/ap pliance" "$ODD/plain/app.manifest"
		# what differs: the record, or the size of a section
		cmp "$ODD/ap pliance" plain/ukgen-build/hello || {
			diff <(readelf -nSW "$ODD/ap pliance") <(readelf -nSW plain/ukgen-build/hello)
			false
		}
	done
}

@test "ukgen itself can be configured and built in such a folder" {
	[ -e "$TOP/.git" ] || skip "not a working copy"
	local folder="$PWD/a 'b' ü #c \"\$d\" \\e"
	mkdir "$folder"
	(cd "$TOP" && git ls-files -coz --exclude-standard | tar -c --null -T -) | tar -x -C "$folder"
	cd "$folder"
	./configure
	ninja
	build/ukgen -o hello examples/hello/app.manifest
	./hello --version
	# a module whose folder has such a name; the menu reads the same files
	mkdir 'my $modules'
	cp -r examples/watchdog/modules/watchdog 'my $modules/'
	build/ukgen --modules 'my $modules' -B build/dog -o dog examples/watchdog/app.manifest
	./dog --version
}

@test "a killed run leaves no partial appliance" {
	copy app
	"$UKGEN" app/app.manifest
	cp app/ukgen-build/hello whole
	for delay in 0.1 0.3 0.6 1; do
		# the compilers that were killed with it may take a moment to end
		wait_for 10 rm -rf app/ukgen-build
		timeout --foreground -s KILL $delay "$UKGEN" app/app.manifest || true
		[ ! -e app/ukgen-build/hello ] || cmp app/ukgen-build/hello whole
	done
	"$UKGEN" app/app.manifest
	cmp app/ukgen-build/hello whole
}

@test "a full disk is reported, and the next run repairs what it left" {
	need unshare mount
	unshare -rm true || skip "user namespaces are missing"
	copy app
	"$UKGEN" -B whole -o whole/hello app/app.manifest
	mkdir disk
	# shellcheck disable=SC2016 # for the inner shell
	unshare -rm bash -euc '
		for kilobytes in 4 24 48 72 120 240; do
			mount -t tmpfs -o size=${kilobytes}k tmpfs disk
			status=0
			"$UKGEN" -B disk/build -o disk/hello app/app.manifest 2>said || status=$?
			cat said
			[ $status = 1 ]
			grep -iE "no space left|disk full|file truncated|final link failed|write error" said
			[ ! -e disk/hello ]
			mount -o remount,size=4096k disk
			"$UKGEN" -B disk/build -o disk/hello app/app.manifest
			cmp disk/hello whole/hello
			umount disk
		done'
}

# stopped WHY: what is said if ninja stops for that
stopped()
{
	printf '#!/bin/sh\necho "ninja: build stopped: %s."\nexit 1\n' "$1" >bin/ninja
	chmod +x bin/ninja
	PATH=$PWD/bin:$PATH run -1 "$UKGEN" app/app.manifest
}

@test "why ninja itself stopped is said, not that a command failed" {
	copy app
	mkdir bin
	stopped "subcommand failed"
	[ "$output" = "ukgen: building app.o failed; see above" ]
	stopped "Error writing to build log: No space left on device"
	[ "$output" = "ninja: build stopped: Error writing to build log: No space left on device.
ukgen: building app.o failed; see above" ]
}

@test "a folder that can't be written to is named" {
	need unshare mount
	unshare -rm true || skip "user namespaces are missing"
	copy app
	mkdir fixed
	# a read-only file system: root may write into any folder
	# shellcheck disable=SC2016 # for the inner shell
	run -1 unshare -rm bash -c 'mount -t tmpfs -o ro tmpfs fixed; "$UKGEN" -B fixed/build app/app.manifest'
	[[ $output == "ukgen: create folder "*"fixed/build: Read-only file system" ]]
	# shellcheck disable=SC2016 # for the inner shell
	run -1 unshare -rm bash -c 'mount -t tmpfs -o ro tmpfs fixed; "$UKGEN" -B build -o fixed/hello app/app.manifest'
	[ "$output" = "ukgen: write $PWD/fixed/hello: Read-only file system" ]
}

@test "an unused device is a warning, and is included" {
	copy app
	sed 's/"memory"/"devices": [ { "name": "idle", "type": "BLOCK_BASIC" } ], "memory"/' app/app.manifest >app/idle.manifest
	run -0 "$UKGEN" app/idle.manifest
	local place
	place=$(awk 'i = index($0, "\"BLOCK_BASIC\"") { print NR ":" i }' app/idle.manifest)
	[ "$output" = "ukgen: app/idle.manifest:$place: warning: device \"idle\" is never used: nothing calls a function of module \"block\"" ]
	app/ukgen-build/hello --help | grep -e '--block:NAME=PATH .*NAME: idle'
}

@test "an unused environment is a warning, and is left out" {
	copy app
	sed 's/"memory"/"environment": { "TZ": "UTC" }, "memory"/' app/app.manifest >app/idle.manifest
	run -0 "$UKGEN" app/idle.manifest
	local place
	place=$(awk 'i = index($0, "\"environment\"") { print NR ":" i }' app/idle.manifest)
	[ "$output" = "ukgen: app/idle.manifest:$place: warning: \"environment\" is never used: nothing calls uk_environment" ]
	run -1 grep TZ=UTC app/ukgen-build/hello.monitor.elf
}

@test "inspect says what is in an appliance, to people and machines" {
	need python3
	copy app
	"$UKGEN" app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep -E '^ +[0-9]+ +console_write +console'
	"$UKGEN" inspect --json app/ukgen-build/hello >inspected
	# the appliance says the same of itself, in one line and without KVM
	diff <(python3 -m json.tool inspected) <(app/ukgen-build/hello --describe | python3 -m json.tool)
}

@test "inspect prints no control characters of an appliance" {
	cat >text <<-'END'
		{ "name": "a\u001b[2Jb", "modules": [ { "name": "\u009b31mx", "title": "\u202e" } ],
		  "descriptors": { "k\u001by\u0085": [ 100, 1 ] } }
	END
	echo '.section .ukgen, "a"; .incbin "text"' | gcc -c -x assembler -o appliance -
	"$UKGEN" inspect appliance >shown
	grep -F 'a?[2Jb for ' shown
	grep -F 'k?y? ' shown
	"$UKGEN" inspect --json appliance >json
	grep -F '"a\u001B[2Jb"' json
	run ! grep -P '[^\x20-\x7e\n]' shown json
}

@test "an appliance has --help and --version, and refuses other options" {
	copy app
	"$UKGEN" app/app.manifest
	app/ukgen-build/hello --help | grep -e '--mem=MB'
	[[ $(app/ukgen-build/hello --version) == "hello, made by ukgen "* ]]
	run -1 app/ukgen-build/hello --foo
	[ "$output" = "hello: --foo: unknown option; --help lists what this appliance accepts; the guest's arguments follow --" ]
	run -1 app/ukgen-build/hello --mem=x
	[[ $output == "hello: --mem=x: not a number from 1 to "* ]]
	run -1 app/ukgen-build/hello --mem
	[ "$output" = "hello: --mem: needs a value; use --mem=MB" ]
}

@test "generated code names its manifest, and no folder of this machine" {
	copy app
	mkdir -p app/more
	echo 'int more(void); int more(void) { return 1; }' >app/more/hello.c
	(cd app && "$UKGEN" app.manifest more/hello.c)
	for file in app/ukgen-build/gen/*.[chs]; do
		head -n 1 "$file" | grep '^/\* Generated by ukgen from app\.manifest: .*\. \*/$'
	done
	for file in app/ukgen-build/*.ninja; do head -n 1 "$file" | grep '^# Generated by ukgen from app\.manifest: '; done
	run ! grep -F -e "$TOP" -e "$PWD" app/ukgen-build/gen/*.[chs]
	# objects are called after their sources, and these are in the debug information by the same names anywhere
	[ -f app/ukgen-build/obj/app/hello.c.o ]
	[ -f app/ukgen-build/obj/app/more/hello.c.o ]
	[ -f app/ukgen-build/obj/monitor/console/host.c.o ]
	readelf --debug-dump=info app/ukgen-build/hello.guest.elf >debug
	grep -F app/hello.c debug
	run ! grep -F -e "$TOP" -e "$PWD" debug
}

@test "ukgen has --help and --version" {
	"$UKGEN" --help | grep '^usage: ukgen'
	[[ $("$UKGEN" --version) == "ukgen "* ]]
}

@test "each command that ukgen --help lists has a --help of its own" {
	local command count=0
	while read -r command _; do
		"$UKGEN" "$command" --help >"$BATS_TEST_TMPDIR/help"
		grep "^usage: ukgen $command " "$BATS_TEST_TMPDIR/help"
		grep '^  --help ' "$BATS_TEST_TMPDIR/help"
		count=$((count + 1))
	done < <("$UKGEN" --help | sed '1,/^commands/d')
	[ "$count" -ge 3 ]
	"$UKGEN" menuconfig -v --help | grep '^usage: ukgen menuconfig '
}

@test "an installed ukgen works from any folder" {
	copy app
	DESTDIR=$PWD/root ninja -C "$TOP" install >/dev/null
	cd app
	"$BATS_TEST_TMPDIR"/root/usr/local/bin/ukgen app.manifest
	ukgen-build/hello --version
	# musl for the other processor came along, if it was there
	[ -d "$TOP/build/sysroot/aarch64" ] || skip "musl for 64-bit ARM is missing"
	need aarch64-linux-gnu-gcc
	"$BATS_TEST_TMPDIR"/root/usr/local/bin/ukgen --arch=aarch64 app.manifest
	"$UKGEN" inspect ukgen-build/hello | grep '^hello for AArch64,'
}

@test "an installed ukgen builds the web server with lwIP, and needs no source tree" {
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	need unshare mount
	unshare -rm true || skip "user namespaces are missing"
	DESTDIR=$PWD/root ninja -C "$TOP" install >/dev/null
	mkdir -p app elsewhere
	cp "$TOP"/examples/httpd/*.[ch] "$TOP"/examples/httpd/app.manifest app
	"$UKGEN" -B here app/app.manifest
	# where the sources were there is nothing, for this process and what it starts
	# shellcheck disable=SC2016 # for the inner shell
	TOP=$TOP unshare -rm bash -euc '
		mount -t tmpfs none "$TOP"
		[ -z "$(ls -A "$TOP")" ]
		cd elsewhere
		../root/usr/local/bin/ukgen -B ../there ../app/app.manifest'
	cmp here/httpd there/httpd
	there/httpd --help | grep -e --net:NAME=
}

@test "--arch and Kconfig's choice set the processor; both can use the same folder in turn" {
	need aarch64-linux-gnu-gcc
	copy app
	"$UKGEN" --arch=aarch64 app/app.manifest
	cp app/ukgen-build/hello first
	"$UKGEN" inspect first | grep '^hello for AArch64,'
	grep -qx CONFIG_AARCH64=y app/ukgen-build/.config
	"$UKGEN" --arch=x86_64 app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep '^hello for x86-64,'
	echo CONFIG_AARCH64=y >app/hello.config
	"$UKGEN" app/app.manifest
	cmp first app/ukgen-build/hello
}

@test "--host, Kconfig's choice and the manifest set the host" {
	copy app
	"$UKGEN" --host=process app/app.manifest
	cp app/ukgen-build/hello first
	"$UKGEN" inspect first | grep -x 'isolation: process'
	"$UKGEN" app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep -x 'isolation: virtual machine'
	echo CONFIG_HOST_PROCESS=y >app/hello.config
	"$UKGEN" app/app.manifest
	cmp first app/ukgen-build/hello
	rm app/hello.config
	sed -i 's/"1M"/"1M", "config": { "HOST_PROCESS": true }/' app/app.manifest
	"$UKGEN" app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep -x 'isolation: process'
}

@test "an uncalled function doesn't select a module" {
	copy app
	cat >>app/hello.c <<-'END'
		int nobody_calls(void);
		int nobody_calls(void) { return (int)solo5_clock_monotonic(); }
	END
	"$UKGEN" app/app.manifest
	run ! grep CONFIG_CLOCK= app/ukgen-build/.config
	"$UKGEN" inspect app/ukgen-build/hello >shown
	run ! grep clock shown
}

@test "a replaced file is noticed, whatever its time: source, header, object, archive" {
	copy app
	mkdir app/include
	echo '#define WORD "one"' >app/include/word.h
	echo 'const char *object_word(void); const char *object_word(void) { return "object one"; }' >object.c
	echo 'const char *member_word(void); const char *member_word(void) { return "member one"; }' >member.c
	gcc -c object.c -o app/object.o
	gcc -c member.c && ar rcs app/libmember.a member.o
	cat >app/hello.c <<-'END'
		#include <solo5.h>
		#include <string.h>
		#include "word.h"
		const char *object_word(void), *member_word(void);
		static void say(const char *word) { solo5_console_write(word, strlen(word)); }
		int solo5_app_main(const struct solo5_start_info *info)
		{
		        (void)info;
		        say("source one"), say(WORD), say(object_word()), say(member_word());
		        return 0;
		}
	END
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "hello", "sources": ["hello.c"],
		"objects": ["object.o", "libmember.a"], "cflags": ["-I", "'"$PWD"'/app/include"] }' >app/app.manifest
	"$UKGEN" app/app.manifest
	for change in app/hello.c app/include/word.h object.c member.c; do
		cp app/ukgen-build/hello before
		# of the same size, and older than all that was built
		sed -i 's/one"/two"/' $change
		gcc -c object.c -o object.o && gcc -c member.c && rm -f libmember.a && ar rcs libmember.a member.o
		touch -d 2001-01-01 app/hello.c app/include/word.h object.o libmember.a
		cp -p object.o libmember.a app
		"$UKGEN" app/app.manifest
		run -1 cmp -s app/ukgen-build/hello before
		"$UKGEN" -B fresh -o fresh/hello app/app.manifest
		cmp app/ukgen-build/hello fresh/hello
		rm -r fresh
	done
}

@test "a file included by assembly is noticed, too" {
	copy app
	cat >app/taken.c <<-END
		__asm__(".section .rodata\n.global taken\ntaken: .incbin \"$PWD/app/bytes\"\n.text");
		extern const char taken[];
		const char *word(void);
		const char *word(void) { return taken; }
	END
	sed -i 's/const char \*whom = .*/extern const char *word(void); const char *whom = word();/' app/hello.c
	sed -i 's/"hello.c"/"hello.c", "taken.c"/' app/app.manifest
	printf 'one\0' >app/bytes
	"$UKGEN" app/app.manifest
	printf 'two\0' >app/bytes
	touch -d 2001-01-01 app/bytes
	"$UKGEN" app/app.manifest
	"$UKGEN" -B fresh -o fresh/hello app/app.manifest
	cmp app/ukgen-build/hello fresh/hello
}

@test "a different compiler or __DATE__ rebuilds everything" {
	copy app
	sed -i 's/"world"/"world " __DATE__ OTHER/; 1i #ifndef OTHER\n#define OTHER\n#endif' app/hello.c
	"$UKGEN" app/app.manifest
	grep -aq 'world Jan  1 1970' app/ukgen-build/hello
	SOURCE_DATE_EPOCH=86400 "$UKGEN" app/app.manifest
	grep -aq 'world Jan  2 1970' app/ukgen-build/hello
	mkdir tools
	printf '#!/bin/sh\nexec %s "-DOTHER=\\"the other\\"" "$@"\n' "$(command -v gcc)" >tools/gcc
	chmod +x tools/gcc
	touch -d 2001-01-01 tools/gcc
	"$UKGEN" app/app.manifest
	run ! grep -a 'the other' app/ukgen-build/hello
	PATH=$PWD/tools:$PATH "$UKGEN" app/app.manifest
	grep -aq 'the other' app/ukgen-build/hello
}

@test "the environment doesn't change appliances" {
	copy app
	"$UKGEN" -B one -o one/hello app/app.manifest
	mkdir evil
	echo '#error taken from the environment' | tee evil/solo5.h >evil/string.h
	export CPATH=$PWD/evil C_INCLUDE_PATH=$PWD/evil GNUTARGET=elf32-i386 LDEMULATION=elf_i386 LD_RUN_PATH=/evil LIBRARY_PATH=$PWD/evil
	export COMPILER_PATH=$PWD/evil DEPENDENCIES_OUTPUT=$PWD/evil/out SUNPRO_DEPENDENCIES=$PWD/evil/out GCC_EXEC_PREFIX=$PWD/evil/
	export NINJA_STATUS=evil TZ=UTC-9 LC_ALL=C.UTF-8
	"$UKGEN" -B two -o two/hello app/app.manifest
	cmp one/hello two/hello
	[ ! -e evil/out ]
}

@test "a failed compilation shows the compiler's message, and the command with -v" {
	copy app
	echo error >>app/hello.c
	run -1 "$UKGEN" app/app.manifest
	[[ ${lines[0]} == *"hello.c:"*": error: "* ]]
	[[ $output != *"-ffreestanding"* ]]
	run -1 "$UKGEN" -v app/app.manifest
	[[ $output == *"-ffreestanding"* ]]
}

@test "messages contain no control characters of a name" {
	copy app
	# C1 controls, raw and in UTF-8, and another direction of writing, as a symbol
	printf '%b\n' '.globl "evil\0302\02332J\02332J\0342\0200\0256"' '.text' '.globl solo5_app_main' \
		'solo5_app_main: call "evil\0302\02332J\02332J\0342\0200\0256"' | as -o app/evil.o -
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "hello", "objects": ["evil.o"] }' >app/evil.manifest
	"$UKGEN" app/evil.manifest 2>said || true
	grep -F 'evil.o uses evil?2J?2J?, which nothing defines' said
	local name
	name=$(printf 'a\302\233b\nc')
	echo '{' >"app/$name.manifest"
	"$UKGEN" "app/$name.manifest" 2>said || true
	cat -v said
	[ "$(wc -l <said)" = 1 ]
	grep -F 'app/a?b?c.manifest:' said
}

@test "headers are found in the manifest's folders, wherever ukgen is called" {
	copy app
	mkdir app/one app/two app/three
	for i in one two three; do echo "#define WORD_$i \"$i\"" >app/$i/$i.h; done
	sed -i '1i #include <one.h>\n#include "two.h"\n#include <three.h>' app/hello.c
	sed -i 's/"Hello, "/WORD_one WORD_two WORD_three GREETING/' app/hello.c
	echo '#define GREETING "!"' >app/greeting.h
	sed -i 's|"sources"|"includes": ["one"], "cflags": ["-Itwo", "-isystem", "three", "-include", "greeting.h"], "sources"|' app/app.manifest
	"$UKGEN" app/app.manifest
	(cd app && "$UKGEN" -B there -o there/hello app.manifest)
	cmp app/ukgen-build/hello app/there/hello
}

# headers_write FILE ARCHITECTURE: a source that finds the compiler's headers and Linux's, and no other of this machine
headers_write()
{
	local intrinsics=immintrin.h
	[ $2 = x86_64 ] || intrinsics=arm_neon.h
	cat >$1 <<-END
		#include <linux/types.h>
		#include <linux/tcp.h>
		#include <asm/unistd.h>
		#include <asm-generic/errno.h>
		#include <stdarg.h>
		#include <stdatomic.h>
		#include <stddef.h>
		#include <stdint.h>
		#include <float.h>
		#include <limits.h>
		#include <$intrinsics>
		#if __has_include(<gnu/libc-version.h>) || __has_include(<sys/cdefs.h>) || __has_include(<error.h>) || __has_include(<gelf.h>) || __has_include(<mtd/mtd-abi.h>)
		#error headers of this machine are found
		#endif
	END
}

# headers_check ARCHITECTURE: nothing that was compiled includes a header of this machine but for those that may be
headers_check()
{
	"$UKGEN" --arch=$1 -B build app.manifest
	find build/obj -name '*.o.d' -exec cat {} + | tr ' ' '\n' | grep -v "^$TOP" | grep '^/.*\.h$' >found
	run -1 grep -v -e '-linux-musl/' -e '/gcc\(-cross\)\?/' -e '/c++/' found
	grep -q 'include/linux/tcp.h$' build/built-from
	"$UKGEN" inspect build/app >inspected
	[ "$(grep -c '^  linux ' inspected)" = 2 ]
	! command -v jq || [ "$(jq '[.[].command | contains(" -nostdinc ")] | all' build/compile_commands.json)" = true ]
}

@test "of this machine's headers only the compiler's and Linux's are found, in C and C++, with and without the C library" {
	[ -d "$TOP/build/musl" ] || skip "musl for guests is not built"
	need g++
	local architecture
	for architecture in x86_64 aarch64; do
		[ $architecture = "$(uname -m)" ] || [ -d "$TOP/build/sysroot/$architecture" ] || continue
		[ $architecture = "$(uname -m)" ] || command -v $architecture-linux-gnu-g++ || continue
		rm -rf build
		headers_write app.c $architecture
		echo 'int solo5_app_main(const void *info) { return info == 0; }' >>app.c
		echo '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"] }' >app.manifest
		headers_check $architecture
		headers_write app.c $architecture
		printf '#ifndef __STDC_ISO_10646__\n#error musl says so\n#endif\nint main(void) { return 0; }\n' >>app.c
		sed -i 's/ }$/, "libraries": ["libc"] }/' app.manifest
		headers_check $architecture
		headers_write app.cc $architecture
		sed -i '/stdatomic/d; 1i #include <atomic>\n#include <initializer_list>\n#include <new>\n#include <type_traits>' app.cc
		cat >>app.cc <<-'END'
			static_assert(std::is_same<std::remove_const<const int>::type, int>::value);
			extern "C" int solo5_app_main(const void *) { return 0; }
		END
		echo '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.cc"] }' >app.manifest
		headers_check $architecture
	done
}

@test "a module's headers are found by applications, and compile_commands.json says how each source is compiled" {
	need python3
	copy app
	mkdir -p mods/x/include
	printf '# x -- an example\napi x_first\n' >mods/x/x.mod
	printf 'config X\n\tbool "x"\n' >mods/x/Kconfig
	printf 'int x_first(void);\n' >mods/x/include/x.h
	printf '#include "guest.h"\n#include <x.h>\n\nint x_first(void)\n{\n\treturn 0;\n}\n' >mods/x/guest.c
	sed -i '1i #include <x.h>' app/hello.c
	sed -i 's/return SOLO5_EXIT_SUCCESS/return x_first()/' app/hello.c
	"$UKGEN" --modules mods app/app.manifest
	python3 - "$PWD" <<-'END'
		import json, subprocess, sys
		commands = json.load(open("app/ukgen-build/compile_commands.json"))
		files = [command["file"] for command in commands]
		assert any(file.endswith("app/hello.c") for file in files) and any(file.endswith("mods/x/guest.c") for file in files), files
		for command in commands:
		    if command["file"].endswith("hello.c"):
		        subprocess.check_call(command["command"], shell=True, cwd=command["directory"])
	END
	# a source with a mistake has its command, too
	rm -r app/ukgen-build
	echo error >>app/hello.c
	run -1 "$UKGEN" --modules mods app/app.manifest
	grep hello.c app/ukgen-build/compile_commands.json
}
