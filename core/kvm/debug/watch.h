/* SPDX-License-Identifier: ISC */
/* watch.h -- the processor's watchpoints: watch.c allocates them, ARCH/debug/watch_registers.c loads them */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <stdint.h>

enum { WATCHES_MAX = 4, WATCH_SIZE_MAX = 8 };

/* the part of a watched range that one watchpoint register covers */
struct watch {
	uint64_t address;
	unsigned size;                  /* bytes; 0: free */
	bool reads;
};

extern struct watch watches[WATCHES_MAX];

/* true if any is set: a debug exception may then be a watchpoint */
bool watches_used(void);

/* --- of the architecture --- */

/* the number of watchpoint registers, at most WATCHES_MAX */
extern const unsigned watch_count;

/* bytes at the start of a range that one watchpoint can take: at least 1, at most WATCH_SIZE_MAX */
unsigned watch_part(uint64_t address, uint64_t size);

/* loads watches into the processor */
void watches_load(void);

/* an instruction that writes the byte 8 below the stack pointer, and no register */
extern const uint8_t watch_probe[];
extern const unsigned watch_probe_size;

#endif
