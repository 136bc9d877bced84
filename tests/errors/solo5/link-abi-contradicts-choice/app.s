	.globl solo5_app_main
solo5_app_main:
	ret
	.section .note.GNU-stack, ""
	.section .note.solo5.manifest, "a", @note
	.balign 4
	.long 6, 12 + 104 * 1, 0x3154464d
	.asciz "Solo5"
	.balign 4
	.globl __solo5_mft1_note
__solo5_mft1_note = . - 20
	.long 0, 1, 1
	.skip 68
	.long 1 << 30
	.skip 32
