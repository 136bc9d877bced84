#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# project.bats -- the project itself: documents name what is there, commits have the form that CONTRIBUTING.md asks for

load common

# commits_check: reads what `git log --format=%h%x09%s%x09%b%x00` prints; says which commits have another form
commits_check()
{
	local hash subject body
	while IFS=$'\t' read -rd '' hash subject body; do
		hash=${hash#$'\n'}
		[[ $subject =~ ^[a-z0-9_./,\ -]+:\ [A-Z] ]] || echo "$hash: \"$subject\" is not \"area: Imperative ...\""
		[ ${#subject} -le 72 ] || echo "$hash: \"$subject\" has more than 72 characters"
		[[ $body =~ [a-z] ]] || echo "$hash: \"$subject\" has no body that says why"
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

@test "files and folders that documents name are there" {
	cd "$TOP"
	for document in *.md docs/*.md tests/README.md; do
		for name in $(names_of "$document"); do
			# an example's own page names its files from there
			[ -e "$name" ] || compgen -G "examples/*/$name" >/dev/null || { echo "$document: $name is not there"; missing=1; }
		done
	done
	[ -z "${missing:-}" ]
}

@test "the architecture names every folder, and functions that exist" {
	cd "$TOP"
	for folder in generator core/machine core guest guest/include guest/libraries modules templates; do
		grep -qF "$folder/" docs/architecture.md || { echo "$folder is not named"; false; }
	done
	for function in $(grep -oE '`[a-z]+(_[a-z0-9]+)+`' docs/architecture.md | tr -d '`' | sort -u); do
		grep -rqE "\b$function\b" core guest modules generator || { echo "$function is not there"; missing=1; }
	done
	[ -z "${missing:-}" ]
}
