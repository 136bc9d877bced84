/* SPDX-License-Identifier: ISC */
/* where.c -- nests functions, and in the innermost does what its argument names */
#include <string.h>
#include <uk.h>

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

__attribute__((noinline)) static void busy(void)
{
	for (volatile unsigned i = 0; !uk_stop_requested(); i++)
		;
}

__attribute__((noinline)) static void asleep(void)
{
	while (!uk_stop_requested())
		solo5_yield(UINT64_MAX, NULL);
}

__attribute__((noinline)) static void full(void)
{
	for (;;)
		print("a line that is long enough to fill a pipe before long, when many of its kind are written\n");
}

static void (*volatile nowhere)(void);

__attribute__((noinline)) static void jump(void)
{
	nowhere();
	print("not here\n");
}

/* a function of the library has no frame */
__attribute__((noinline)) static size_t length_of_nothing(void)
{
	static const char *volatile nothing;

	return strlen(nothing) + 1;
}

/* frames that lead to each other, out of memory, into text */
__attribute__((noinline)) static void chain(uintptr_t frame)
{
#ifdef __x86_64__
	__asm__ volatile("mov %0, %%rbp\n\tud2" : : "r"(frame));
#else
	__asm__ volatile("mov x29, %0\n\tudf #0" : : "r"(frame));
#endif
}

__attribute__((noinline)) static int deep(int n)
{
	volatile int more = n;

	if (!n)
		*(volatile int *)16 = 1;
	return deep(more - 1) + more;
}

__attribute__((noinline)) static int outer(const char *how)
{
	static uintptr_t loop[4];

	loop[0] = (uintptr_t)&loop[2];
	loop[1] = loop[3] = (uintptr_t)outer + 8;
	loop[2] = (uintptr_t)&loop[0];
	if (!strcmp(how, "busy"))
		busy();
	else if (!strcmp(how, "asleep"))
		asleep();
	else if (!strcmp(how, "full"))
		full();
	else if (!strcmp(how, "jump"))
		jump();
	else if (!strcmp(how, "strlen"))
		return (int)length_of_nothing();
	else if (!strcmp(how, "deep"))
		return deep(100);
	else if (!strcmp(how, "loop"))
		chain((uintptr_t)loop);
	else if (!strcmp(how, "tables"))
		chain(0x14000);
	else if (!strcmp(how, "unmapped"))
		chain(UINT64_MAX - 7);
	else if (!strcmp(how, "odd"))
		chain((uintptr_t)loop + 1);
	else if (!strcmp(how, "text"))
		chain((uintptr_t)outer & ~15ul);
	return 5;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	print("ready\n");
	return outer(info->cmdline);
}
