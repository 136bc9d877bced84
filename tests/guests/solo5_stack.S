/* SPDX-License-Identifier: ISC */
/* solo5_stack.S -- asks for an executable stack, as an object made for nested functions does */
	.section .note.GNU-stack, "x", @progbits
