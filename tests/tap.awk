# SPDX-License-Identifier: ISC
# tap.awk -- counts the results in a TAP stream, and prints the failures with what was said about them
#
# usage: awk -v part=NAME -v status=EXIT-STATUS -f tests/tap.awk
#
# Prints "# skipped" lines, failures, and last "= PASSED FAILED SKIPPED". A stream
# that ends before its plan is fulfilled, that plans nothing, or whose program
# failed without a failed test is a failure too: a test must not vanish.

function fail(what)
{
	failed++
	print "not ok " part ": " what
}

# what a program prints before its result may explain a failure
function forget()
{
	said = ""
}

/^1\.\.[0-9]+/ {
	planned += substr($1, 4)
	plans++
	if (/^1\.\.0.*# *[Ss][Kk][Ii][Pp]/) {
		skipped++
		sub(/^.*# *[Ss][Kk][Ii][Pp][^ ]* */, "")
		print "# skipped: " part ": " $0
	}
	next
}

/^(not )?ok([ \t]|$)/ {
	results++
	explaining = 0
	good = !/^not /
	name = $0
	sub(/^(not )?ok *[0-9]* *(- *)?/, "", name)
	# cmocka has "not ok" before a skipped test
	if (match(name, /# *[Ss][Kk][Ii][Pp]/)) {
		skipped++
		reason = substr(name, RSTART + RLENGTH)
		sub(/^[ :]*/, "", reason)
		name = substr(name, 1, RSTART - 1)
		sub(/ *$/, "", name)
		print "# skipped: " part ": " name (name == "" ? "" : ": ") reason
	} else if (good) {
		passed++
	} else {
		fail(name)
		printf "%s", said
		explaining = 1
	}
	forget()
	next
}

# cmocka's verdict on a whole group follows its tests
/^TAP version/ || /^# (not )?ok - / { next }

# after a failure its explanation follows; anything else is kept until a result comes
explaining { print "    " $0; next }
{ said = said "    " $0 "\n" }

END {
	if (!plans)
		fail("printed no plan, ended with status " status)
	else if (results != planned)
		fail("planned " planned " tests, ran " results + 0 ", ended with status " status)
	if (status != 0 && !failed)
		fail(status == 124 ? "ran out of time" : "ended with status " status)
	if (said != "" && (failed && !explaining))
		printf "%s", said
	print "= " passed + 0 " " failed + 0 " " skipped + 0
}
