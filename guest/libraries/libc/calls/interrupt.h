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

#include <errno.h>

/* no handler ran; one ran and the call restarts; one ran and the call fails with EINTR */
enum { SIGNALS_NONE, SIGNALS_RESTART, SIGNALS_INTERRUPT };

/* the result of a call, which starts again where a handler says so */
#define RESTARTING(call) \
	({ \
		long result_; \
		do \
			result_ = (call); \
		while (result_ == -ERESTART); \
		result_; \
	})

#endif
