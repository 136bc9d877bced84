# SPDX-License-Identifier: ISC
# record.bats -- what an appliance records of itself: notes that are not loaded, bill of materials, build id
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	need readelf
	appliance_build hello "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$(appliance_folder)"
}

# package FILE: the JSON text that readelf shows of it
package()
{
	readelf -n "$1" | sed -n 's/^ *Packaging Metadata: //p'
}

@test "the record has manifest, configuration, hypercalls, system calls, tools and inputs" {
	package hello | python3 -c '
import json, sys
p = json.load(sys.stdin)
assert p["type"] == "ukgen" and p["name"] == "hello"
assert p["manifest"] == json.load(open(sys.argv[1]))
assert p["config"]["CONSOLE"] == "y" and p["config"]["NET"] == "n"
assert [c["name"] for c in p["appliance"]["hypercalls"]] == ["abort", "console_write", "exit"]
assert any("write(STDOUT" in c["call"] for c in p["appliance"]["syscalls"])
assert [t["name"] for t in p["tools"]] == ["ukgen", "gcc", "as", "ld", "objcopy"]
assert all(t["version"] for t in p["tools"])
assert {"ukgen/core", "ukgen/modules/console", "musl", "gcc", "linux"} <= {i["name"] for i in p["inputs"]}
' "$TOP/examples/hello/app.manifest"
}

@test "an input's digest is sha256sum's of its files" {
	file=$(sha256sum <"$TOP/examples/hello/hello.c" | cut -d' ' -f1)
	list=$(printf '%s  hello.c\n' $file | sha256sum | cut -d' ' -f1)
	package hello | python3 -c '
import json, sys
own = [i for i in json.load(sys.stdin)["guest"]["inputs"] if i["name"] == "hello"]
assert own == [{"name": "hello", "licence": "ISC", "sha256": sys.argv[2], "files": [{"name": "hello.c", "sha256": sys.argv[1], "licence": "ISC"}]}]
' $file $list
	"$UKGEN" inspect hello | grep -E "^  hello +$list$"
}

