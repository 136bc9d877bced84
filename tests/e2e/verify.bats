# SPDX-License-Identifier: ISC
# verify.bats -- ukgen verify and repack: an appliance's monitor is made again for its guest, from its record
#
# begins first: it builds many appliances again
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	need readelf objcopy python3
	appliance_build hello "$TOP/examples/hello/app.manifest"
	sed "s/\"memory\"/\"config\": {\"GDB\": true}, &/; s|hello.c|$TOP/examples/hello/hello.c|" "$TOP/examples/hello/app.manifest" \
		>"$BATS_FILE_TMPDIR/gdb.manifest"
	appliance_build with_gdb "$BATS_FILE_TMPDIR/gdb.manifest"
}

setup()
{
	cd "$(appliance_folder)"
	export TMPDIR=$BATS_TEST_TMPDIR
}

# neither build folders nor files of a run that ended stay
teardown()
{
	[ -z "$(find "$BATS_TEST_TMPDIR" -name 'ukgen-*')" ]
}

# record_change FROM TO PYTHON: TO is FROM with another record; PYTHON changes p, which is its JSON
record_change()
{
	readelf -n "$1" | sed -n 's/^ *Packaging Metadata: //p' >"$BATS_TEST_TMPDIR/package"
	(cd "$BATS_TEST_TMPDIR" && python3 -c '
import json, struct, sys
p = json.load(open("package"))
g, a = p["guest"], p["appliance"]
exec(sys.argv[1])
text = json.dumps(p, separators=(",", ":")).encode()
text += bytes(1 + -(len(text) + 1) % 4)
open("note", "wb").write(struct.pack("<III", 4, len(text), 0xcafe1a7e) + b"FDO\0" + text)' "$3")
	objcopy --remove-section .note.package --add-section .note.package="$BATS_TEST_TMPDIR/note" "$1" "$2"
}

# byte_change FILE OFFSET: another bit there
byte_change()
{
	python3 -c '
import sys
f = open(sys.argv[1], "r+b")
f.seek(int(sys.argv[2]))
b = f.read(1)
f.seek(int(sys.argv[2]))
f.write(bytes([b[0] ^ 1]))' "$@"
}

# repack_refused MESSAGE ARGUMENT...: the last lines of what repack says; nothing is written
repack_refused()
{
	local message=$1
	shift
	run -1 "$UKGEN" repack "$@" -o "$BATS_TEST_TMPDIR/refused"
	[ "$output" = "$message" ] || { echo "$output"; return 1; }
	[ ! -e "$BATS_TEST_TMPDIR/refused" ]
}

@test "what this ukgen made verifies as the same, on both hosts, for other processors, with devices and libraries" {
	local host other
	cat >app.manifest <<-END
		{ "type": "ukgen.manifest", "version": 1, "name": "all", "sources": ["$TOP/examples/hello/hello.c"], "libraries": ["libc"],
		  "memory": "2M", "environment": { "A": "b \"c\" \\\\ d" },
		  "devices": [ { "name": "one", "type": "BLOCK_BASIC", "readonly": true }, { "name": "two", "type": "NET_BASIC" } ] }
	END
	for host in kvm process; do
		"$UKGEN" --host=$host -B all.build -o all app.manifest 2>said
		for file in all hello; do
			run -0 "$UKGEN" verify $file
			[ "$output" = "$file: the same, bit for bit, as this ukgen makes from its record and its guest" ]
		done
		"$UKGEN" repack all -o again
		cmp all again
	done
	other=$([ "$(uname -m)" = aarch64 ] && echo x86_64 || echo aarch64)
	command -v $other-linux-gnu-gcc || skip "a compiler for $other is missing"
	for host in kvm process; do
		"$UKGEN" --host=$host --arch=$other -B foreign.build -o foreign "$TOP/examples/hello/app.manifest"
		"$UKGEN" verify foreign
	done
}

# ccache lists sources near it by their way from there
@test "what was built in a folder beside ukgen's sources verifies as the same" {
	local build=$TOP/build/tests/verify.$HOST.$$
	"$UKGEN" --host=$HOST -B "$build" -o beside "$TOP/examples/hello/app.manifest"
	rm -r "$build"
	"$UKGEN" verify beside
}

@test "a guest made from Solo5's manifest is repacked to the same bytes" {
	echo '{ "type": "solo5.manifest", "version": 1, "devices": [] }' >solo5.json
	"$UKGEN" --host=$HOST -B solo5.build -o 'a name' solo5.json "$TOP/examples/hello/hello.c"
	"$UKGEN" verify 'a name'
	"$UKGEN" repack 'a name' -o again
	cmp 'a name' again
}

@test "SOURCE_DATE_EPOCH is taken from the record, not from the environment" {
	SOURCE_DATE_EPOCH=1000000000 "$UKGEN" --host=$HOST -B dated.build -o dated "$TOP/examples/hello/app.manifest"
	run ! cmp -s hello dated
	SOURCE_DATE_EPOCH=5 "$UKGEN" verify dated
}

@test "a changed bit in any part is found and the part named; repack undoes it in all but the guest" {
	local section offset size
	while read -r section offset size; do
		cp hello changed
		byte_change changed $((0x$offset + 0x$size / 2))
		run -2 "$UKGEN" verify changed
		[[ $output == "changed: not what this ukgen makes from its record and its guest"* ]]
		if [ $section = .note.gnu.build-id ]; then
			[[ $output == *$'\n  none '* ]]
		else
			[[ $output == *$'\n'"  $section "* ]]
		fi
		[[ $output == *"its build id does not fit what it holds: it was changed after it was made" ]]
		"$UKGEN" repack changed -o again
		cmp hello again
	done < <(readelf -SW hello | sed -nE 's/^ *\[ *[0-9]+\] (\.[a-z_.-]+) +(PROGBITS|NOTE|RELA|DYNAMIC|GNU_HASH) +[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+).*/\1 \3 \4/p' |
		grep -vE '^\.(image_text|image_data|symbols|note\.package) ' | grep -v ' 000000$')
}

@test "changes between the parts are found, too" {
	cp hello changed
	printf x >>changed
	run -2 "$UKGEN" verify changed
	[[ $output == *$'\n  none '*"ELF headers"* ]]
	# a program header
	cp hello changed
	byte_change changed 68
	run -2 "$UKGEN" verify changed
	[[ $output == *$'\n  none '*"ELF headers"* ]]
}

# tree FOLDER: a ukgen of its own, whose sources can be changed
tree()
{
	mkdir -p "$1/build"
	cp -r "$TOP"/{Kconfig,core,guest,modules,templates} "$1"
	cp "$UKGEN" "$1/build/ukgen"
	[ ! -d "$TOP/build/sysroot" ] || ln -s "$TOP/build/sysroot" "$1/build/sysroot"
}

@test "another compiler or another source of the monitor is named" {
	mkdir -p tools
	printf '#!/bin/sh\nexec %s "$@" -fno-stack-clash-protection\n' "$(command -v gcc)" >tools/gcc
	chmod +x tools/gcc
	PATH=$PWD/tools:$PATH run -2 "$UKGEN" verify hello
	[[ $output == *$'\n  .text '* && $output == *$'\n  gcc  '* && $output != *"does not fit"* ]]
	tree other
	sed -i 's/usage: /Usage: /' other/core/options.c
	run -2 other/build/ukgen verify hello
	[[ $output == *$'\n  .rodata '* && $output == *$'\n  ukgen/core  '* && $output != *$'\n  gcc '* ]]
	# a comment changes no code
	rm -r other/core
	cp -r "$TOP/core" other
	echo '/* nothing */' >>other/core/options.c
	run -2 other/build/ukgen verify hello
	[[ $output == *"monitor and guest are the same; only what is recorded of them differs"* ]]
	rm -r other
}

@test "a false record is found: verify says that the cause isn't a tool" {
	record_change hello changed 'p["tools"][1]["extra"] = 1'
	run -2 "$UKGEN" verify changed
	[[ $output == *$'\n  .note.package '* ]]
	record_change hello changed 'g["needs"][0][1] = "nothing"'
	# it is said of the guest, and of no effect on the monitor: objcopy changed the file, and the id doesn't fit
	run -2 "$UKGEN" verify changed
	"$UKGEN" repack changed -o again
	"$UKGEN" verify again
	# neither what its manifest would have compiled, nor how
	record_change hello changed 'p["manifest"].update(cflags=["-fplugin=./evil.so"], sources=["evil.c"], includes=["/evil"], files=["/"])'
	"$UKGEN" repack changed -o again
	for section in .text .rodata .image_text; do
		objcopy -O binary --only-section $section hello one
		objcopy -O binary --only-section $section again other
		cmp one other
	done
}

@test "a guest of another interface, with other hypercalls or other guest sources, is refused" {
	local beginning="ukgen: $PWD/changed: its guest" end="
ukgen: $PWD/changed was not repacked; see above"
	record_change hello changed 'g["interface"] = "0" * 64'
	run -1 "$UKGEN" repack "$PWD/changed" -o no
	[[ $output == "$beginning was made for another interface between guest and monitor: \"0000000000000000\""*"$end" ]]
	record_change hello changed 'a["hypercalls"][1]["name"] = "console_wrote"'
	repack_refused "$beginning makes the hypercall \"console_wrote\" of module \"console\", which this monitor would not have; accepted is a guest made for the modules of this ukgen
$beginning makes the hypercall \"exit\" as number 2, which is 1 here; accepted is a guest made for this ukgen$end" "$PWD/changed"
	record_change hello changed 'a["hypercalls"][1]["module"] = "core"'
	repack_refused "$beginning makes the hypercall \"console_write\" of module \"core\", which this monitor would not have; accepted is a guest made for the modules of this ukgen$end" "$PWD/changed"
	record_change hello changed 'a["hypercalls"][1]["number"] = 7'
	repack_refused "$beginning makes the hypercall \"console_write\" as number 7, which is 1 here; accepted is a guest made for this ukgen$end" "$PWD/changed"
	record_change hello changed 'g["sources"]["console"] = ["other.c"]'
	repack_refused "$beginning was made with another guest half of module \"console\" than this configuration has; build it from its sources, or choose what it was made with$end" "$PWD/changed"
	record_change hello changed 'g["sources"]["net"] = ["guest.c"]'
	repack_refused "$beginning was made with the guest half of module \"net\", which this configuration does not have; build it from its sources without, or leave the module on$end" "$PWD/changed"
	run -1 "$UKGEN" verify "$PWD/changed"
	[[ $output == *"ukgen: $PWD/changed can't be built again here; see above" ]]
}

@test "a damaged or hostile record is refused before anything is built" {
	local change message
	while IFS='|' read -r change message; do
		record_change hello changed "$change"
		repack_refused "ukgen: changed: $message" changed
	done <<-'END'
		p["record"] = 1|its record is of form 1, made by ukgen 0.1.0; this ukgen reads form 2
		p["type"] = "rpm"|was not made by ukgen; repack takes an appliance that was
		del p["guest"]|its record is damaged: "guest" is missing
		p["guest"] = []|its record is damaged: "guest" is of another type
		p["name"] = "../../etc/passwd"|its record is damaged: "name" can't be an application's
		p["name"] = "other"|its record is damaged: its manifest has another name
		p["config"]["A B"] = "y"|its record is damaged: "A B" is in "config"
		p["config"]["A"] = "1\nCONFIG_B=y"|its record is damaged: A in "config" is not one line of text
		p["config"]["A"] = 1|its record is damaged: A in "config" is not one line of text
		p["sbom"]["creationInfo"]["created"] = "now"|its record is damaged: "created" is "now"
		g["memory"] = 5|its record is damaged: "memory" is 5
		g["memory"] = 1 << 41|its record is damaged: "memory" is 2199023255552
		g["needs"] = [["A\n", "x"]]|its record is damaged: what "needs" has is not one line of text
		g["needs"] = [["A-B", "x"]]|its record is damaged: what "needs" has is "A-B"
		a["hypercalls"][1]["name"] = "a b"|its record is damaged: the name of a hypercall is "a b"
		a["hypercalls"][1]["number"] = -1|its record is damaged: "number" is negative
		a["hypercalls"].append(a["hypercalls"][0])|its record is damaged: hypercall abort is there twice
		a["hypercalls"] *= 2000|its record is damaged: it has 6000 hypercalls
		g["segments"][0]["writable"] = True|segment at 0x100000 is writable and executable; memory is one or the other
		g["segments"][0]["writable"] = 1|its record is damaged: "writable" is neither true nor false
		g["segments"][0]["address"] = 0|segment at 0x0 is out of place; segments ascend from 0x100000 in whole pages
		g["segments"][1]["address"] = 0x100000|segment at 0x100000 is out of place; segments ascend from 0x100000 in whole pages
		g["segments"][0]["size"] = 1 << 62|segment at 0x100000 is out of place; segments ascend from 0x100000 in whole pages
		g["segments"][0]["file_size"] += 1 << 30|segment at 0x100000 is out of place; segments ascend from 0x100000 in whole pages
		g["segments"][0]["address"] = 1.5|its record is damaged: "address" is of another type
		g["entry"] = 0x200000|its guest begins at 0x200000, where it has no code
		g["guarded_end"] = 0x7fffffff|its guest's guarded code ends at 0x7fffffff, where it has none
		g["symbols"] = 1 << 40|its section .symbols has no room for 1099511627776 functions
		g["symbols"] -= 1|its section .symbols is damaged at function 0
		g["symbols"] = 0|its section .symbols has no room for 0 functions
		g["shared"] = {"shared_a": [0, 8]}|its record is damaged: "shared_a" has no place
		g["shared"] = {"shared_a": [0x100001, 8]}|its record is damaged: "shared_a" has no place
	END
	record_change hello changed 'g["segments"] = g["segments"][:1]'
	run -1 "$UKGEN" repack changed -o no
	[[ $output == "ukgen: changed: its section .image_"*"; the file was changed" ]]
	record_change hello changed 'p["manifest"]["devices"] = [{"name": "a\"b", "type": "BLOCK_BASIC"}]'
	run -1 "$UKGEN" repack changed -o no
	[[ $output == *"ukgen: changed: its record is damaged: its manifest has errors" ]]
	objcopy --remove-section .note.package hello changed
	repack_refused "ukgen: changed: has no record of what it was made from; repack takes an appliance made by ukgen" changed
	objcopy --remove-section .image_text hello changed 2>/dev/null
	run -1 "$UKGEN" repack changed -o no
	[ ! -e no ]
}

@test "a policy turns off what the developer had on: no module, option or system call of it is left, and the guest runs" {
	printf '# no debuggers here\n# CONFIG_GDB is not set\nCONFIG_USER_ID=1234\n' >policy
	"$UKGEN" repack --policy policy with_gdb -o without >said
	grep -x 'GDB: n, was y' said
	grep -x 'USER_ID: 1234, was 65534' said
	"$UKGEN" inspect with_gdb | grep '^  gdb '
	run ! grep -i gdb <("$UKGEN" inspect --json without | grep -v '"name": "hello"'; ./without --help)
	"$UKGEN" verify without
	for section in .image_text .image_data .symbols; do
		objcopy -O binary --only-section $section with_gdb one
		objcopy -O binary --only-section $section without other
		cmp one other
	done
	# and back again
	echo 'CONFIG_GDB=y' >policy
	"$UKGEN" repack --policy policy without -o again
	"$UKGEN" inspect again | grep '^  gdb '
	need_kvm
	[[ $(./without world) == *"Hello"* ]]
}

@test "a policy that the guest doesn't allow is refused, with the reason" {
	local end="
ukgen: hello was not repacked; see above" line message
	while IFS='|' read -r line message; do
		echo "$line" >policy
		repack_refused "ukgen: $message$end" hello --policy policy
	done <<-'END'
		CONFIG_HOST_PROCESS=y|policy:1:1: HOST_PROCESS=y contradicts hello, whose guest was made for the host kvm; leave one of them out
		# CONFIG_CONSOLE is not set|policy:1:1: CONSOLE=n was requested, but the result is y: it is needed (hello.c uses solo5_console_write); leave it out
		CONFIG_CLOCK=y|hello: its guest was made without the guest half of module "clock", which this configuration has; build it from its sources, or leave the module off
		CONFIG_QQQQQQQQ=y|policy:1:1: unknown Kconfig symbol "QQQQQQQQ"; accepted are those that ukgen menuconfig shows
		gdb|policy:1:1: "gdb" sets nothing; accepted are "CONFIG_SYMBOL=VALUE", "# CONFIG_SYMBOL is not set" and comments
	END
	echo 'CONFIG_AARCH64=y' >policy
	[ "$(uname -m)" = aarch64 ] || repack_refused "ukgen: policy:1:1: AARCH64=y contradicts hello, whose guest was made for x86_64; leave one of them out$end" hello --policy policy
	repack_refused "ukgen: nothing: No such file or directory; accepted is a file of choices$end" hello --policy nothing
	echo '# CONFIG_SYMBOLS is not set' >policy
	"$UKGEN" repack --policy policy hello -o bare
	"$UKGEN" verify bare
	echo 'CONFIG_SYMBOLS=y' >policy
	repack_refused "ukgen: bare: it has no names of functions, so SYMBOLS can't be on; build it from its sources, or leave SYMBOLS off
ukgen: bare was not repacked; see above" bare --policy policy
}

@test "a value that the guest was compiled with is kept" {
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "n", "devices": [ { "name": "n", "type": "NET_BASIC" } ] }' >net.manifest
	"$UKGEN" --host=$HOST -B net.build -o net net.manifest "$TOP/examples/hello/hello.c" 2>said
	echo 'CONFIG_NET_RING=64' >policy
	repack_refused 'ukgen: net: its guest was compiled with NET_RING=256, and here it would be 64; build it from its sources, or leave NET_RING out
ukgen: net was not repacked; see above' net --policy policy
	printf 'CONFIG_NET_TAP=y\n# CONFIG_NET_UNIX is not set\n' >policy
	[ "$("$UKGEN" repack --policy policy net -o less)" = "NET_UNIX: n, was y" ]
	"$UKGEN" verify less
	# a module that the guest has no half of changes nothing of what guest and monitor share
	echo 'CONFIG_GDB=y' >policy
	"$UKGEN" repack --policy policy net -o debugged | grep -x 'GDB: y, was n'
	"$UKGEN" verify debugged
}

