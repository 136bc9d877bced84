/* SPDX-License-Identifier: ISC */
/* asks.h -- what asks.c and others.c have of each other */
#ifndef ASKS_H
#define ASKS_H

extern int common_number, old_constructed;

int common_elsewhere(void);
long common_room_size(void);
int overridden(void);
int initial_exec_elsewhere(void);
int chosen(void);
int chosen_elsewhere(int (*function)(void));

#endif
