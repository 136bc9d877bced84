/* SPDX-License-Identifier: ISC */
/* input.h -- guest memory that host and guest half of console_input share */
#ifndef INPUT_H
#define INPUT_H

#include <stdint.h>

struct console_input {
	uint32_t state;         /* INPUT_ */
};

enum {
	INPUT_IDLE,             /* the guest does not wait for input */
	INPUT_WANTED,           /* the guest found none and waits for some; set by the guest */
	INPUT_READY,            /* there is input, or its end; set by the host while the guest sleeps */
};

/* console_read returns this if there is nothing yet, else the number of bytes read, 0 at the end of input */
#define CONSOLE_INPUT_AGAIN (-1)

#endif
