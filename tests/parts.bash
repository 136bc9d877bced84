# SPDX-License-Identifier: ISC
# parts.bash -- runs the parts of a test, two at a time, and sums up what their TAP says
#
# Each part gets a TMPDIR of its own, which must be empty afterwards.

limit=900               # seconds for one part
declare -A command      # by the part's name

parts_begin()  # NAME: makes the folder $work, which goes when the caller ends, with all processes of the parts
{
	work=$(mktemp -d "${TMPDIR:-/tmp}/ukgen-$1.XXXXXX")
	# every process of the parts inherits this, so that one left behind is found
	export UKGEN_TEST_RUN=$work
	trap parts_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

parts_processes()
{
	# only what was executed since has the mark there, not this shell and its forks
	UKGEN_TEST_RUN='' grep -zlxF "UKGEN_TEST_RUN=$work" /proc/[0-9]*/environ 2>/dev/null |
		UKGEN_TEST_RUN='' tr -dc '0-9\n'
}

parts_end()
{
	local left
	left=$(parts_processes)
	# shellcheck disable=SC2086 # a list
	[ -z "$left" ] || kill $left
	rm -rf "$work"
}

part()  # LIST NAME COMMAND...: NAME goes to the end of the array LIST
{
	local -n list=$1
	list+=("$2")
	command[$2]=$(printf '%q ' "${@:3}")
}

part_run()  # NAME: prints its report at once, when it is complete
{
	local folder=$work/parts/$1 status began=$EPOCHREALTIME passed failed skipped summary
	mkdir -p "$folder/tmp"
	# the braces take what bash says about a program that a signal ended
	{
		TMPDIR=$folder/tmp timeout -k 10 $limit bash -c "${command[$1]}" \
			</dev/null >"$folder/output" 2>"$folder/errors"
	} 2>/dev/null
	status=$?
	{
		cat "$folder/output"
		sed 's/^/# /' "$folder/errors"
	} | awk -v part="$1" -v status=$status -f tests/tap.awk >"$folder/report"
	read -r _ passed failed skipped < <(tail -n 1 "$folder/report")
	sed -i '$d' "$folder/report"
	if [ -n "$(ls -A "$folder/tmp")" ]; then
		echo "not ok $1: left in TMPDIR: $(ls -A "$folder/tmp" | tr '\n' ' ')" >>"$folder/report"
		failed=$((failed + 1))
	fi
	echo "$passed $failed $skipped" >"$folder/counts"
	summary="$1: $passed passed, $failed failed, $skipped skipped"
	summary=${summary/, 0 failed/}
	awk -v summary="${summary/, 0 skipped/}" -v began="$began" -v ended="$EPOCHREALTIME" \
		'BEGIN { printf "%s (%.1f s)\n", summary, ended - began }' >>"$folder/report"
	flock "$work" cat "$folder/report"
}

parts_run()  # NAME...
{
	local running=0 name
	for name; do
		if [ $running -ge 2 ]; then
			wait -n
			running=$((running - 1))
		fi
		part_run "$name" &
		running=$((running + 1))
	done
	wait
}

parts_sum()  # prints "N passed, N failed, N skipped" of all that ran; 1 if any failed
{
	find "$work/parts" -name counts -exec cat {} + | awk '
		{ passed += $1; failed += $2; skipped += $3 }
		END {
			printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
			exit failed != 0
		}'
}
