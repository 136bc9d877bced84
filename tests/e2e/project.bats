#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# project.bats -- the project itself: documents name existing files, commits have the form of CONTRIBUTING.md

load common

# changes_text HASH: the commit changes documents alone, and may be plain without a body
changes_text()
{
	local names
	names=$(git diff-tree --no-commit-id --name-only -r "$1" 2>/dev/null) && [ -n "$names" ] &&
		! grep -qvE '\.md$|^docs/' <<<"$names"
}

# commits_check: reads what `git log --format=%h%x09%s%x09%b%x00` prints; says which commits have another form
commits_check()
{
	local hash subject body
	while IFS=$'\t' read -rd '' hash subject body; do
		hash=${hash#$'\n'}
		[[ $subject =~ ^[a-z0-9_./,\ -]+:\ [A-Z] ]] || echo "$hash: \"$subject\" is not \"area: Imperative ...\""
		[ ${#subject} -le 72 ] || echo "$hash: \"$subject\" has more than 72 characters"
		[[ $body =~ [a-z] ]] || changes_text "$hash" || echo "$hash: \"$subject\" has no body that says why"
	done
}

commit_print()  # SUBJECT BODY: as git log does
{
	printf '1234567\t%s\t%s\0\n' "$1" "$2"
}

# links_of FILE...: FILE:TARGET for each link to a file
links_of()
{
	grep -oHE '\]\([^)#]+' "$@" | grep -v '://' | sed 's/\](//'
}

# names_of FILE: paths in the text that begin with a folder of the project, without those that have a placeholder
names_of()
{
	grep -oP '(?<![/\w.])(bench|core|deps|docs|examples|generator|guest|modules|opam|templates|tests)/[A-Za-z0-9_./*-]*' "$1" |
		grep -vE '\b(ARCH|HOST|NAME|MISTAKE|AREA)\b|_NAME|process_|\*|ukgen-build' | sed 's/[.-]*$//' | sort -u
}

@test "every commit since this test exists has the form area: Imperative, and a body" {
	need git
	cd "$TOP"
	git rev-parse --git-dir >/dev/null 2>&1 || skip "not a Git repository"
	first=$(git log --diff-filter=A --format=%H -- tests/e2e/project.bats | tail -n 1)
	git rev-parse -q --verify "$first^" >/dev/null || skip "this file is not committed, or the history is cut off"
	git log --no-merges --format=%h%x09%s%x09%b%x00 "$first^.." >"$BATS_TEST_TMPDIR/log"
	[ -s "$BATS_TEST_TMPDIR/log" ]
	run commits_check <"$BATS_TEST_TMPDIR/log"
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "other forms of commits are found" {
	[ -z "$(commit_print 'net: Fix missed wake-up' 'Since the guest slept.' | commits_check)" ]
	[ -n "$(commit_print 'Fix missed wake-up' 'Since the guest slept.' | commits_check)" ]
	[ -n "$(commit_print 'net: fix missed wake-up' 'Since the guest slept.' | commits_check)" ]
	[ -n "$(commit_print 'net: Fix missed wake-up' '' | commits_check)" ]
	[ -n "$(commit_print "net: Fix $(printf '%070d' 0)" 'Since the guest slept.' | commits_check)" ]
}

@test "links in documents lead to files" {
	cd "$TOP"
	links_of *.md docs/*.md tests/*.md >"$BATS_TEST_TMPDIR/links"
	[ -s "$BATS_TEST_TMPDIR/links" ]
	while IFS=: read -r file target; do
		[ -e "$(dirname "$file")/$target" ] || { echo "$file: $target is not there"; false; }
	done <"$BATS_TEST_TMPDIR/links"
}

@test "files and folders that documents name exist" {
	cd "$TOP"
	for document in *.md docs/*.md tests/README.md; do
		for name in $(names_of "$document"); do
			# an example's own page names its files from there
			[ -e "$name" ] || compgen -G "examples/*/$name" >/dev/null || { echo "$document: $name is not there"; missing=1; }
		done
	done
	[ -z "${missing:-}" ]
}

@test "docs/architecture.md names every folder, and only functions that exist" {
	cd "$TOP"
	for folder in generator core/machine core guest guest/include guest/libraries modules templates; do
		grep -qF "$folder/" docs/architecture.md || { echo "$folder is not named"; false; }
	done
	for function in $(grep -oE '`[a-z]+(_[a-z0-9]+)+`' docs/architecture.md | tr -d '`' | sort -u); do
		grep -rqE "\b$function\b" core guest modules generator || { echo "$function is not there"; missing=1; }
	done
	[ -z "${missing:-}" ]
}

# all_named FILE PATTERN: every line on standard input, put in PATTERN for %, is found in FILE; there is at least one
all_named()
{
	local word found=0 missing=0
	while read -r word; do
		found=1
		grep -qE -e "${2//%/$word}" "$1" || { echo "$1: $word is not there"; missing=1; }
	done
	[ $found = 1 ] && [ $missing = 0 ]
}

@test "docs/adding-a-host.md names all that core/vm.h asks of a host" {
	cd "$TOP"
	local function functions
	functions=$(grep -oE '\bvm_[a-z_]+\(' core/vm.h | tr -d '(')
	[ "$(wc -l <<<"$functions")" -gt 10 ]
	for function in $functions; do
		grep -q "\`$function\`" docs/adding-a-host.md || { echo "$function is not there"; missing=1; }
	done
	[ -z "${missing:-}" ]
}

@test "docs/commands.md has every command of ukgen and its options" {
	cd "$TOP"
	"$UKGEN" --help >"$BATS_TEST_TMPDIR/help"
	sed -n '/^commands/,$s/^  \([a-z]*\)  .*/\1/p' "$BATS_TEST_TMPDIR/help" | all_named docs/commands.md 'build/ukgen % '
	grep -oE -e '^  --?[A-Za-z]+' "$BATS_TEST_TMPDIR/help" | grep -v -e --help | all_named docs/commands.md ' %[ =]'
}

@test "docs/commands.md has every option of every module" {
	cd "$TOP"
	cat core/core.mod core/*/core.mod modules/*/*.mod | sed -n 's/^option *\(--[a-z-]*\).*/\1/p' |
		all_named docs/commands.md '%([^a-z-]|$)'
}

@test "the reference is what its sources say" {
	cd "$TOP"
	cp -r docs/reference "$BATS_TEST_TMPDIR"
	rm "$BATS_TEST_TMPDIR"/reference/*.md
	docs/reference/make "$BATS_TEST_TMPDIR/reference"
	diff -r docs/reference "$BATS_TEST_TMPDIR/reference" || { echo "docs/reference is stale: ninja reference"; false; }
	# every function that a header declares has an entry
	for header in guest/include/{solo5,uk}.h guest/libraries/lwip/uk_lwip.h; do
		grep -oE '^[a-z].*[ *](solo5|uk)_[a-z0-9_]+\(' "$header" | sed 's/($//; s/.*[ *]//' |
			all_named "docs/reference/$(basename "$header" .h).md" '^## .*\b%\b'
	done
}

@test "the manifest's reference has every key" {
	cd "$BATS_TEST_TMPDIR"
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "x", "zzzzzzzzzzzzzzzzzz": 1 }' >x.manifest
	run "$UKGEN" x.manifest
	grep -oE '"[a-z]+"' <<<"${output#*accepted are }" | tr -d '"' | all_named "$TOP/docs/reference/manifest.md" '^% '
}

@test "README shows what inspect prints" {
	[ "$(uname -m)" = x86_64 ] || skip "README shows it on x86-64"
	cd "$TOP"
	sed -n '/^    hello for x86-64/,/^[^ ]/s/^    //p' README.md | grep -vxF ... | sed 's/ made by ukgen .*//' >"$BATS_TEST_TMPDIR/shown"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/shown")" -gt 10 ]
	"$UKGEN" -B "$BATS_TEST_TMPDIR/b" examples/hello/app.manifest
	"$UKGEN" inspect "$BATS_TEST_TMPDIR/b/hello" | sed 's/ made by ukgen .*//' >"$BATS_TEST_TMPDIR/printed"
	while IFS= read -r line; do
		grep -qxF -e "$line" "$BATS_TEST_TMPDIR/printed" || { echo "ukgen inspect doesn't print: $line"; missing=1; }
	done <"$BATS_TEST_TMPDIR/shown"
	[ -z "${missing:-}" ]
}

@test "every document is in README's list" {
	cd "$TOP"
	ls docs/*.md | all_named README.md '\(%\)'
}

@test "tests/README.md names every folder of tests" {
	cd "$TOP/tests"
	ls -d */ | all_named README.md '^[|] %'
}
