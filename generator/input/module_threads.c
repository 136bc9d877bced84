/* SPDX-License-Identifier: ISC */
/* module_threads.c -- applies core.mod's system calls for every thread to the existing threads */
#include "input/module_threads.h"

#include "base/memory.h"

static void syscall_add(struct module *module, struct syscall call, enum caller caller, const char *name)
{
	call.caller = caller;
	call.caller_name = name;
	*LIST_ADD(module->syscalls, module->syscall_count) = call;
}

/* threads: those that get core.mod's calls; any: whether there are threads at all */
static void module_apply_threads(struct module *module, const struct strings *threads, bool any)
{
	const struct syscall *calls = module->syscalls;
	size_t count = module->syscall_count;

	module->syscalls = NULL;
	module->syscall_count = 0;
	for (size_t i = 0; i < count; i++) {
		if (calls[i].caller == CALLER_EACH_THREAD)
			for (size_t t = 0; t < threads->count; t++)
				syscall_add(module, calls[i], CALLER_THREAD, threads->items[t]);
		else if (calls[i].caller != CALLER_GUEST_AND_THREAD)
			syscall_add(module, calls[i], calls[i].caller, calls[i].caller_name);
		else if (any)
			syscall_add(module, calls[i], CALLER_GUEST, NULL);
	}
}

void modules_apply_threads(struct modules *modules)
{
	struct strings threads = {0};
	bool any = false;

	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->threads.count; i++) {
			any = true;
			if (!strings_contain(&modules->items[m]->alone, modules->items[m]->threads.items[i]))
				strings_add(&threads, modules->items[m]->threads.items[i]);
		}
	for (size_t m = 0; m < modules->count; m++)
		module_apply_threads(modules->items[m], &threads, any);
}
