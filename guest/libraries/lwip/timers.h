/* SPDX-License-Identifier: ISC */
/* timers.h -- TCP's timer, which can stand still */
#ifndef TIMERS_H
#define TIMERS_H

/* lwIP calls it when a connection begins, or ends in TIME-WAIT */
void tcp_timer_needed(void);

/* before TCP learns of anything: its clock is right again, and runs */
void tcp_timer_resume(void);

#endif
