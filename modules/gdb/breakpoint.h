/* SPDX-License-Identifier: ISC */
/* breakpoint.h -- breakpoints in the guest's code, and access to guest memory that doesn't see them */
#ifndef BREAKPOINT_H
#define BREAKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* false if nothing is mapped there, or there are too many */
bool breakpoint_add(uint64_t address);
void breakpoint_remove(uint64_t address);
bool breakpoint_is_at(uint64_t address);
void breakpoints_clear(void);

/* memory without breakpoints; returns the number of bytes copied */
size_t memory_read(uint64_t address, void *to, size_t size);
size_t memory_write(uint64_t address, const void *from, size_t size);

#endif
