# SPDX-License-Identifier: ISC
# assembly.awk -- adds landing pads to musl's assembly for AArch64; without them, no page of a guest could be guarded
#
# A function begins with one ("bti c", which processors without them take for a
# no-op), and the note says that all of the object does. What returns does so by
# "ret": "br" to a place behind a call, as in longjmp, would need a pad there, too.
$1 == "br" && $2 == "x30" { print "\tret"; next }
{ print }
/^\.global / { global[$2] = 1 }
/^[A-Za-z_0-9]+:/ {
	name = $1
	sub(/:.*/, "", name)
	if (name in global)
		print "\thint 34"
}
END {
	print ".section .note.gnu.property, \"a\""
	print ".balign 8"
	print ".long 4, 16, 5"
	print ".asciz \"GNU\""
	print ".long 0xc0000000, 4, 1, 0"
}
