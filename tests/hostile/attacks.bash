# SPDX-License-Identifier: ISC
# attacks.bash -- lists the attacks for a processor, and judges how one ended; see hostile.h
#
# Sourced by what runs them, after tests/files.bash; the appliance is called hostile.
# HOSTILE is this folder.

shopt -s extglob
HOSTILE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

# attack_sources ARCH: the files that hold its attacks
attack_sources()
{
	ls "$HOSTILE"/any/*.c "$HOSTILE/$1"/*.c
}

# attacks SOURCE...: names of the attacks in those files
attacks()
{
	sed -n 's/^\(ATTACK\|INSTRUCTION\)(\([a-z0-9_]*\).*/\2/p' "$@"
}

# attack_expected ARCH SOURCE NAME: the status, then patterns of the lines; nothing if it isn't said
attack_expected()
{
	awk -v arch="$1" -v name="$3" '
		/^(\/\*| \*) (x86_64|aarch64|any): / {
			sub(/ \*\/$/, "")
			if (!comment)
				expected = ""
			comment = 1
			for_whom = $2
			sub(/^(\/\*| \*) [a-z0-9_]+: /, "")
			if (for_whom == arch ":" || for_whom == "any:") {
				status = $1
				if (sub(/^\+ /, ""))
					expected = expected "\n" $0
				else {
					sub(/^[0-9|]+ ?/, "")
					expected = status ($0 == "" ? "" : "\n" $0)
				}
			}
			next
		}
		$0 ~ "^(ATTACK|INSTRUCTION)\\(" name "[,)]" { if (expected != "") print expected; exit }
		{ comment = 0 }' "$2"
}

# attack_pattern STATUS EXPECTED...: the pattern of all that the appliance says, from attack_expected's lines
attack_pattern()
{
	[ $# != 2 ] && [ "$1" != 0 ] || return 0
	printf 'hostile: %s' "$3"
	[ $# = 3 ] || printf '\nhostile: %s' "${@:4}"
	# more of a report may follow
	printf '?(\n*)'
}

# attack_verdict ARCH SOURCE NAME STATUS OUTPUT: true, or what is wrong on standard output
attack_verdict()
{
	local expected pattern
	mapfile -t expected < <(attack_expected "$1" "$2" "$3")
	[ ${#expected[@]} != 0 ] || { echo "$3: its source does not say how it must end on $1"; return 1; }
	pattern=$(attack_pattern "$4" "${expected[@]}")
	# shellcheck disable=SC2053 # patterns
	[[ $4 == @(${expected[0]}) && $5 == $pattern ]] && return
	printf '%s: status %s, and said:\n%s\nexpected: %s, and:\n%s\n' "$3" "$4" "$5" "${expected[0]}" "$pattern"
	return 1
}

# attacks_list ARCH FOLDER: writes FOLDER/attacks.def, which main.c includes; one that is the same keeps its time
attacks_list()
{
	local sources
	mapfile -t sources < <(attack_sources "$1")
	attacks "${sources[@]}" | sed 's/.*/X(&)/' | file_replace "$2/attacks.def"
}
