/* SPDX-License-Identifier: ISC */
/*
 * link.h -- the connection to the debugger
 *
 * It is descriptor 0, so that the sandbox's filter can name it: the sandbox has
 * closed standard input, so 0 is what accept4 returns. A timer's signal stops the guest twenty times a
 * second, and the connection is looked at: a socket's own signal would need
 * system calls on each new connection that reach other processes.
 */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <stddef.h>

/* true if --gdb was given */
bool link_wanted(void);

/* before the sandbox closes: listens, starts the timer */
void link_setup(void);

/* waits for a debugger to connect */
void link_wait(void);

/* takes a connection, if one is waiting; there must be none now */
bool link_accept(void);

/* true if the debugger has something to say, or is gone */
bool link_ready(void);

/* its next byte, waited for, or -1 if it is gone */
int link_read(void);

void link_write(const void *text, size_t length);
void link_close(void);

/* true if no other debugger can connect later */
bool link_is_only(void);

#endif
