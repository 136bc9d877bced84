/* SPDX-License-Identifier: ISC */
/* memory_return.c -- returns pages to the host, and tries to return memory outside of the heap */
#include <string.h>

#include <solo5.h>
#include <uk.h>

enum { PAGE = 4096, PAGES = 64 };

static char data[2 * PAGE] __attribute__((aligned(PAGE))) = "kept";

static void say(const char *what, int holds)
{
	solo5_console_write(what, strlen(what));
	solo5_console_write(holds ? ": yes\n" : ": no\n", holds ? 6 : 5);
}

int solo5_app_main(const struct solo5_start_info *info)
{
	char *heap = (char *)((info->heap_start + PAGE - 1) & -(uintptr_t)PAGE), *end = (char *)info->heap_start + info->heap_size;
	char stack[2 * PAGE];

	memset(heap, 1, PAGES * PAGE);
	say("returned", uk_memory_return(heap + PAGE, 2 * PAGE) == SOLO5_R_OK);
	say("zero", heap[PAGE] == 0 && heap[3 * PAGE - 1] == 0);
	say("what is beside them is kept", heap[PAGE - 1] == 1 && heap[3 * PAGE] == 1);
	heap[PAGE] = 7;
	say("may be written again", heap[PAGE] == 7);
	say("nothing, too", uk_memory_return(heap, 0) == SOLO5_R_OK);
	say("no part of a page", uk_memory_return(heap + 1, PAGE) == SOLO5_R_EINVAL && uk_memory_return(heap, 100) == SOLO5_R_EINVAL);
	say("no data", uk_memory_return(data, PAGE) == SOLO5_R_EINVAL && !strcmp(data, "kept"));
	say("no stack", uk_memory_return((char *)((uintptr_t)stack & -(uintptr_t)PAGE), PAGE) == SOLO5_R_EINVAL);
	say("the whole heap", uk_memory_return(heap, (size_t)(end - heap) & -(size_t)PAGE) == SOLO5_R_OK && heap[0] == 0);
	uk_memory_return(end - PAGE, 2 * PAGE);
	say("and goes on behind it", 0);
	return 1;
}
