/* SPDX-License-Identifier: ISC */
/*
 * takeover.c -- plays an attacker who controls a thread of a monitor: makes it execute a system call (x86-64)
 *
 * usage: takeover PROCESS main|other CALL [ARGUMENT...]
 *
 * CALL and its arguments are numbers; an argument "unix:PATH" is the address of
 * that socket's address, "@NAME" the same for an abstract socket. The thread is the
 * main one, which runs the guest, or the other one. Prints the call's result,
 * "ended with STATUS" or "killed by signal N".
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/user.h>
#include <sys/wait.h>

enum { BELOW_STACK = 4096 };    /* beyond the red zone, where nothing of the thread's is */

static pid_t second_thread(pid_t process)
{
	char path[64];
	struct dirent *entry;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", process);
	tasks = opendir(path);
	if (!tasks)
		err(2, "%s", path);
	while ((entry = readdir(tasks)))
		if (*entry->d_name != '.' && atoi(entry->d_name) != process)
			return atoi(entry->d_name);
	errx(2, "there is no second thread");
}

/* false if the process is no more */
static int stopped(pid_t thread)
{
	int status;

	if (waitpid(thread, &status, __WALL) != thread)
		err(2, "wait");
	/* some kernels show the filter's signal to a debugger first */
	while (WIFSTOPPED(status) && WSTOPSIG(status) == SIGSYS)
		if (ptrace(PTRACE_CONT, thread, 0, SIGSYS) || waitpid(thread, &status, __WALL) != thread)
			err(2, "wait");
	if (WIFSTOPPED(status))
		return 1;
	if (WIFEXITED(status))
		printf("ended with %d\n", WEXITSTATUS(status));
	else
		printf("killed by signal %d\n", WTERMSIG(status));
	return 0;
}

/* puts the address of a socket into the thread's memory */
static unsigned long long address_place(pid_t thread, unsigned long long at, const char *word)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct iovec from = {&address, sizeof(address)}, to = {(void *)(uintptr_t)at, sizeof(address)};

	strncpy(address.sun_path, *word == '@' ? word : word + 5, sizeof(address.sun_path) - 1);
	if (*word == '@')
		address.sun_path[0] = 0;
	if (process_vm_writev(thread, &from, 1, &to, 1, 0) != sizeof(address))
		err(2, "write to the thread's stack");
	return at;
}

int main(int argc, char **argv)
{
	struct user_regs_struct registers;
	unsigned long long arguments[6] = {0};
	pid_t thread;

	if (argc < 4 || argc > 10)
		errx(2, "see the head of the source for what to say");
	thread = atoi(argv[1]);
	if (strcmp(argv[2], "main"))
		thread = second_thread(thread);
	if (ptrace(PTRACE_SEIZE, thread, 0, 0) || ptrace(PTRACE_INTERRUPT, thread, 0, 0) || !stopped(thread))
		err(2, "stop the thread");
	if (ptrace(PTRACE_GETREGS, thread, 0, &registers))
		err(2, "its registers");
	for (int i = 4; i < argc; i++)
		arguments[i - 4] = strncmp(argv[i], "unix:", 5) && *argv[i] != '@' ? strtoull(argv[i], NULL, 0) :
			address_place(thread, registers.rsp - BELOW_STACK, argv[i]);
	/* it waits in a system call: that instruction once more */
	registers.rip -= 2;
	registers.orig_rax = ~0ull;
	registers.rax = strtoull(argv[3], NULL, 0);
	registers.rdi = arguments[0];
	registers.rsi = arguments[1];
	registers.rdx = arguments[2];
	registers.r10 = arguments[3];
	registers.r8 = arguments[4];
	registers.r9 = arguments[5];
	if (ptrace(PTRACE_SETREGS, thread, 0, &registers))
		err(2, "its registers");
	/* at the call's entry, behind it, and, unless the filter has killed it meanwhile, at the next one's entry */
	for (int i = 0; i < 3; i++) {
		if (i == 2 && ptrace(PTRACE_GETREGS, thread, 0, &registers))
			err(2, "its registers");
		if (ptrace(PTRACE_SYSCALL, thread, 0, 0) || !stopped(thread))
			return 0;
	}
	printf("returned %lld\n", registers.rax);
	kill(atoi(argv[1]), SIGKILL);
	return 0;
}
