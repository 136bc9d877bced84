# SPDX-License-Identifier: ISC
# generate.bats -- what the generator promises about its results and its files
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

@test "the same inputs give the same appliance, wherever and whenever" {
	copy one
	"$UKGEN" one/app.manifest
	sleep 1.1
	copy two/deeper
	(cd two/deeper && "$UKGEN" app.manifest)
	cmp one/ukgen-build/hello two/deeper/ukgen-build/hello
}

@test "a second run rewrites nothing" {
	copy app
	"$UKGEN" app/app.manifest
	state() { find app -type f ! -name '.ninja*' -printf '%p %s %T@\n' | sort; }
	before=$(state)
	"$UKGEN" app/app.manifest
	diff <(echo "$before") <(state)
}

@test "what is not as the last run left it is made again" {
	copy app
	"$UKGEN" app/app.manifest
	cp app/ukgen-build/hello whole
	for file in hello hello.guest.elf hello.monitor.elf app.o guest.o obj/monitor/core-gen-core.c.o obj/monitor/image.o \
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

@test "folders may have spaces" {
	copy "an app"
	"$UKGEN" "an app/app.manifest"
	"an app/ukgen-build/hello" --version
}

@test "a run that is killed leaves no half an appliance" {
	copy app
	"$UKGEN" app/app.manifest
	cp app/ukgen-build/hello whole
	for delay in 0.1 0.3 0.6 1; do
		# the compilers that were killed with it may take a moment to end
		wait_for 10 rm -rf app/ukgen-build
		timeout -s KILL $delay "$UKGEN" app/app.manifest || true
		[ ! -e app/ukgen-build/hello ] || cmp app/ukgen-build/hello whole
	done
	"$UKGEN" app/app.manifest
	cmp app/ukgen-build/hello whole
}

@test "a full disk is an error that says so, and the next run repairs what it left" {
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

@test "a device that nothing uses is warned of, and is there" {
	copy app
	sed 's/"memory"/"devices": [ { "name": "idle", "type": "BLOCK_BASIC" } ], "memory"/' app/app.manifest >app/idle.manifest
	run -0 "$UKGEN" app/idle.manifest
	local place
	place=$(awk 'i = index($0, "\"BLOCK_BASIC\"") { print NR ":" i }' app/idle.manifest)
	[ "$output" = "ukgen: app/idle.manifest:$place: warning: device \"idle\" is never used: nothing calls a function of module \"block\"" ]
	app/ukgen-build/hello --help | grep -e '--block:NAME=PATH .*NAME: idle'
}

@test "an environment that nothing reads is warned of, and is not there" {
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

@test "inspect hands no control character of an appliance to the terminal" {
	cat >text <<-'END'
		{ "name": "a\u001b[2Jb", "modules": [ { "name": "\u009b31mx", "title": "\u202e" } ] }
	END
	echo '.section .ukgen, "a"; .incbin "text"' | gcc -c -x assembler -o appliance -
	"$UKGEN" inspect appliance >shown
	grep -F 'a?[2Jb for ' shown
	"$UKGEN" inspect --json appliance >json
	grep -F '"a\u001B[2Jb"' json
	run ! grep -P '[^\x20-\x7e\n]' shown json
}

@test "an appliance knows --help and --version, and refuses other words" {
	copy app
	"$UKGEN" app/app.manifest
	app/ukgen-build/hello --help | grep -e '--mem=MB'
	[[ $(app/ukgen-build/hello --version) == "hello, made by ukgen "* ]]
	run -1 app/ukgen-build/hello --foo
	[ "$output" = "hello: --foo: unknown option; --help lists what this appliance accepts; what is for the guest comes behind --" ]
	run -1 app/ukgen-build/hello --mem=x
	[[ $output == "hello: --mem=x: not a number from 1 to "* ]]
	run -1 app/ukgen-build/hello --mem
	[ "$output" = "hello: --mem: needs a value; use --mem=MB" ]
}

@test "ukgen knows --help and --version" {
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

@test "--arch and Kconfig's choice say for which processor; the same folder serves one after the other" {
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

@test "a function that nothing calls brings no module" {
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
