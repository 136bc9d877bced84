/* SPDX-License-Identifier: ISC */
/* block/rate.h -- limits of what passes in a second; without BLOCK_RATE nothing of it is compiled */
#ifndef RATE_H
#define RATE_H

#include <stdbool.h>
#include <stdint.h>

bool rate_is_limited(uint64_t device);

/* waits until one more call may be made; false: the guest is to end */
bool rate_call(uint64_t device);

/* waits until some of size bytes may pass: how many; 0: the guest is to end */
uint64_t rate_bytes(uint64_t device, uint64_t size);

/* that many passed */
void rate_passed(uint64_t device, uint64_t bytes);

#endif
