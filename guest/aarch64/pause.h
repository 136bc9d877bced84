/* SPDX-License-Identifier: ISC */
/* pause.h -- spin-loop hint; lets the sibling hyperthread run */
#ifndef PAUSE_H
#define PAUSE_H

static inline void processor_pause(void)
{
	__asm__ volatile("yield");
}

#endif
