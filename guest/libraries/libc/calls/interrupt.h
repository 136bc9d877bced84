/* SPDX-License-Identifier: ISC */
/* interrupt.h -- what signals from outside that were found mean to a call that waits */
#ifndef GUEST_INTERRUPT_H
#define GUEST_INTERRUPT_H

/* there was no handler; one after which the call goes on; one after which it fails with EINTR */
enum { SIGNALS_NONE, SIGNALS_RESTART, SIGNALS_INTERRUPT };

#endif
