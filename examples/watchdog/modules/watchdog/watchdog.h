/* SPDX-License-Identifier: ISC */
/* watchdog/watchdog.h -- what applications call */
#ifndef WATCHDOG_H
#define WATCHDOG_H

/* says that the application works; without an exit to the monitor */
void watchdog_feed(void);

#endif
