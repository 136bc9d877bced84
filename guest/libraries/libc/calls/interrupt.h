/* SPDX-License-Identifier: ISC */
/*
 * interrupt.h -- what signals from outside that were found mean to a call that waits
 *
 * A handler may close any descriptor, or make it another file's. So once one has run, a call
 * doesn't touch the file any more: it returns what is done, or -EINTR, or -ERESTART, upon which
 * the function guest_sys_... starts again with the descriptor, as Linux does. A handler may also
 * leave by siglongjmp, so a call that waits holds nothing.
 */
#ifndef GUEST_INTERRUPT_H
#define GUEST_INTERRUPT_H

/* no handler ran; one ran and the call restarts; one ran and the call fails with EINTR */
enum { SIGNALS_NONE, SIGNALS_RESTART, SIGNALS_INTERRUPT };

#endif
