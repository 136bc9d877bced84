/* SPDX-License-Identifier: ISC */
/* guard.c -- landing pads in the monitor's own text */
#include <sys/mman.h>

#include "arch.h"

/* fails where the processor has no BTI, which needs no guard then */
void arch_text_guard(void *text, size_t size)
{
	mprotect(text, size, PROT_READ | PROT_EXEC | PROT_BTI);
}
