/* SPDX-License-Identifier: ISC */
/* others.c -- the other half of asks.c: what one object defines and another asks for */
#include "asks.h"
#include "say.h"

__attribute__((constructor)) static void plain(void) { say("constructor", 2); }
__attribute__((constructor(200))) static void late(void) { say("constructor 200", 2); }
__attribute__((constructor(101))) static void early(void) { say("constructor 101", 2); }
__attribute__((destructor)) static void end(void) { say("destructor", 2); }
__attribute__((destructor(150))) static void end_late(void) { say("destructor 150", 2); }

/* as compilers did before there was .init_array; which comes first among those without a priority nobody says */
__asm__(".section .ctors, \"aw\", @progbits\n\t.quad old_constructor\n"
	".section .ctors.65235, \"aw\", @progbits\n\t.quad old_late_constructor\n"
	".section .dtors.65235, \"aw\", @progbits\n\t.quad old_destructor\n\t.text");
void old_constructor(void);
void old_late_constructor(void);
void old_destructor(void);
void old_constructor(void) { old_constructed = 71; }
void old_late_constructor(void) { say("constructor 300 of .ctors", 2); }
void old_destructor(void) { say("destructor 300 of .dtors", 2); }
int old_constructed;

int common_number;
_Alignas(64) char common_room[4096];

int common_elsewhere(void)
{
	common_number += 40;
	return common_number;
}

long common_room_size(void)
{
	common_room[4095] = 5;
	return (long)sizeof(common_room) + common_room[4095];
}

int overridden(void) { return 2; }

_Thread_local int initial_exec = 12, general_dynamic = 14;

int initial_exec_elsewhere(void) { return initial_exec + general_dynamic; }

int chosen_elsewhere(int (*function)(void))
{
#ifdef __x86_64__
	return (function == chosen) + chosen() + function();
#else
	return function != 0;
#endif
}
