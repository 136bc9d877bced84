# SPDX-License-Identifier: ISC
# kv.awk -- whether a key-value store lost what it acknowledged
#
# Reads what `kv load` printed, run after run, each but the last ended by force.
# What a run finds, from its first "has" to "ready", must be what was acknowledged
# before, with or without the one change that was under way. Prints each
# difference, and at the end how many changes and complete lists there were.

function apply(change,  words)
{
	split(change, words, " ")
	if (words[1] == "put")
		have[words[2]] = words[3]
	else
		delete have[words[2]]
}

function is_as_found(  key)
{
	for (key in have)
		if (have[key] != found[key])
			return 0
	for (key in found)
		if (found[key] != "" && !(key in have))
			return 0
	return 1
}

$1 == "run" { split("", found); next }
$1 == "has" { found[$2] = $3; next }
$1 == "ready" {
	lists++
	if (!is_as_found() && pending != "")
		apply(pending)
	if (!is_as_found()) {
		print "run " lists " found something else than was acknowledged"
		failed = 1
	}
	pending = ""
	next
}
$1 == "ok" { apply(pending); pending = ""; changes++; next }
$1 == "put" || $1 == "del" { pending = $0; next }
{ print "unexpected: " $0; failed = 1 }
END {
	print changes + 0 " acknowledged, " lists + 0 " lists"
	exit failed
}
