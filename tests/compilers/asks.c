/* SPDX-License-Identifier: ISC */
/* asks.c -- what C compilers ask of a linker and a start-up, one function each; others.c is the other half of most */
#include <stddef.h>
#include <stdint.h>

#include "asks.h"
#include "say.h"

/* --- constructors and destructors, however they are encoded: others.c has some, too --- */

__attribute__((constructor)) static void plain(void) { say("constructor", 1); }
__attribute__((constructor(200))) static void late(void) { say("constructor 200", 1); }
__attribute__((constructor(101))) static void early(void) { say("constructor 101", 1); }
__attribute__((destructor)) static void end(void) { say("destructor", 1); }
__attribute__((destructor(150))) static void end_late(void) { say("destructor 150", 1); }

/* --- common symbols: the larger size and the stricter alignment of the two count --- */

#ifndef COMMON
#define COMMON
#endif
COMMON int common_number;
COMMON char common_room[8];

/* --- weak symbols --- */

extern int absent(void) __attribute__((weak));
__attribute__((weak)) int overridden(void) { return 1; }

/* --- thread-local storage in each model; others.c defines what is extern --- */

static _Thread_local int local_exec __attribute__((tls_model("local-exec"))) = 11;
extern _Thread_local int initial_exec __attribute__((tls_model("initial-exec")));
static _Thread_local int local_dynamic __attribute__((tls_model("local-dynamic"))) = 13;
extern _Thread_local int general_dynamic __attribute__((tls_model("global-dynamic")));
static _Thread_local _Alignas(128) char aligned[128];
static _Thread_local long zeroes[3];

static void thread_locals(void)
{
	local_exec += 100;
	local_dynamic += 100;
	initial_exec += 100;
	general_dynamic += 100;
	zeroes[1]++;
	say("local-exec", local_exec);
	say("initial-exec", initial_exec);
	say("local-dynamic", local_dynamic);
	say("global-dynamic", general_dynamic);
	say("seen elsewhere", initial_exec_elsewhere());
	say("alignment", (long)((uintptr_t)aligned % 128));
	say("zeroes", zeroes[0] + 2 * zeroes[1] + 4 * zeroes[2]);
#ifdef __x86_64__
	/* the stack guard behind the thread pointer: random but for its first byte, which ends a string */
	uint64_t guard;

	__asm__("mov %%fs:0x28, %0" : "=r"(guard));
	say("stack guard's first byte", guard & 255);
	say("stack guard's other bytes are set", guard >> 8 != 0);
#endif
}

/* --- functions that a resolver chooses --- */

#ifdef __x86_64__
static int chosen_function(void) { return 21; }
/* in a process it runs before there is a guard */
__attribute__((no_stack_protector)) static int (*resolve(void))(void) { return chosen_function; }
int chosen(void) __attribute__((ifunc("resolve")));
static int (*const chosen_pointer)(void) = chosen;

__attribute__((target_clones("avx2", "default"))) static int cloned(const int *numbers, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++)
		sum += numbers[i] * i;
	return sum;
}

static void ifuncs(void)
{
	static const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

	say("ifunc", chosen());
	say("ifunc's pointer", chosen_pointer());
	say("ifunc elsewhere", chosen_elsewhere(chosen));
	say("target_clones", cloned(numbers, 12));
}
#else
static void ifuncs(void) { }
#endif

/* --- sections whose bounds the program asks for --- */

#define HOOK(number) static const int hook_##number __attribute__((section("hooks"), used)) = number
HOOK(1);
HOOK(2);
extern const int __start_hooks[], __stop_hooks[];

static const int weak_hook __attribute__((section("weak_hooks"), used)) = 5;
extern const int __start_weak_hooks[] __attribute__((weak)), __stop_weak_hooks[] __attribute__((weak));

static void bounds(void)
{
	const int *volatile start = __start_hooks;
	long sum = 0;

	for (const int *hook = start; hook != __stop_hooks; hook++)
		sum += *hook;
	say("hooks", sum);
	say("weak hooks", __start_weak_hooks ? __stop_weak_hooks - __start_weak_hooks : -1);
}

/* --- arithmetic that the processor lacks --- */

static void arithmetic(void)
{
	volatile unsigned __int128 wide = (unsigned __int128)1 << 100;
	volatile long double extended = 1.5L;
	volatile double _Complex complex = 3.0;
	volatile double large = 1e18;
	volatile uint64_t bits = 0xf0f0;

	say("division of 128 bits", (long)(wide / 1000000007 % 1000003));
	say("long double", (long)(extended * extended * 1000));
	say("complex", (long)(__real__ (complex * complex)));
	say("double to 128 bits", (long)((unsigned __int128)large / 1000003));
	say("bits", __builtin_popcountl(bits) + __builtin_ctzl(bits));
}

/* --- memory functions that compilers call by themselves --- */

struct large {
	long numbers[200];
};

static void memory(void)
{
	volatile struct large one = {{1, 2}}, other;

	other = one;
	say("copied", other.numbers[0] + other.numbers[1] + other.numbers[199]);
}

/* --- jump tables, addresses of labels, buffers that the stack protector guards --- */

static int guarded(const char *text)
{
	volatile char buffer[64];
	int i;

	for (i = 0; text[i]; i++)
		buffer[i] = text[i];
	return buffer[i / 2];
}

static void flow(void)
{
	static const void *const labels[] = {&&zero, &&one, &&two};

	for (volatile int i = 0; i < 9; i++)
		switch (i) {
		case 0: say("case", 31); break;
		case 1: say("case", 35); break;
		case 2: say("case", 32); break;
		case 3: say("case", 36); break;
		case 4: say("case", 33); break;
		case 5: say("case", 37); break;
		case 6: say("case", 34); break;
		default: say("case", i);
		}
	goto *labels[overridden() % 3];
zero:
	say("label", 0);
one:
	say("label", 1);
two:
	say("label", 2);
	say("guarded", guarded("a word of some length"));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	say("constructor of .ctors", old_constructed);
	say("common", common_number++ + common_elsewhere());
	say("common's size", common_room_size() + (long)((uintptr_t)common_room % 64));
	say("weak and absent", absent ? absent() : -1);
	say("weak and overridden", overridden());
	thread_locals();
	ifuncs();
	bounds();
	arithmetic();
	memory();
	flow();
	return 7;
}
