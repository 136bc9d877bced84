/* SPDX-License-Identifier: ISC */
/*
 * solo5_large.c -- 2 MiB each of text, read-only and initialised data, an object of 9 MB, no thread-local variable
 *
 * Exit status 0 if every word is where it belongs, else the number of the check.
 */
#include "solo5.h"

enum { WORDS = 2 << 20 >> 3, FUNCTIONS = 2 << 20 >> 4 };

/* word i of each is i; function i returns i, and takes 16 bytes */
__asm__(
	".section .rodata.large, \"a\"\n\t.balign 8\n"
	"large_rodata:\n\t.set i, 0\n\t.rept 262144\n\t.quad i\n\t.set i, i + 1\n\t.endr\n"
	".section .data.large, \"aw\"\n\t.balign 8\n"
	"large_data:\n\t.set i, 0\n\t.rept 262144\n\t.quad i\n\t.set i, i + 1\n\t.endr\n"
	".section .text.large, \"ax\"\n\t.balign 16\n"
	"large_text:\n\t.set i, 0\n\t.rept 131072\n\tmov $i, %eax\n\tret\n\t.balign 16\n\t.set i, i + 1\n\t.endr\n"
	/* of an object, but not of the guest */
	".section .large_notes, \"\"\n\t.fill 3 << 20, 1, 7\n"
	/* sections without content make no segment */
	".section .tdata, \"awT\", @progbits\n"
	".section .tbss, \"awT\", @nobits\n"
	".section empty_rw, \"aw\"\n"
	".section empty_ro, \"a\"\n"
	".text\n");

extern const uint64_t large_rodata[];
extern uint64_t large_data[];
extern unsigned char large_text[];
static uint64_t zeroes[WORDS];

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	for (unsigned i = 0; i < WORDS; i++) {
		if (large_rodata[i] != i)
			return 1;
		if (large_data[i]++ != i)
			return 2;
		if (zeroes[i])
			return 3;
		zeroes[i] = i;
	}
	for (unsigned i = 0; i < FUNCTIONS; i += 251)
		if (((unsigned (*)(void))(uintptr_t)(large_text + 16 * i))() != i)
			return 4;
	for (unsigned i = 0; i < WORDS; i++)
		if (large_data[i] != i + 1 || zeroes[i] != i)
			return 5;
	/* no variables: a block for them is a thread's own word alone */
	if (solo5_tls_size() > 64 || solo5_tls_init(info->heap_start) != SOLO5_R_OK)
		return 6;
	return 0;
}
