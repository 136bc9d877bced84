/* SPDX-License-Identifier: ISC */
/*
 * floor_process.c -- the least process that confines itself as hello's appliance does, and says its line
 *
 * The same system calls with the same arguments, in one order or another, without what
 * the guest needs: its memory, and handlers for its traps. Linked at a fixed address.
 */
#include <err.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "filter.h"

enum { NOBODY = 65534, DESCRIPTORS = 100 };

static void limit(int resource, unsigned long most)
{
	const struct rlimit limits = {most, most};

	if (prlimit(0, resource, &limits, NULL))
		err(1, "prlimit");
}

/* the filter's SIGSYS */
static void call_stopped(int number, siginfo_t *info, void *context)
{
	(void)info, (void)context;
	_exit(128 + number);
}

static void handle_refusals(void)
{
	static char memory[32 << 10];
	const stack_t stack = {.ss_sp = memory, .ss_size = sizeof(memory)};
	const struct sigaction action = {.sa_sigaction = call_stopped, .sa_flags = SA_SIGINFO | SA_ONSTACK};

	if (sigaltstack(&stack, NULL) || sigaction(SIGSYS, &action, NULL))
		err(1, "signal");
}

static void confine(void)
{
	const uint64_t rules[3] = {(1u << 16) - 1, 3, 3};
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
	int ruleset;

	close(STDIN_FILENO);
	if (syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0))
		err(1, "close_range");
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, 0);
	limit(RLIMIT_NOFILE, DESCRIPTORS);
	if (!chroot("/proc/tty/ldisc") && chdir("/"))
		err(1, "root folder");
	if (!geteuid() && (syscall(SYS_setgroups, 0, NULL) || syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY)))
		err(1, "become nobody");
	/* where the kernel has Landlock; an appliance asks for its version */
	syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	ruleset = (int)syscall(SYS_landlock_create_ruleset, rules, sizeof(rules), 0);
	if (syscall(SYS_capset, &header, none) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err(1, "capabilities");
	if (ruleset >= 0 && (syscall(SYS_landlock_restrict_self, ruleset, 0) || close(ruleset)))
		err(1, "landlock");
	if (filter_install())
		err(1, "seccomp");
}

int main(void)
{
	static const char line[] = "Hello, world!\n";

	handle_refusals();
	confine();
	write(STDOUT_FILENO, line, sizeof(line) - 1);
	_exit(0);
}
