/* SPDX-License-Identifier: ISC */
/* interrupt.h -- what signals from outside that were found mean to a call that waits */
#ifndef GUEST_INTERRUPT_H
#define GUEST_INTERRUPT_H

/* no handler ran; one ran and the call resumes; one ran and the call fails with EINTR */
enum { SIGNALS_NONE, SIGNALS_RESTART, SIGNALS_INTERRUPT };

#endif
