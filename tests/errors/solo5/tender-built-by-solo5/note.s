	.section .note.solo5.abi, "a", @note
	.balign 4
	.long 6, 16, 0x31494241
	.asciz "Solo5"
	.balign 4
	.long 1, 2, 0, 0
