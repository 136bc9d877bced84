/* SPDX-License-Identifier: ISC */
/* watchpoint.h -- stops the guest when data is written or read: by the processor where possible, else by stepping */
#ifndef WATCHPOINT_H
#define WATCHPOINT_H

#include <stdbool.h>
#include <stdint.h>

enum watchpoint_result { WATCHPOINT_SET, WATCHPOINT_TOO_MANY, WATCHPOINT_NEVER };

/* reads: stop at reads, too, which only a processor can detect; WATCHPOINT_NEVER if it can't */
enum watchpoint_result watchpoint_add(uint64_t address, uint64_t size, bool reads);
void watchpoint_remove(uint64_t address, uint64_t size, bool reads);
void watchpoints_clear(void);

/* before the guest's first instruction: whether the processor watches; and the answer */
void watchpoints_test(void);
bool watchpoints_work(void);

/* true if some of them need the guest to be stepped */
bool watchpoints_step(void);

/* after a step: true if a value watched by stepping has changed */
bool watchpoints_changed(uint64_t *address);

#endif
