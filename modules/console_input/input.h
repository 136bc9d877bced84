/* SPDX-License-Identifier: ISC */
/* input.h -- what host and guest half of console_input share in guest memory */
#ifndef INPUT_H
#define INPUT_H

#include <stdint.h>

struct console_input {
	uint32_t state;         /* INPUT_ */
};

enum {
	INPUT_IDLE,             /* the guest does not wait for input */
	INPUT_WANTED,           /* the guest found none, and wants to know when there is; set by the guest */
	INPUT_READY,            /* there is, or it is at its end; set by the host while the guest sleeps */
};

/* what console_read returns if there is nothing yet; else how many bytes it read, 0 at the end of input */
#define CONSOLE_INPUT_AGAIN (-1)

#endif
