/* SPDX-License-Identifier: ISC */
/*
 * memory.h -- guest memory as the monitor sees it
 *
 * One reserved range of host addresses holds all of it, guest-physical address
 * a at memory.base + a, with inaccessible pages below, between and above. On the
 * process host memory.base is 0.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/arrangement.h"

struct memory {
	uint8_t *base;
	uint64_t size;          /* --mem: what the guest may cause the host to spend */
	struct arrangement arrangement;
	uint64_t stack_top;     /* the guest's address where its stack begins; words lie above */
};

extern struct memory memory;

/* lays out the image, heap and stack for memory.size bytes; fails if they don't fit */
void memory_create(void);

/* prints "stack overflow" if address, which the guest trapped on, lies in the page below its stack */
void memory_fault_explain(uint64_t address);

enum guest_access { GUEST_READ, GUEST_WRITE };

/*
 * The host address of count elements at a guest address. Ends the guest, with
 * call and parameter in the message, if they are not wholly in memory that the
 * guest itself may read (write).
 */
void *guest_buffer(const char *call, const char *parameter, uint64_t address,
		   uint64_t count, size_t element, enum guest_access access);

#endif
