// SPDX-License-Identifier: ISC
// asks.cc -- what C++ compilers ask for, besides what C compilers do
#include "asks_cc.h"

struct Said {
	explicit Said(long number) : number(number) { say("static object", number); }
	long number;
};

static Said first(1);
static Said second __attribute__((init_priority(1000)))(2);
inline Said in_every_object(3);
thread_local long per_thread = first.number + 40;

struct Derived : Base {
	long value() const override { return 52; }
};

template <typename T> static long size_of_all(const T &)
{
	return sizeof(T);
}

extern "C" int solo5_app_main(const struct solo5_start_info *)
{
	Derived derived;
	const Base *base = &derived;
	auto twice = [](long number) { return 2 * number; };

	say("virtual", base->value());
	say("inline variable", shared_number += 1);
	say("in the other object", shared_number_elsewhere());
	say("function's static", counted() + counted_elsewhere());
	say("template", size_of_all(derived) + larger(3L, 4L) + larger_elsewhere());
	say("lambda", twice(21));
	say("thread_local", ++per_thread);
	return 8;
}
