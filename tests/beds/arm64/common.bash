# SPDX-License-Identifier: ISC
# common.bash -- what the tests on 64-bit ARM share: appliances built here, many commands in one boot of the bed
#
# A test file calls appliance_build and check, then commands_run once for each
# processor, which prints TAP. Commands run under busybox's sh in the appliances'
# folder; a check passes if exit status and output match.

TOP=$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/../../..")
UKGEN=${UKGEN:-$TOP/build/ukgen}
. "$TOP/tests/files.bash"
HOST=${HOST:-kvm}
folder=${KEEP:-$TOP/build/beds/appliances}/arm64-$HOST
mkdir -p "$folder/bin"

only='*'                # which processors the next checks are for: a pattern
descriptions=() processors=() statuses=() patterns=() commands=()
number=0

# manifest_make NAME FIELD...: writes NAME.manifest, prints its path; a FIELD is '"key": value'
manifest_make()
{
	manifest_write "$folder" "$@"
}

# appliance_build NAME UKGEN-ARGUMENT...: builds an appliance that commands call ./NAME
appliance_build()
{
	"$UKGEN" --arch=aarch64 --host=$HOST -o "$folder/bin/$1" -B "$folder/$1.build" "${@:2}" >&2 || exit 1
}

# check DESCRIPTION STATUS PATTERN COMMAND: PATTERN is bash's, for all that the command prints on both streams
check()
{
	descriptions+=("$1") processors+=("$only") statuses+=("$2") patterns+=("$3") commands+=("$4")
}

# check_kvm ...: the same, for what only a virtual machine has
check_kvm()
{
	[ $HOST != kvm ] || check "$@"
}

check_process()
{
	[ $HOST != process ] || check "$@"
}

# the shell program that the bed runs: each command in its own process, between lines with its number
program_make()
{
	local i
	echo '#!/bin/sh'
	for i in "${!commands[@]}"; do
		cat <<-END
			echo "=== $i"
			(
			${commands[$i]}
			) >output 2>&1 </dev/null
			status=\$?
			cat output
			echo
			echo "=== \$status"
		END
	done
}

# commands_run CPU BED-OPTION...: boots once, prints a TAP line for each check
commands_run()
{
	local cpu=$1 i line output status=
	local -A outputs=() ended=()
	program_make >"$folder/program"
	i=
	output=
	while IFS= read -r line; do
		case $line in
		"=== "*)
			if [ -z "$i" ]; then
				i=${line#=== } output=
			else
				# the newline before the frame belongs to the frame
				outputs[$i]=${output%$'\n'} ended[$i]=${line#=== } i=
			fi ;;
		*)
			output+=$line$'\n' ;;
		esac
	done < <("$TOP/tests/beds/run" -a arm64 -c "$cpu" -t 240 -d "$folder/bin" "${@:2}" "$folder/program" 2>&1)
	for i in "${!commands[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $cpu == ${processors[$i]} ]] || continue
		number=$((number + 1))
		output=${outputs[$i]-}
		output=${output%$'\n'}
		status=${ended[$i]-none}
		# shellcheck disable=SC2053 # a pattern
		if [ "$status" = "${statuses[$i]}" ] && [[ $output == ${patterns[$i]} ]]; then
			echo "ok $number - ${cpu%%,*}: ${descriptions[$i]}"
		else
			echo "not ok $number - ${cpu%%,*}: ${descriptions[$i]}"
			printf 'status %s, expected %s; expected output:\n%s\ngot:\n%s\n' \
				"$status" "${statuses[$i]}" "${patterns[$i]}" "$output" | sed 's/^/# /'
		fi
	done
}
