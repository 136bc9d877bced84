// SPDX-License-Identifier: ISC
// others.cc -- the other object of the program in C++
#include "asks_cc.h"

struct Said {
	explicit Said(long number) { say("static object of the other", number); }
};

static Said first(1);
static Said second __attribute__((init_priority(500)))(2);

long shared_number_elsewhere() { return shared_number; }
long counted_elsewhere() { return counted(); }
long larger_elsewhere() { return larger(5L, 6L) + Base().value(); }
