/* SPDX-License-Identifier: ISC */
/*
 * floor_process.c -- the least process that gives up what an appliance gives up, and prints a line
 *
 * It is linked at a fixed address below 4 GiB: its filter allows system calls from there.
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

enum { NOBODY = 65534, DESCRIPTORS = 100 };

#define LOAD(offset)    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define LOW(argument)   (offsetof(struct seccomp_data, args) + 8 * (argument))
#define HIGH(argument)  (LOW(argument) + 4)
#define POINTER         offsetof(struct seccomp_data, instruction_pointer)

/* falls through, or skips that many instructions if the call comes from this range */
#define WITHIN(start, size, more) \
	LOAD(POINTER), \
	BPF_STMT(BPF_ALU | BPF_SUB | BPF_K, start), \
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, size, 3, 0), \
	LOAD(POINTER + 4), \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, (more) + 1, 0), \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, more, 0)

static void limit(int resource, unsigned long most)
{
	const struct rlimit limits = {most, most};

	if (prlimit(0, resource, &limits, NULL))
		err(1, "prlimit");
}

static void confine(void)
{
	/* those of hello: write to 1 and 2, ppoll(_, 1, 0), exit_group, rt_sigreturn, from here or from the vDSO */
	static struct sock_filter filter[] = {
		WITHIN(0x400000, 0x10000, 7),
		WITHIN(0x80000000, 0x2000, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		LOAD(offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 21, 0),          /* costs as much as a comparison with the right value */
		LOAD(offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xffffffff, 0, 18),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_rt_sigreturn, 16, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_exit_group, 15, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 0, 5),
		LOAD(HIGH(0)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 13),
		LOAD(LOW(0)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDERR_FILENO, 10, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDOUT_FILENO, 9, 10),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ppoll, 0, 9),
		LOAD(HIGH(1)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 7),
		LOAD(LOW(1)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 5),
		LOAD(HIGH(2)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
		LOAD(LOW(2)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
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
	limit(RLIMIT_NOFILE, DESCRIPTORS);
	if (!geteuid() && (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY)))
		err(1, "become nobody");
	if (syscall(SYS_capset, &header, none) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err(1, "capabilities");
	/* if the kernel has Landlock; an appliance asks for its version, too */
	syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
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
	if (syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0))
		err(1, "close_range");
	confine();
	write(STDOUT_FILENO, line, sizeof(line) - 1);
	_exit(0);
}
