// SPDX-License-Identifier: ISC
// atomic.cpp -- std::atomic's wait and notify, without another thread to wait for
//
// libc++'s own file makes system calls by number, which guests don't have.
#include <atomic>
#include <cstdio>
#include <cstdlib>

_LIBCPP_BEGIN_NAMESPACE_STD

using contention = __cxx_atomic_contention_t;

void __cxx_atomic_notify_one(const volatile void *)
{
}

void __cxx_atomic_notify_all(const volatile void *)
{
}

void __cxx_atomic_notify_one(const volatile contention *)
{
}

void __cxx_atomic_notify_all(const volatile contention *)
{
}

__cxx_contention_t __libcpp_atomic_monitor(const volatile void *)
{
	return 0;
}

__cxx_contention_t __libcpp_atomic_monitor(const volatile contention *place)
{
	return __cxx_atomic_load(place, memory_order_acquire);
}

// as in libc's calls/futex.c: a deadlock would otherwise go unnoticed
static void wait_without_end()
{
	fputs("the program waits for itself: nobody can change the variable that it waits for\n", stderr);
	abort();
}

// the caller found the value unchanged
void __libcpp_atomic_wait(const volatile void *, __cxx_contention_t)
{
	wait_without_end();
}

void __libcpp_atomic_wait(const volatile contention *place, __cxx_contention_t value)
{
	if (__cxx_atomic_load(place, memory_order_acquire) == value)
		wait_without_end();
}

_LIBCPP_END_NAMESPACE_STD
