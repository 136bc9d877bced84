# SPDX-License-Identifier: ISC
# solo5_tender.bats -- the command line of Solo5's tenders starts appliances, and nothing else
bats_require_minimum_version 1.5.0
load common
load solo5

# refused MESSAGE WORD...: the tender and its words end with status 1 and that message, behind the tender's name
refused()
{
	run -1 "${@:2}"
	[ "$output" = "$2: $1" ]
}

setup_file()
{
	solo5_tools
	export PATH
	cd "$BATS_FILE_TMPDIR"
	solo5_manifest none
	solo5_object words_o "$TOP/tests/guests/solo5_words.c"
	HOST=process solo5_link spt words_o none
	HOST=kvm solo5_link app words_o none
	# the notes and the section by which an appliance is known, on a program that shows its arguments
	cat >shown.c <<-'END'
		#include <stdio.h>
		int main(int argc, char **argv)
		{
		        for (int i = 0; i < argc; i++)
		                printf("<%s>", argv[i]);
		}
	END
	objcopy -O binary -j .ukgen app description
	gcc -o shown shown.c
	objcopy --add-section .ukgen=description shown
}

setup()
{
	cd "$BATS_FILE_TMPDIR"
}

# solo5_program NUMBER FILE: a program that Solo5 linked for its target of that number
solo5_program()
{
	printf '.section .note.solo5.abi, "", %%note\n.balign 4\n.long 6, 16, 0x31494241\n.asciz "Solo5"\n.balign 4\n.long %d, 2, 0, 0\n' \
		"$1" >abi.s
	as abi.s -o abi.o
	gcc -nostdlib -o "$2" abi.o -Wl,-e,0
}

@test "options, appliance and arguments are passed correctly" {
	[ "$(solo5-ukgen --mem=2 --block:a=b -- ./shown --solo5:quiet --x 'two words')" = \
		"<./shown><--mem=2><--block:a=b><--><--solo5:quiet><--x><two words>" ]
	[ "$(solo5-ukgen shown)" = "<./shown><-->" ]
	[ "$(solo5-ukgen -- shown -- -x)" = "<./shown><--><--><-x>" ]
	# the appliance's name may be any
	cp shown ./-shown
	[ "$(solo5-ukgen --mem=2 -- -shown)" = "<./-shown><--mem=2><-->" ]
	run -1 solo5-ukgen --mem=x -- app one
	[[ $output == "app: --mem=x: not a number from 1 to "* ]]
	run solo5-hvt --version -- app
	[[ $output == "solo5-hvt "*$'\n'"ABI version 1000" ]]
	grep '"version": 1000' <(solo5-elftool query-abi app)
	[[ $(solo5-hvt --help) == "usage: solo5-hvt "* ]]
	[[ $(solo5-hvt --help app) == "usage: app "* ]]
	# without KVM, without a privilege
	[ "$(solo5-spt --mem=2 -- spt one)" = "[one]" ]
}

@test "a link with a version, as albatross requires" {
	ln -s "$(command -v solo5-ukgen)" solo5-hvt.1000
	[[ $(./solo5-hvt.1000 --help -- app) == "usage: app "* ]]
	run -1 ./solo5-hvt.1000
	[ "$output" = "solo5-hvt.1000: no appliance is named; use solo5-hvt.1000 [OPTION]... [--] APPLIANCE [ARGUMENT]..." ]
}

@test "an appliance without execute permission runs, too, since starters only write the file" {
	cp shown plain
	chmod 644 plain
	[ "$(solo5-ukgen --mem=2 plain one)" = "<./plain><--mem=2><--><one>" ]
}

@test "errors are reported, and nothing is started" {
	refused 'unknown option "-x"; options begin with --, and the appliance'\''s --help lists them' solo5-ukgen -x -- shown
	refused 'unknown option "-"; options begin with --, and the appliance'\''s --help lists them' solo5-ukgen - shown
	refused 'no appliance is named; use solo5-ukgen [OPTION]... [--] APPLIANCE [ARGUMENT]...' solo5-ukgen --mem=2
	refused 'no appliance is named; use solo5-hvt [OPTION]... [--] APPLIANCE [ARGUMENT]...' solo5-hvt --
	refused './nowhere: No such file or directory' solo5-ukgen --mem=2 nowhere
	refused './shown.c: not an ELF file; solo5-ukgen takes an appliance made by ukgen' solo5-ukgen shown.c
	refused '/bin/true: not an appliance made by ukgen' solo5-ukgen /bin/true
	refused './shown: not an appliance for hvt; solo5-ukgen starts any' solo5-hvt shown
	refused './app: not an appliance for spt, but for hvt; solo5-ukgen starts any' solo5-spt app
	refused './spt: not an appliance for hvt, but for spt; solo5-ukgen starts any' solo5-hvt spt
}

@test "a program that Solo5 linked is recognized" {
	local number=0 target
	for target in unknown hvt spt virtio muen genode xen unknown; do
		solo5_program $number unikernel
		refused "./unikernel: built by Solo5 for $target (ABI version 2), not an appliance; start it with Solo5's own tender, or link it with ukgen's tools" \
			solo5-ukgen --mem=2 -- unikernel
		number=$((number + 1))
	done
}
