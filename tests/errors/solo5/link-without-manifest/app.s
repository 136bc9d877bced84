	.globl solo5_app_main
solo5_app_main:
	ret
	.section .note.GNU-stack, ""
