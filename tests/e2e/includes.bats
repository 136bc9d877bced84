# SPDX-License-Identifier: ISC
# includes.bats -- folders include each other as tests/includes/rooms allows, and files without cycles
bats_require_minimum_version 1.5.0
load common

check()
{
	python3 "$TOP/tests/includes/check.py" "$@"
}

# tree: some files that the rules allow
tree()
{
	cd "$BATS_TEST_TMPDIR"
	mkdir -p core/machine/x86_64 core/kvm generator/base generator/emit
	echo '#include "machine/x86_64/layout.h"' >core/machine/layout.h
	touch core/machine/x86_64/layout.h
	echo '#include "machine/layout.h"' >core/vm.h
	echo '#include "vm.h"' >core/kvm/kvm.c
	touch generator/base/text.h
	echo '#include "base/text.h"' >generator/base/text.c
	echo '#include "base/text.h"' >generator/emit/abi.c
	cat >rooms <<-'END'
		search core
		core/machine:
		core:           core/machine
		core/*:         core core/machine
		search generator
		generator/base:
		generator/emit: generator/base
	END
}

@test "the tree follows the rules" {
	check "$TOP" "$TOP/tests/includes/rooms"
}

@test "files that follow the rules are accepted" {
	tree
	check . rooms
}

@test "an include upward is found" {
	tree
	echo '#include "kvm/kvm.h"' >>core/vm.h
	touch core/kvm/kvm.h
	run -1 check . rooms
	[[ $output == *'core/vm.h:2: core/ may not include core/kvm/kvm.h; rooms:3 allows core/machine'* ]]
}

@test "files that include each other are found, through their sources as well" {
	tree
	echo '#include "base/path.h"' >>generator/base/text.c
	echo '#include "base/text.h"' >generator/base/path.h
	run -1 check . rooms
	[[ $output == *'files include each other: generator/base/path -> generator/base/text -> generator/base/path'* ]]
}

@test "rules that let two folders include each other are found" {
	tree
	sed -i 's|^generator/base:|& generator/emit|' rooms
	run -1 check . rooms
	[[ $output == *'rooms may include each other: generator/base -> generator/emit -> generator/base'* ]]
}

@test "missing files, paths with '..', and folders without a rule are found" {
	tree
	echo '#include "nowhere.h"' >generator/emit/nowhere.c
	echo '#include "../base/text.h"' >generator/emit/above.c
	mkdir other
	touch other/file.c
	run -1 check . rooms
	[[ $output == *'generator/emit/nowhere.c:1: "nowhere.h" is nowhere that compilers look'* ]]
	[[ $output == *'generator/emit/above.c:1: "../base/text.h" is named through ".."'* ]]
	[[ $output == *'other/file.c: rooms has no line for other/'* ]]
	rm -r other generator/base generator/emit
	run -1 check . rooms
	[[ $output == *'rooms:6: there is no such room'* ]]
}
