	.section .note.solo5.manifest, "a", @note
	.balign 4
	.long 6, 12 + 104 * 7, 0x3154464d
	.asciz "Solo5"
	.balign 4
	.long 0, 1, 7
	.skip 68
	.long 1 << 30
	.skip 32
	.ascii ""
	.skip 68 - 0
	.long 1
	.skip 32
	.ascii "a b"
	.skip 68 - 3
	.long 1
	.skip 32
	.ascii "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	.skip 68 - 68
	.long 1
	.skip 32
	.ascii "storage"
	.skip 68 - 7
	.long 1
	.skip 32
	.ascii "other"
	.skip 68 - 5
	.long 9
	.skip 32
	.ascii "storage"
	.skip 68 - 7
	.long 2
	.skip 32
