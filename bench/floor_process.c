/* SPDX-License-Identifier: ISC */
/*
 * floor_process.c -- the least process that gives up what an appliance does, and says a line
 *
 * It is linked at a fixed address below 4 GiB, where its filter lets system calls be made.
 */
#include <err.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static void limit(int resource, unsigned long most)
{
	const struct rlimit limits = {most, most};

	if (prlimit(0, resource, &limits, NULL))
		err(1, "prlimit");
}

static void confine(void)
{
	static struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(*filter), .filter = filter};
	const uint64_t rules[3] = {(1u << 16) - 1, 3, 3};
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
	int ruleset;

	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, 0);
	if (!geteuid() && (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY)))
		err(1, "become nobody");
	if (syscall(SYS_capset, &header, none) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err(1, "capabilities");
	/* where the kernel has Landlock */
	ruleset = (int)syscall(SYS_landlock_create_ruleset, rules, sizeof(rules), 0);
	if (ruleset >= 0 && (syscall(SYS_landlock_restrict_self, ruleset, 0) || close(ruleset)))
		err(1, "landlock");
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
		err(1, "seccomp");
}

int main(void)
{
	static const char line[] = "Hello, world!\n";

	close(STDIN_FILENO);
	confine();
	write(STDOUT_FILENO, line, sizeof(line) - 1);
	_exit(0);
}
