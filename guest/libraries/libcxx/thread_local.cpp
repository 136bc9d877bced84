// SPDX-License-Identifier: ISC
// thread_local.cpp -- destructors of thread-local objects, which run before those of static ones
//
// libc++abi's own file would run them among those. libc's exit calls guest_thread_end.
#include <cstdlib>

struct ending {
	void (*destructor)(void *);
	void *object;
	ending *before;
};

static ending *last;

extern "C" int __cxa_thread_atexit(void (*destructor)(void *), void *object, void *)
{
	auto *added = static_cast<ending *>(malloc(sizeof(ending)));

	if (!added)
		return -1;
	*added = {destructor, object, last};
	last = added;
	return 0;
}

extern "C" void guest_thread_end()
{
	while (last) {
		ending *now = last;

		last = now->before;
		now->destructor(now->object);
		free(now);
	}
}
