/* SPDX-License-Identifier: ISC */
/*
 * launch.h -- what an appliance does between its start and the guest's first instruction
 *
 * It is read from what "perf trace -o FILE APPLIANCE" wrote: that sees each system
 * call from outside, so an appliance needs no code for it. The time between two
 * calls belongs to the later one.
 */
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdbool.h>

enum launch_phase { LAUNCH_PROCESS, LAUNCH_MACHINE, LAUNCH_MEMORY, LAUNCH_SANDBOX, LAUNCH_PHASES };

struct launch {
	struct {
		unsigned calls;
		double time;            /* ms */
	} phases[LAUNCH_PHASES];
};

/* Reads a trace as far as the last filter that the appliance's first thread gets; fatal if there is none. */
void launch_read(struct launch *launch, const char *path);

/* the same from text; false if there is none */
bool launch_parse(struct launch *launch, const char *text);

#endif
