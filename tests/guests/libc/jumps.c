/* SPDX-License-Identifier: ISC */
/* jumps.c -- setjmp and longjmp, with and without the signal mask, through pointers, too */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static jmp_buf place;
static sigjmp_buf signal_place;

static void back(int value)
{
	longjmp(place, value);
}

static void signal_back(int value)
{
	siglongjmp(signal_place, value);
}

/* called by pointers, so that they need a landing pad where processors ask for one */
static void (*volatile jump)(int) = back, (*volatile signal_jump)(int) = signal_back;

static void handler(int number)
{
	siglongjmp(signal_place, number);
}

int main(void)
{
	sigset_t set, now;
	volatile int value;

	/* a jump with 0 arrives with 1 */
	value = setjmp(place);
	if (!value)
		jump(0);
	printf("setjmp: %d\n", value);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	for (int saved = 0; saved < 2; saved++) {
		sigset_t none;

		value = sigsetjmp(signal_place, saved);
		if (!value) {
			sigprocmask(SIG_BLOCK, &set, NULL);
			signal_jump(7);
		}
		sigprocmask(SIG_SETMASK, NULL, &now);
		printf("sigsetjmp: %d, the signal is %s\n", value, sigismember(&now, SIGUSR1) ? "blocked" : "as before");
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
	}

	signal(SIGUSR2, handler);
	value = sigsetjmp(signal_place, 1);
	if (!value)
		raise(SIGUSR2);
	sigprocmask(SIG_SETMASK, NULL, &now);
	printf("from a handler: %d, the signal is %s\n", value == SIGUSR2, sigismember(&now, SIGUSR2) ? "blocked" : "as before");
	return 0;
}
