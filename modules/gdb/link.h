/* SPDX-License-Identifier: ISC */
/*
 * link.h -- the connection to the debugger
 *
 * It is descriptor 0, so that the filter can name it: standard input is closed, so
 * accept4 returns 0. A timer's signal stops the guest twenty times a second to poll
 * the connection: the socket's own signal (F_SETOWN) would need system calls on
 * each new connection that could reach other processes.
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

/* accepts a waiting connection, if any; there must be none now */
bool link_accept(void);

/* true if the debugger sent something or disconnected */
bool link_ready(void);

/* waits for its next byte; -1 if it disconnected */
int link_read(void);

void link_write(const void *text, size_t length);
void link_close(void);

/* true if no other debugger can connect later */
bool link_is_only(void);

#endif
