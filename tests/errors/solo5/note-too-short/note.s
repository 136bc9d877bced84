	.section .note.solo5.manifest, "a", @note
	.long 6, 8, 0x3154464d
	.asciz "Solo5"
	.balign 4
	.long 0, 1
