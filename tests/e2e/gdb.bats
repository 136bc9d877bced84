# SPDX-License-Identifier: ISC
# gdb.bats -- ukgen gdb starts a gdb that knows the guest's processor
#
# The appliance is a program of this machine that poses as one, and both gdbs are
# scripts: these tests only check which of them runs, and with which arguments.
bats_require_minimum_version 1.5.0
load common

# disguise ARCHITECTURE: a program with description and guest text of an appliance for it
disguise()
{
	local section add=()
	appliance_build debuggee-"$1" --arch="$1" \
		"$(manifest_make debuggee-"$1" '"memory": "1M"' '"config": { "GDB": true }')" "$TOP/tests/guests/debuggee.c"
	for section in .ukgen .image_text; do
		readelf -SW "$(appliance_folder)/debuggee-$1" |
			sed -n "s/.* $section  *PROGBITS  *[0-9a-f]*  *\([0-9a-f]*\)  *\([0-9a-f]*\) .*/\1 \2/p" >place
		read -r offset size <place
		dd if="$(appliance_folder)/debuggee-$1" of=section$section iflag=skip_bytes,count_bytes \
			skip=$((0x$offset)) count=$((0x$size)) status=none
		add+=(--add-section $section=section$section)
	done
	objcopy "${add[@]}" plain "debuggee-$1"
}

setup_file()
{
	need objcopy readelf gcc aarch64-linux-gnu-gcc x86_64-linux-gnu-gcc
	cd "$BATS_FILE_TMPDIR"
	# what "--gdb=unix:SOCKET" has an appliance do first
	printf '%s\n' '#include <stdio.h>' 'int main(int argc, char **argv)' \
		'{ return argc < 2 || !fopen(argv[1] + sizeof("--gdb=unix:") - 1, "w"); }' >plain.c
	gcc -o plain plain.c
	mkdir both only
	for program in gdb gdb-multiarch; do
		printf '#!/bin/sh\necho "%s" "$@"\n' $program >both/$program
		chmod +x both/$program
	done
	cp both/gdb only
	disguise x86_64
	disguise aarch64
}

setup()
{
	cd "$BATS_FILE_TMPDIR"
	case $(uname -m) in
	x86_64) own=x86_64 foreign=aarch64 ;;
	*) own=aarch64 foreign=x86_64 ;;
	esac
}

# FOLDER ARCHITECTURE: ukgen gdb with no other gdb than FOLDER's
gdb()
{
	run env PATH="$PWD/$1" "$UKGEN" gdb -B "$(appliance_folder)/debuggee-$2.build" "$PWD/debuggee-$2"
	[ "$status" = 0 ]
}

@test "a guest for this machine's processor is for gdb" {
	gdb both $own
	[[ $output == "gdb "*"/debuggee-$own.guest.elf "*"target remote "* ]]
}

@test "a guest for another processor is for gdb-multiarch, or gdb if that is missing" {
	gdb both $foreign
	[[ $output == "gdb-multiarch "*"/debuggee-$foreign.guest.elf "*"target remote "* ]]
	gdb only $foreign
	[[ $output == "gdb "*"/debuggee-$foreign.guest.elf "* ]]
}
