	.section .note.solo5.manifest, "a", @note
	.balign 4
	.long 6, 12 + 104 * 1, 0x3154464d
	.asciz "Solo5"
	.balign 4
	.long 0, 1, 0
	.skip 68
	.long 1 << 30
	.skip 32