@test "the bill of materials has what SPDX 2.3 requires, and names every input and tool" {
	"$UKGEN" inspect --sbom hello >sbom.json
	package hello >package.json
	python3 -c '
import json, re
s, p = json.load(open("sbom.json")), json.load(open("package.json"))
assert p["sbom"] == s
assert s["spdxVersion"] == "SPDX-2.3" and s["dataLicense"] == "CC0-1.0" and s["SPDXID"] == "SPDXRef-DOCUMENT" and s["name"]
assert re.fullmatch(r"https://[^#]+", s["documentNamespace"])
assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", s["creationInfo"]["created"])
assert all(re.match("(Tool|Person|Organization): ", c) for c in s["creationInfo"]["creators"])
ids = [x["SPDXID"] for x in s["packages"]]
assert len(ids) == len(set(ids)) and all(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", i) for i in ids)
for x in s["packages"]:
    assert x["name"] and x["downloadLocation"] == "NOASSERTION" and x["filesAnalyzed"] is False
    for c in x.get("checksums", []):
        assert c["algorithm"] == "SHA256" and re.fullmatch("[0-9a-f]{64}", c["checksumValue"])
for r in s["relationships"]:
    assert {r["spdxElementId"], r["relatedSpdxElement"]} <= set(ids) | {"SPDXRef-DOCUMENT"}
    assert r["relationshipType"] in ("DESCRIBES", "CONTAINS", "BUILD_TOOL_OF")
assert [r["relatedSpdxElement"] for r in s["relationships"] if r["relationshipType"] == "DESCRIBES"] == ["SPDXRef-appliance"]
# nothing is there that no relationship reaches
assert {r["relatedSpdxElement"] for r in s["relationships"]} | {r["spdxElementId"] for r in s["relationships"]} == set(ids) | {"SPDXRef-DOCUMENT"}
wanted = [(i["name"], i["sha256"]) for i in p["inputs"] + p["guest"]["inputs"] + p["tools"]]
assert not set(wanted) - {(x["name"], x["checksums"][0]["checksumValue"]) for x in s["packages"] if "checksums" in x}
assert {x["name"]: x.get("licenseDeclared") for x in s["packages"]}["musl"] == "MIT"
# names and values of the JSON schema of SPDX 2.3, which neither Debian nor npm has: it allows no others
def only(x, required, others):
    assert set(required.split()) <= set(x) <= set((required + " " + others).split()), x
    # bool is for filesAnalyzed, and a list has objects or strings
    assert all(isinstance(v, bool if k == "filesAnalyzed" else (str, list, dict)) for k, v in x.items()), x
only(s, "SPDXID creationInfo dataLicense name spdxVersion",
     "annotations comment externalDocumentRefs hasExtractedLicensingInfos revieweds documentNamespace documentDescribes packages files snippets relationships")
only(s["creationInfo"], "created creators", "comment licenseListVersion")
for x in s["packages"]:
    only(x, "SPDXID downloadLocation name",
         "annotations attributionTexts builtDate checksums comment copyrightText description externalRefs filesAnalyzed hasFiles homepage "
         "licenseComments licenseConcluded licenseDeclared licenseInfoFromFiles originator packageFileName packageVerificationCode "
         "primaryPackagePurpose releaseDate sourceInfo summary supplier validUntilDate versionInfo")
    assert x.get("primaryPackagePurpose", "OTHER") in ("OTHER", "INSTALL", "ARCHIVE", "FIRMWARE", "APPLICATION", "FRAMEWORK", "LIBRARY",
                                                       "CONTAINER", "SOURCE", "DEVICE", "OPERATING_SYSTEM", "FILE")
    for c in x.get("checksums", []):
        only(c, "algorithm checksumValue", "")
for r in s["relationships"]:
    only(r, "spdxElementId relatedSpdxElement relationshipType", "comment")
'
}

@test "a C library that was unpacked for another processor is an input with its version" {
	[ -d "$TOP/build/sysroot/aarch64" ] || skip "musl for 64-bit ARM is missing"
	"$UKGEN" --arch=aarch64 -o "$BATS_TEST_TMPDIR/hello" -B "$BATS_TEST_TMPDIR/build" "$TOP/examples/hello/app.manifest"
	run "$UKGEN" inspect --which musl "$BATS_TEST_TMPDIR/hello"
	[[ $output == *$'\tmonitor\tmusl\t1.2.'* ]]
}

@test "a library's own tree is an input with its version and licence" {
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's source is missing"
	appliance_build httpd "$TOP/examples/httpd/app.manifest"
	"$UKGEN" inspect httpd | grep -E '^  lwip +2\.1\.3'
	"$UKGEN" inspect --sbom httpd | grep -A4 '"name": "lwip"' | grep '"licenseDeclared": "BSD-3-Clause"'
}

@test "every package of the bill has a digest and a valid SPDX licence" {
	local ids=/usr/share/nodejs/spdx-license-ids/index.json exceptions=/usr/share/nodejs/spdx-exceptions/index.json file
	[ -r $ids ] && [ -r $exceptions ] || skip "node-spdx-license-ids or node-spdx-exceptions is missing"
	for file in "$(appliance_folder)"/*.build; do
		"$UKGEN" inspect --sbom "${file%.build}" >sbom.json
		python3 -c '
import json, re, sys
ids, exceptions = set(json.load(open(sys.argv[1]))), set(json.load(open(sys.argv[2])))
bill = json.load(open("sbom.json"))
for p in bill["packages"]:
    # the appliance has no digest of itself
    if p["SPDXID"] == "SPDXRef-appliance":
        continue
    assert p["checksums"], p
    for licence in re.split(r" AND | OR ", p["licenseDeclared"].replace("(", "").replace(")", "")):
        name, _, exception = licence.partition(" WITH ")
        assert name in ids and (not exception or exception in exceptions), licence
' $ids $exceptions
	done
}

@test "none of it is loaded: the same segments with and without the notes" {
	objcopy --remove-section .note.package --remove-section .note.gnu.build-id hello bare
	[ "$(readelf -lW hello | grep -E '^  (LOAD|DYNAMIC)')" = "$(readelf -lW bare | grep -E '^  (LOAD|DYNAMIC)')" ]
	run ! grep -E '^  NOTE' <(readelf -lW hello)
	[ "$(readelf -SW hello | awk '/\.note\./ { print $5 }' FS='[] ]+' | sort -u)" != "" ]
	readelf -SW hello | sed 's/\[ */[/' | awk '/ \.note\./ { seen++; if ($8 ~ /A/ || $4 !~ /^0+$/) exit 1 } END { exit seen != 2 }'
}

@test "the build id is the SHA-256 of the file without it, and inspect says when the file was changed" {
	id=$(readelf -n hello | sed -n 's/^ *Build ID: //p')
	[ ${#id} = 64 ]
	python3 -c '
import hashlib, sys
data, id = open("hello", "rb").read(), bytes.fromhex(sys.argv[1])
assert data.count(id) == 1
assert hashlib.sha256(data.replace(id, bytes(32))).digest() == id
' $id
	"$UKGEN" inspect hello | grep -x "build id: $id"
	cp hello changed
	# a byte of the monitor's code
	printf x | dd of=changed bs=1 seek=12000 conv=notrunc status=none
	"$UKGEN" inspect changed | grep -x "build id: $id, but the file was changed since"
}

@test "an unchanged appliance is not rewritten; a changed one is" {
	before=$(stat -c %i:%Y hello)
	"$UKGEN" --host=$HOST -o hello -B hello.build "$TOP/examples/hello/app.manifest"
	[ "$(stat -c %i:%Y hello)" = "$before" ]
	cp hello kept
	printf x | dd of=hello bs=1 seek=70000 conv=notrunc status=none
	"$UKGEN" --host=$HOST -o hello -B hello.build "$TOP/examples/hello/app.manifest"
	cmp hello kept
	"$UKGEN" --host=$HOST -o elsewhere -B hello.build "$TOP/examples/hello/app.manifest"
	cmp elsewhere kept
	[ "$(stat -c %a elsewhere)" = "$(printf %o $((0777 & ~$(umask))))" ]
}

@test "a damaged record is reported, and an appliance without one is still shown" {
	printf 'FDO\0' >note
	python3 -c '
import struct
text = b"{\"sbom\": "
open("note", "wb").write(struct.pack("<III", 4, len(text), 0xcafe1a7e) + b"FDO\0" + text)'
	objcopy --remove-section .note.package --add-section .note.package=note hello damaged
	run -1 "$UKGEN" inspect damaged
	[[ $output = *"damaged: its record is damaged: "* ]]
	objcopy --remove-section .note.package --remove-section .note.gnu.build-id hello bare
	"$UKGEN" inspect bare >shown
	run ! grep -E 'build id|made from' shown
	run -1 "$UKGEN" inspect --sbom bare
	[ "$output" = "ukgen: bare: has no bill of materials; inspect --sbom takes an appliance made by this ukgen" ]
}

# a folder "shelf" with hello, what isn't an appliance, and whatever a search must not stop at
shelf()
{
	mkdir -p shelf/below
	cp hello shelf/below/hello
	cp hello.build/hello.guest.elf shelf/guest
	echo text >shelf/text
	mkfifo shelf/fifo
	head -c 5000 hello >shelf/short
	ln -s below shelf/link
	ln -s nowhere shelf/lost
}

@test "inspect --which finds the appliances in folders that have an input, in either half" {
	shelf
	"$UKGEN" inspect hello >shown
	"$UKGEN" inspect --which console shelf 2>said >found
	[ ! -s said ]
	[ "$(cut -f1-3 found)" = "$(printf 'shelf/below/hello\t%s\tukgen/modules/console\n' monitor guest)" ]
	while IFS=$'\t' read -r path half name version digest; do
		grep -E "^  $name +$version +$digest\$" shown
	done <found
	[ "$("$UKGEN" inspect --which musl hello shelf | cut -f1 | sort -u)" = "$(printf 'hello\nshelf/below/hello')" ]
	[ -z "$("$UKGEN" inspect --which net shelf)" ]
	[ "$("$UKGEN" inspect --which ukgen/modules/console shelf)" = "$(cat found)" ]
	[ "$("$UKGEN" inspect --which console shelf/link | cut -f1 | sort -u)" = shelf/link/hello ]
	rm -r shelf
}

@test "inspect --which warns of a damaged record, and prints no control characters" {
	shelf
	python3 -c '
import json, struct
def note(text, to):
    open(to, "wb").write(struct.pack("<III", 4, len(text), 0xcafe1a7e) + b"FDO\0" + text)
note(b"{\"inputs\": ", "note")
note(json.dumps({"inputs": [{"name": "x/console", "version": "1\x1b[2J\n2\t3", "sha256": 5}, 7, {}], "guest": []}).encode(), "hostile.note")
'
	objcopy --remove-section .note.package --add-section .note.package=note hello shelf/damaged
	objcopy --remove-section .note.package --add-section .note.package=hostile.note hello $'shelf/a\tb\ec'
	"$UKGEN" inspect --which console shelf 2>said >found
	[ "$(wc -l <said)" = 1 ]
	[[ $(cat said) = "ukgen: shelf/damaged: warning: its record is damaged: "*"; it is left out" ]]
	[ "$(head -1 found)" = "$(printf 'shelf/a?b?c\tmonitor\tx/console\t1?[2J?2?3\t')" ]
	[ "$(wc -l <found)" = 3 ]
	rm -r shelf
}
