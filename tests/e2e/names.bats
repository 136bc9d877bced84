# SPDX-License-Identifier: ISC
# names.bats -- no name from a manifest, object, archive, .mod, .lib or path becomes a command in a generated file
#
# Each place in the table gets each hostile name. The name is used as it is, or
# refused by ukgen's own message; in neither case does it run, include or write anything.
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	cp "$TOP/examples/hello/hello.c" hello.c
	echo secret >secret
	# of the shell, ninja, C, the linker, Kconfig
	names=('$(touch ran)' ';touch ran;' '`touch ran`' "'; touch ran; '" '"; touch ran; "' $'a\ntouch ran' '$in | $out' '${bar}' \
		'*/ int ran;' '"); INCLUDE secret; ("' '??/' '-fplugin=ran' 'a\' '#' $'\x1b[2J')
}

# json TEXT: as a string of JSON
json()
{
	python3 -c 'import json, sys; print(json.dumps(sys.argv[1]))' "$1"
}

# manifest FIELD...: app.manifest with these fields
manifest()
{
	local IFS=,
	printf '{ "type": "ukgen.manifest", "version": 1, "sources": ["hello.c"], %s }' "$*" >app.manifest
}

# tried PLACE NAME ARGUMENT...: ukgen ends with 0, or with 1 and a message of its own
tried()
{
	local place="$1, $(printf %q "$2")"
	run timeout 60 "$UKGEN" -B build "${@:3}" app.manifest
	[ "$status" = 0 ] || { [ "$status" = 1 ] && [[ $output == "ukgen: "* ]]; } || { echo "$place: status $status: $output"; return 1; }
	[ "$(find . -name 'ran' -o -name 'ran;*' | wc -l)" = 0 ] || { echo "$place: it ran"; return 1; }
	[[ $output != *secret* || $2 == *secret* ]] || { echo "$place: $output"; return 1; }
	[[ $output != *$'\x1b'* ]] || { echo "$place: $output"; return 1; }
}

@test "names in a manifest" {
	need python3
	local name text
	for name in "${names[@]}"; do
		text=$(json "$name")
		manifest "\"name\": $text"
		tried "the application's name" "$name"
		for field in "\"devices\": [{ \"name\": $text, \"type\": \"BLOCK_BASIC\" }]" "\"devices\": [{ \"name\": \"a\", \"type\": $text }]" \
			"\"libraries\": [$text]" "\"includes\": [$text]" "\"objects\": [$text]" "\"files\": [$text]" \
			"\"environment\": { $text: \"x\" }" "\"config\": { $text: true }"; do
			manifest '"name": "app"' "$field"
			tried "${field%%:*}" "$name"
		done
	done
}

@test "names of files and folders" {
	need python3
	local name
	for name in "${names[@]}"; do
		name=${name//\//}
		mkdir -p "in/$name"
		cp hello.c "in/$name/$name.c"
		printf '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": [%s] }' "$(json "in/$name/$name.c")" >app.manifest
		tried "a source" "$name"
		manifest '"name": "app"'
		tried "BUILDDIR and the appliance" "$name" -B "out $name" -o "made $name"
		mkdir -p "mods $name/$name"
		cp -r "$TOP/examples/watchdog/modules/watchdog" "mods $name/"
		tried "a folder of modules" "$name" --modules "mods $name"
	done
}

@test "symbols and sections of an object" {
	local name
	manifest '"name": "app"' '"objects": ["evil.o"]'
	for name in '__start_$(touch ran)' '__start_a) } INCLUDE secret' "uk_'; touch ran; '" '__stop_$(touch ran)' 'solo5_$in'; do
		printf '.section "s%s", "a"\n.byte 0\n.text\n.globl evil\nevil: call "%s"\n' "${name//[\/,]/}" "$name" >evil.s
		as -o evil.o evil.s
		sed 's/int solo5_app_main/void evil(void);\nint solo5_app_main/; s/solo5_console_write(/evil(); solo5_console_write(/' \
			"$TOP/examples/hello/hello.c" >hello.c
		tried "a symbol and a section" "$name"
	done
}

@test "lines of .mod and .lib files" {
	local name line
	manifest '"name": "app"'
	for name in "${names[@]}"; do
		for line in api device property info option setup descriptor header source hypercall syscall thread helper shared poll; do
			rm -rf mods
			mkdir -p mods/x
			printf 'config X\n\tbool "x"\n\tdefault y\n' >mods/x/Kconfig
			printf '# x -- %s\n%s %s\n' "${name//$'\n'/ }" $line "$name" >mods/x/x.mod
			tried "$line of a .mod file" "$name" --modules mods
		done
		mkdir -p libs/x
		for line in source include cflags archive start calls needs; do
			printf '# x -- x\n%s %s\n' $line "$name" >libs/x/x.lib
			manifest '"name": "app"' '"libraries": ["x"]'
			tried "$line of a .lib file" "$name" --libraries libs
		done
	done
}
