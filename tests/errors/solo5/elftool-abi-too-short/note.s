	.section .note.solo5.abi, "a", @note
	.long 6, 4, 0x31494241
	.asciz "Solo5"
	.balign 4
	.long 1
