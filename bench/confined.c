/* SPDX-License-Identifier: ISC */
/*
 * confined.c -- runs a program behind a system call filter that looks at descriptors, as an appliance's does
 *
 * usage: confined PROGRAM ARGUMENT...
 *
 * What the filter adds to the cost of each write of this program, it adds to each
 * write of a monitor.
 */
#include <err.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

int main(int count, char **words)
{
	static struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, DESCRIPTORS, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(*filter), .filter = filter};

	if (count < 2)
		errx(2, "no program given");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
		err(2, "seccomp");
	execv(words[1], words + 1);
	err(2, "%s", words[1]);
}
