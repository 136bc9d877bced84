/* SPDX-License-Identifier: ISC */
/* guard.c -- landing pads in the monitor's own text */
#include <sys/mman.h>

#include "arch.h"

/* without BTI the kernel refuses; then there is nothing to guard */
void arch_text_guard(void *text, size_t size)
{
	mprotect(text, size, PROT_READ | PROT_EXEC | PROT_BTI);
}
