/* SPDX-License-Identifier: ISC */
/* watchpoint.h -- stops the guest when data is written or read: by the processor where it can, else by stepping */
#ifndef WATCHPOINT_H
#define WATCHPOINT_H

#include <stdbool.h>
#include <stdint.h>

enum watchpoint_result { WATCHPOINT_SET, WATCHPOINT_TOO_MANY, WATCHPOINT_NEVER };

/* reads: reading counts, too, which only a processor can see; WATCHPOINT_NEVER then, if it can't */
enum watchpoint_result watchpoint_add(uint64_t address, uint64_t size, bool reads);
void watchpoint_remove(uint64_t address, uint64_t size, bool reads);
void watchpoints_clear(void);

/* before the guest's first instruction: whether the processor watches; and the answer */
void watchpoints_test(void);
bool watchpoints_work(void);

/* true if the guest must be stepped for some of them */
bool watchpoints_step(void);

/* after a step: true if one of those has another value than before */
bool watchpoints_changed(uint64_t *address);

#endif
