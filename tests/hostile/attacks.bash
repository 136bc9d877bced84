# SPDX-License-Identifier: ISC
# attacks.bash -- lists a processor's attacks, and checks how one ended; see hostile.h
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

# attacks_read ARCH: the attacks' names in the array `attacks`; by name the file's path below HOSTILE,
# the exit statuses, and a pattern for all output of the appliance when its status isn't 0, after "hostile: ABORT: "
attacks_read()
{
	local host=none sources file name status pattern
	mapfile -t sources < <(attack_sources "$1")
	[ ! -d /sys/module/kvm_pvm ] || host=pvm
	[ "${HOST:-kvm}" != process ] || host=process
	attacks=()
	declare -gA attack_source=() attack_status=() attack_pattern=()
	while IFS=$'\x1f' read -r file name status pattern; do
		attacks+=("$name")
		attack_source[$name]=${file#"$HOSTILE"/}
		attack_status[$name]=$status
		attack_pattern[$name]=${pattern//$'\x1e'/$'\n'}
	done < <(awk -v arch="$1" -v host=$host '
		FNR == 1 { comment = 0; status = pattern = "" }
		/^(\/\*| \*) (x86_64|aarch64|any|pvm|process): / {
			for_whom = $2
			if (!comment || (for_whom == host ":" && for_whom != before))
				status = pattern = ""
			comment = 1
			before = for_whom
			sub(/ \*\/$/, "")
			sub(/^(\/\*| \*) [a-z0-9_]+: /, "")
			if (for_whom != arch ":" && for_whom != "any:" && for_whom != host ":")
				next
			if ($1 != "+")
				status = $1
			sub(/^(\+|[0-9|]+) ?/, "")
			if ($0 != "")
				pattern = pattern (pattern == "" ? "hostile: ABORT: " : "\036hostile: ") $0
			next
		}
		{ comment = 0 }
		/^(ATTACK|INSTRUCTION)\(/ {
			split($0, parts, /[(),]/)
			# more of a report may follow
			printf "%s\037%s\037%s\037%s\n", FILENAME, parts[2], status, pattern (pattern == "" ? "" : "?(\036*)")
		}' "${sources[@]}")
}

# attack_verdict NAME STATUS OUTPUT: true, or what is wrong on standard output
attack_verdict()
{
	local pattern=${attack_pattern[$1]}
	[ "$2" != 0 ] || pattern=
	# shellcheck disable=SC2053 # patterns
	[[ $2 == @(${attack_status[$1]}) && $3 == $pattern ]] && return
	printf '%s: status %s, and said:\n%s\nexpected: %s, and:\n%s\n' "$1" "$2" "$3" "${attack_status[$1]}" "$pattern"
	return 1
}

# attacks_list FOLDER: writes FOLDER/attacks.def, which main.c includes, and FOLDER/low.h, unless they are there with the same content
attacks_list()
{
	local places="BOOT_INFO = 0x10000, ARGUMENTS = 0x11000, IMAGE = 0x100000"
	[ "${HOST:-kvm}" != process ] || places="BOOT_INFO = 0x100d0440, ARGUMENTS = 0x100d0400, IMAGE = 0x10100000"
	printf 'X(%s)\n' "${attacks[@]}" | file_replace "$1/attacks.def"
	echo "enum { $places };" | file_replace "$1/low.h"
}
