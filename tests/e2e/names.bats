# SPDX-License-Identifier: ISC
# names.bats -- no name from a manifest, object, archive, .mod, .lib or path becomes a command in a generated file
#
# Each place gets each hostile name. ukgen uses the name as it is, or refuses it with
# a message of its own; in neither case does the name run, include or write anything.
# Where every name is refused, one run has them all, and each needs its own message.
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

# json TEXT...: as strings of JSON, one a line
json()
{
	python3 -c 'import json, sys; print(*map(json.dumps, sys.argv[1:]), sep="\n")' "$@"
}

# manifest FIELD...: app.manifest with these fields
manifest()
{
	local IFS=,
	printf '{ "type": "ukgen.manifest", "version": 1, "sources": ["hello.c"], %s }' "$*" >app.manifest
}

# harmless PLACE: what ukgen did with a name did no harm
harmless()
{
	[ "$(find . -name 'ran' -o -name 'ran;*' | wc -l)" = 0 ] || { echo "$1: it ran"; return 1; }
	[[ $output != *$'\x1b'* ]] || { echo "$1: $output"; return 1; }
}

# tried PLACE NAME ARGUMENT...: ukgen ends with 0, or with 1 and a message of its own
tried()
{
	local place="$1, $(printf %q "$2")"
	run timeout 60 "$UKGEN" -B build "${@:3}" app.manifest
	[ "$status" = 0 ] || { [ "$status" = 1 ] && [[ $output == "ukgen: "* ]]; } || { echo "$place: status $status: $output"; return 1; }
	[[ $output != *secret* || $2 == *secret* ]] || { echo "$place: $output"; return 1; }
	harmless "$place"
}

# refused PLACE COUNT ARGUMENT...: ukgen has messages for COUNT lines of the file
refused()
{
	run timeout 60 "$UKGEN" -B build "${@:3}" app.manifest
	[ "$status" = 1 ]
	[ "$(sed -nE 's/^ukgen: [^:]*:([0-9]+):[0-9]+: .*/\1/p' <<<"$output" | sort -u | wc -l)" = $2 ] || { echo "$1: $output"; return 1; }
	harmless "$1"
}

@test "names in a manifest" {
	need python3
	local texts text name list i=0
	mapfile -t texts < <(json "${names[@]}")
	for name in "${names[@]}"; do
		manifest "\"name\": ${texts[i++]}"
		tried "the application's name" "$name"
	done
	list=$(printf '%s,\n' "${texts[@]}")
	for field in libraries includes objects files; do
		manifest '"name": "app"' "\"$field\": [${list%,}]"
		refused $field ${#names[@]}
	done
	list=$(printf '{ "name": %s, "type": "BLOCK_BASIC" },\n' "${texts[@]}")
	manifest '"name": "app"' "\"devices\": [${list%,}]"
	refused "a device's name" ${#names[@]}
	list=$(i=0; for text in "${texts[@]}"; do echo "{ \"name\": \"a$((i++))\", \"type\": $text },"; done)
	manifest '"name": "app"' "\"devices\": [${list%,}]"
	refused "a device's type" ${#names[@]}
	list=$(printf '%s: true,\n' "${texts[@]}")
	manifest '"name": "app"' "\"config\": { ${list%,} }"
	refused config ${#names[@]}
	list=$(printf '%s: "x",\n' "${texts[@]}")
	manifest '"name": "app"' "\"environment\": { ${list%,} }"
	refused environment 3
	list=$(i=0; for name in "${names[@]}"; do [[ $name == -* || $name == *[[:cntrl:]]* ]] || echo "${texts[i]}: \"x\","; i=$((i + 1)); done)
	manifest '"name": "app"' "\"environment\": { ${list%,} }"
	tried environment "all that are accepted"
	[ "$status" = 0 ]
}

# app_write NAME: the same in a file of that name, with the watchdog's module
app_write()
{
	mkdir -p "$(dirname "in/$1")"
	cp hello.c "in/$1.c"
	printf '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": [%s], "config": { "WATCHDOG": true } }' \
		"$(json "in/$1.c")" >app.manifest
}

# module_write FOLDER DESCRIPTION
module_write()
{
	mkdir -p "$1"
	cp -r "$TOP/examples/watchdog/modules/watchdog" "$1"
	sed -i 1d "$1/watchdog/watchdog.mod"
	sed -i "1e printf '# watchdog -- %s\n' \"\$DESCRIPTION\"" "$1/watchdog/watchdog.mod"
}

# All names that are accepted are one path. Those that are refused are tried alone in each place.
@test "names of files and folders" {
	need python3
	local name path= all=
	for name in "${names[@]}"; do
		name=${name//\//}
		if [[ $name == *[[:cntrl:]]* ]]; then
			app_write "$name"
			DESCRIPTION=${name//$'\n'/ } module_write "mods $name"
			tried "a source and a module's description" "$name" --modules "mods $name"
			manifest '"name": "app"'
			tried "BUILDDIR and the appliance" "$name" -B "out $name" -o "made $name"
			[ ! -e "made $name" ]
		else
			path+=/$name
			all+=$name
		fi
	done
	app_write "$path/$all"
	DESCRIPTION=$all module_write "mods$path"
	mkdir -p "made$path"
	tried "all that are accepted" "$path/$all" --modules "mods$path" -B "out$path/$all" -o "made$path/$all"
	[ "$status" = 0 ]
	[ -x "made$path/$all" ]
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

# one line for each statement and name, at least; what follows a newline is a line of its own
lines_write()  # FILE STATEMENT...
{
	local statement name
	echo "# x -- x" >"$1"
	for statement in "${@:2}"; do
		for name in "${names[@]}"; do
			printf '%s %s\n' $statement "$name"
		done
	done >>"$1"
}

@test "lines of .mod and .lib files" {
	local name
	manifest '"name": "app"'
	mkdir -p mods/x libs/x
	printf 'config X\n\tbool "x"\n\tdefault y\n' >mods/x/Kconfig
	lines_write mods/x/x.mod api device property info option setup descriptor header source hypercall syscall thread helper shared poll
	# all but the lines that the newline cuts off after "a", seven of which are valid
	refused "lines of a .mod file" $(($(wc -l <mods/x/x.mod) - 1 - 7)) --modules mods
	manifest '"name": "app"' '"libraries": ["x"]'
	lines_write libs/x/x.lib source include archive start calls needs
	refused "lines of a .lib file" $(($(wc -l <libs/x/x.lib) - 1 - 2)) --libraries libs
	# options of a compiler may be anything that a compiler takes
	cp hello.c libs/x/x.c
	for name in "${names[@]}"; do
		printf '# x -- x\nsource x.c\ncflags %s\n' "$name" >libs/x/x.lib
		run timeout 60 "$UKGEN" -B build --libraries libs app.manifest
		[ "$status" = 1 ] || { echo "$(printf %q "$name"): status $status: $output"; false; }
		harmless "cflags of a .lib file, $(printf %q "$name")"
	done
}
