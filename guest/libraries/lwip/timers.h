/* SPDX-License-Identifier: ISC */
/* timers.h -- TCP's timer, which can stand still */
#ifndef TIMERS_H
#define TIMERS_H

#include "names.h"

/* lwIP calls it when a connection begins, or ends in TIME-WAIT */
void tcp_timer_needed(void);

/* before TCP learns of anything: its clock is right again, and runs */
void tcp_timer_resume(void);

/* its clock is right, and still pauses if it does; before an application may use TCP */
void tcp_timer_sync(void);

/* before the application sleeps: it runs again if something is under way */
void tcp_timer_look(void);

#endif
