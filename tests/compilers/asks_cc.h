// SPDX-License-Identifier: ISC
// asks_cc.h -- what both objects of the program in C++ hold, and the linker keeps one of
#ifndef ASKS_CC_H
#define ASKS_CC_H

#include "say.h"

struct Base {
	virtual long value() const { return 51; }
};

inline long shared_number = 60;

inline long counted()
{
	static long count = 0;

	return ++count;
}

template <typename T> T larger(T one, T other)
{
	return one > other ? one : other;
}

long shared_number_elsewhere();
long counted_elsewhere();
long larger_elsewhere();

#endif
