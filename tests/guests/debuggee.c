/* SPDX-License-Identifier: ISC */
/* debuggee.c -- for debuggers: nested calls, a crash of each kind, a busy loop, a sleep, data that changes */
#include <solo5.h>
#include <string.h>

#define IS(name) (!strcmp(info->cmdline, name))
#define CALLED __attribute__((noinline, noclone))

volatile unsigned long counter;
volatile struct {
	char before, large[40], after;
} data;
typedef float vector __attribute__((vector_size(16)));

CALLED static int leaf(int number, const char *text)
{
	int doubled = number * 2;

	counter++;
	return doubled + (int)strlen(text);
}

CALLED static int middle(int number)
{
	int result = leaf(number + 1, "four");

	return result + 1;
}

CALLED static int outer(int number)
{
	int sum = 0;

	for (int i = 0; i < number; i++)
		sum += middle(i);
	return sum;
}

CALLED static int crash(volatile int *where)
{
	*where = 42;
	return *where;
}

CALLED static int overflow(int depth)
{
	volatile char page[1024];

	page[depth % 1024] = (char)depth;
	return overflow(depth + 1) + page[0];
}

CALLED static void jump(void (*function)(void))
{
	function();
	counter++;
}

CALLED static void busy(void)
{
	while (!data.after)
		counter++;
}

/* false if it woke before its time */
CALLED static int sleep_for(solo5_time_t time)
{
	solo5_time_t deadline = solo5_clock_monotonic() + time;

	solo5_yield(deadline, NULL);
	return solo5_clock_monotonic() >= deadline;
}

CALLED static void change(void)
{
	for (int i = 0; i < 100; i++)
		counter++;
	data.large[17] = 'x';
	data.after = 7;
	data.before = data.after;
}

CALLED static vector add(vector a, vector b)
{
	return a + b;
}

CALLED int from_debugger(int number)
{
	return number * 3;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	if (IS("calls"))
		return outer(3);
	if (IS("crash"))
		return crash((volatile int *)0x10);
	if (IS("overflow"))
		return overflow(0);
	if (IS("jump"))
		jump(NULL);
	if (IS("write-text"))
		return crash((volatile int *)(uintptr_t)crash);
	if (IS("busy"))
		busy();
	if (IS("sleep"))
		sleep_for(3600ul * 1000000000);
	if (IS("nap"))
		return sleep_for(1000000000) ? 4 : 5;
	if (IS("change"))
		change();
	if (IS("abort"))
		solo5_abort();
	if (IS("vector")) {
		vector sum = add((vector){1, 2, 3, 4}, (vector){10, 20, 30, 40});

		return (int)sum[3];
	}
	return from_debugger(1);
}