@test "a value that a library was compiled with is kept" {
	mkdir -p libs/upper
	printf '# upper -- something\n\nsource upper.c\n' >libs/upper/upper.lib
	printf 'config UPPER_SIZE\n\tint "size of upper"\n\tdefault 1\n' >libs/upper/Kconfig
	echo 'int upper(void) { return 0; }' >libs/upper/upper.c
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "n", "libraries": ["upper"] }' >upper.manifest
	"$UKGEN" --host=$HOST --libraries libs -B upper.build -o upper upper.manifest "$TOP/examples/hello/hello.c"
	echo 'CONFIG_UPPER_SIZE=2' >policy
	repack_refused 'ukgen: upper: its guest was compiled with UPPER_SIZE=1, and here it would be 2; build it from its sources, or leave UPPER_SIZE out
ukgen: upper was not repacked; see above' --libraries libs upper --policy policy
}

@test "a signal also ends the build, and leaves nothing behind" {
	local signal child
	for signal in TERM INT HUP; do
		UKGEN_CACHE=none python3 -c '
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$UKGEN" verify hello >said 2>&1 3>&- &
		child=$!
		wait_for 10 compgen -G "$TMPDIR/ukgen-rebuild.*/gen/core.c" >/dev/null
		kill -$signal $child
		wait $child && status=0 || status=$?
		[ $status = $((128 + $(kill -l $signal))) ]
		[ -z "$(find "$TMPDIR" -name 'ukgen-*')" ]
	done
}

@test "the policy in docs/operating.md does what it says there" {
	[ $HOST = kvm ] || skip "it is for KVM"
	awk '/^    \$ cat policy/ { on = 1; next } /^    \$ ukgen repack/ { exit } on { sub(/^    /, ""); print }' "$TOP/docs/operating.md" >policy
	[ "$(wc -l <policy)" = 6 ]
	"$UKGEN" repack --policy policy with_gdb -o ours >said
	grep -x 'GDB: n, was y' said
	grep -x 'USER_ID: 65533, was 65534' said
	[ "$("$UKGEN" repack --policy policy hello -o ours)" = 'USER_ID: 65533, was 65534' ]
}
