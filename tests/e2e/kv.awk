# SPDX-License-Identifier: ISC
# kv.awk -- whether a key-value store lost what it acknowledged
#
# Reads, in turn, "= load" and what `kv load` printed until it was killed, and
# "= list" and what `kv list` printed then. Each list must be what was
# acknowledged, with or without the one change that was under way.
# Prints each difference, and at the end how many changes there were.

function apply(operation,  words)
{
	split(operation, words, " ")
	if (words[1] == "put")
		have[words[2]] = words[3]
	else
		delete have[words[2]]
}

function is_as_listed(  key)
{
	for (key in have)
		if (have[key] != listed[key])
			return 0
	for (key in listed)
		if (listed[key] != "" && !(key in have))
			return 0
	return 1
}

function list_end()
{
	if (part != "list")
		return
	lists++
	if (!is_as_listed()) {
		if (pending != "")
			apply(pending)
		if (pending == "" || !is_as_listed()) {
			print "list " lists " is not what was acknowledged"
			failed = 1
		}
	}
	pending = ""
}

$1 == "=" {
	list_end()
	part = $2
	split("", listed)
	next
}
part == "list" { listed[$1] = $2; next }
$1 == "ok" { apply(pending); pending = ""; acknowledged++; next }
$1 == "put" || $1 == "del" { pending = $0; next }
{ print "unexpected: " $0; failed = 1 }
END {
	list_end()
	print acknowledged + 0 " acknowledged, " lists + 0 " lists"
	exit failed
}
