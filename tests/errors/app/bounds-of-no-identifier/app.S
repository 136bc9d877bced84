/* what would be a statement of a linker script */
.text
.globl solo5_app_main
solo5_app_main:
	.reloc ., BFD_RELOC_64, "__start_x : { INCLUDE secret } y"
	.quad 0
