/* SPDX-License-Identifier: ISC */
/*
 * auxiliary.c -- runs a program as if the kernel reported less: changes an entry of its auxiliary vector
 *
 * usage: auxiliary TYPE VALUE PROGRAM [ARGUMENT...]
 *
 * TYPE and VALUE are numbers, as in getauxval(3). The status is PROGRAM's; 2 if
 * auxiliary failed, or the kernel gave PROGRAM no such entry.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

/* above the stack pointer of a new program: count, arguments, 0, environment, 0, pairs of type and value */
static uint64_t stack_start(void)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) <= 0)
		err(2, "ptrace");
	return info.stack_pointer;
}

static uint64_t word_at(uint64_t address)
{
	long word;

	errno = 0;
	word = ptrace(PTRACE_PEEKDATA, child, (void *)address, NULL);
	if (errno)
		err(2, "ptrace");
	return (uint64_t)word;
}

static void entry_change(uint64_t type, uint64_t value)
{
	uint64_t at = stack_start();

	at += 8 * (word_at(at) + 2);
	while (word_at(at))
		at += 8;
	for (at += 8; word_at(at) != type; at += 16)
		if (!word_at(at))
			errx(2, "the auxiliary vector has no such entry");
	if (ptrace(PTRACE_POKEDATA, child, (void *)(at + 8), (void *)value))
		err(2, "ptrace");
}

int main(int count, char **words)
{
	int status;

	if (count < 4)
		errx(2, "usage: auxiliary TYPE VALUE PROGRAM [ARGUMENT...]");
	child = fork();
	if (child < 0)
		err(2, "fork");
	if (!child) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			err(2, "ptrace");
		execv(words[3], words + 3);
		err(2, "%s", words[3]);
	}
	if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
		errx(2, "the program did not start");
	entry_change(strtoull(words[1], NULL, 0), strtoull(words[2], NULL, 0));
	if (ptrace(PTRACE_DETACH, child, NULL, NULL) || waitpid(child, &status, 0) != child)
		err(2, "ptrace");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
