# SPDX-License-Identifier: ISC
# parts.bash -- runs the parts of a test, several at a time, and sums up what their TAP says
#
# The caller sets `limit`, the seconds that one part may take, and `at_once`, how many
# run at a time. Each part gets a TMPDIR of its own, which must be empty afterwards, and leaves no process.

declare -A command=()   # by the part's name

parts_begin()  # NAME: makes the folder $work, which goes when the caller ends, with all processes of the parts
{
	work=$(mktemp -d "${TMPDIR:-/tmp}/ukgen-$1.XXXXXX")
	trap parts_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

parts_processes()  # [NAME]: those of that part, or of all
{
	# what a part executes inherits the mark, so that a process left behind is found
	grep -zlF "UKGEN_TEST_PART=$work/${1:+$1/}" /proc/[0-9]*/environ 2>/dev/null | tr -dc '0-9\n'
}

processes_left()  # NAME: tells of those that the part left; they get a moment to end
{
	local left tries=0 process
	while left=$(parts_processes "$1"); [ -n "$left" ] && [ $tries -lt 20 ]; do
		tries=$((tries + 1))
		sleep 0.2
	done
	for process in $left; do
		echo "not ok $1: left a process: $process $(tr '\0' ' ' <"/proc/$process/cmdline")"
	done 2>/dev/null
}

parts_end()
{
	local left
	# what would start further parts comes first
	for left in "$(jobs -p)" "$(parts_processes)"; do
		# shellcheck disable=SC2086 # a list
		[ -z "$left" ] || kill $left 2>/dev/null
	done
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
	local folder=$work/parts/$1 status passed failed skipped left summary TIMEFORMAT='%1R %U %S'
	mkdir -p "$folder/tmp"
	# the braces take the times, behind what bash says about a program that a signal ended
	{
		time UKGEN_TEST_PART=$work/$1/ TMPDIR=$folder/tmp timeout -k 10 $limit bash -c "${command[$1]}" \
			</dev/null >"$folder/output" 2>"$folder/errors"
	} 2>"$folder/times"
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
	left=$(processes_left "$1")
	if [ -n "$left" ]; then
		echo "$left" >>"$folder/report"
		failed=$((failed + 1))
	fi
	echo "$passed $failed $skipped" >"$folder/counts"
	summary="$1: $passed passed, $failed failed, $skipped skipped"
	summary=${summary/, 0 failed/}
	awk -v summary="${summary/, 0 skipped/}" '/^[0-9.]+ [0-9.]+ [0-9.]+$/ { real = $1; processor = $2 + $3 }
		END { printf "%s (%.1f s, of the processor %.1f s)\n", summary, real, processor }' "$folder/times" >>"$folder/report"
	flock "$work" cat "$folder/report"
}

parts_run()  # NAME...
{
	local name
	for name; do
		# wait may return at once, for a part of an earlier call
		while [ "$(jobs -rp | wc -l)" -ge $at_once ]; do
			wait -n
		done
		part_run "$name" &
	done
	wait
}

parts_sum()  # prints which tests failed, then "N passed, N failed, N skipped" of all that ran; 1 if any failed
{
	find "$work/parts" -type f -name report -exec sed -n 's/^not ok/failed:/p' {} +
	find "$work/parts" -name counts -exec cat {} + | awk '
		{ passed += $1; failed += $2; skipped += $3 }
		END {
			printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
			exit failed != 0
		}'
}
