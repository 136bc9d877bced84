/* SPDX-License-Identifier: ISC */
/* pause.h -- for who looks again and again: the core's other thread, where the monitor may run, gets on meanwhile */
#ifndef PAUSE_H
#define PAUSE_H

static inline void processor_pause(void)
{
	__builtin_ia32_pause();
}

#endif
