/* SPDX-License-Identifier: ISC */
/*
 * sweep.c -- sends SIGQUIT at each instruction between a guest's first line and the guest's return from writing it
 *
 * usage: sweep PROGRAM [ARGUMENT...]
 *
 * PROGRAM is an appliance of the process host whose guest prints a line and then
 * makes no hypercall. It is started once for each instruction, counted from the end
 * of its first write to standard output. Each time it must report its guest's place
 * on standard error within 5 s. Prints the number of instructions; status 1 if a
 * signal had no answer.
 */
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 2000, ANSWER_MS = 5000 };

/* a guest's addresses; the monitor's are below, the vDSO's and libraries' above */
static const uint64_t guest_start = 0x10100000, guest_end = 1ull << 32;

static pid_t child;
static int answers;

static void start(char **words)
{
	int ends[2];

	if (pipe(ends))
		err(2, "pipe");
	child = fork();
	if (child < 0)
		err(2, "fork");
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			err(2, "ptrace");
		execv(words[0], words);
		err(2, "%s", words[0]);
	}
	close(ends[1]);
	answers = ends[0];
}

static void stop_await(void)
{
	int status;

	if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
		errx(2, "the appliance ended");
}

static void go_on(int request)
{
	if (ptrace(request, child, NULL, NULL))
		err(2, "ptrace");
	stop_await();
}

static struct __ptrace_syscall_info where(void)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) <= 0)
		err(2, "ptrace");
	return info;
}

static bool enters_write(void)
{
	struct __ptrace_syscall_info info = where();

	return info.op == PTRACE_SYSCALL_INFO_ENTRY && info.entry.nr == SYS_write && info.entry.args[0] == STDOUT_FILENO;
}

static void first_write_pass(void)
{
	stop_await();
	/* by this, the kernel tells a system call's stop from others */
	if (ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)PTRACE_O_TRACESYSGOOD))
		err(2, "ptrace");
	do
		go_on(PTRACE_SYSCALL);
	while (!enters_write());
	go_on(PTRACE_SYSCALL);
}

static bool answer_came(void)
{
	struct pollfd poll_answers = {.fd = answers, .events = POLLIN};
	char text[64];

	return poll(&poll_answers, 1, ANSWER_MS) == 1 && read(answers, text, sizeof(text)) > 0;
}

/* one start; true if the guest's code was reached before this instruction */
static bool signal_at(int instruction, char **words)
{
	uint64_t at;

	start(words);
	first_write_pass();
	for (int i = 0; i < instruction; i++)
		go_on(PTRACE_SINGLESTEP);
	at = where().instruction_pointer;
	if (ptrace(PTRACE_DETACH, child, NULL, (void *)(uintptr_t)SIGQUIT))
		err(2, "ptrace");
	if (!answer_came())
		errx(1, "no answer to the signal at instruction %d", instruction);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(answers);
	return at >= guest_start && at < guest_end;
}

/* errx leaves the appliance running */
static void child_end(void)
{
	if (child > 0)
		kill(child, SIGKILL);
}

int main(int count, char **words)
{
	int instruction = 0;

	if (count < 2)
		errx(2, "usage: sweep PROGRAM [ARGUMENT...]");
	atexit(child_end);
	while (!signal_at(instruction, words + 1))
		if (++instruction == MOST)
			errx(2, "the guest's code was not reached");
	printf("%d instructions\n", instruction);
	return 0;
}
