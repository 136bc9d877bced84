/* SPDX-License-Identifier: ISC */
/*
 * sandbox.c -- drops privileges before the guest runs
 *
 * Each layer holds if the ones before it fail. sandbox_close does once what
 * concerns the whole process: it makes relocated pointers read-only, closes
 * descriptors without a fixed number and sets limits. User, capabilities,
 * Landlock domain and filter belong to each thread: each drops them in
 * sandbox_confine, by system calls, since the C library's functions act on all
 * threads.
 *
 * The capability bounding set is left alone: with no_new_privs an executed program
 * has no more capabilities than the monitor, which has none.
 */
#include <errno.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arch.h"
#include "monitor.h"
#include "vm.h"

extern char text_start[], text_end[], relro_start[], relro_end[];       /* templates/appliance.ld */

/* --user: the user and group ID to run as; negative: no change */
static long user;
static bool user_given;

/* with the largest process ID of Linux added (PID_MAX_LIMIT), it is still in the range of every program */
enum { ID_MOST = INT32_MAX - (4 << 20) };

void option_user(unsigned device, const char *value)
{
	bool own;

	(void)device;
	user_given = true;
	if (!strcmp(value, "keep")) {
		user = -1;
		return;
	}
	own = *value == '+';
	user = (long)number_parse("user", value + own, 1, ID_MOST);
	/* no two running processes have the same ID */
	if (own)
		user += gettid();
}

static bool become(long id, long group)
{
	return !syscall(SYS_setgroups, 0, NULL) && !syscall(SYS_setresgid, group, group, group) &&
		!syscall(SYS_setresuid, id, id, id);
}

/* Root without CAP_SETUID (in a container) or in a user namespace with one user can't change, and remains. */
static void user_change(void)
{
	long id = user_given ? user : CONFIG_USER_ID;

	if (id < 0 || (!user_given && geteuid()) || become(id, id))
		return;
	if (user_given || (errno != EPERM && errno != EINVAL))
		fail("--user=%lu: become that user and group:", (unsigned long)id);
}

static void capabilities_drop(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};

	if (syscall(SYS_capset, &header, none))
		fail("drop capabilities:");
}

/*
 * A Landlock ruleset that denies files, TCP ports, abstract sockets of other
 * processes and signals to them; -1 if the kernel lacks Landlock or a container's
 * filter forbids it. The bits that exist depend on the ABI version; headers lag
 * behind (linux/landlock.h: LANDLOCK_ACCESS_FS_*, _NET_*, LANDLOCK_SCOPE_*).
 */
static int landlock_create(void)
{
	static const uint8_t file_rights[] = {13, 14, 15, 15, 16};      /* of versions 1, 2, ... */
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct {
		uint64_t files, network, scope;
	} rules = {0};
	int ruleset;

	if (version <= 0)
		return -1;
	rules.files = (1ul << file_rights[version < 5 ? version - 1 : 4]) - 1;
	if (version >= 4)
		rules.network = 3;
	/* version 6 also blocks signals between threads of one process */
	if (version >= 6)
		rules.scope = version >= 7 ? 3 : 1;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
	if (ruleset < 0)
		fail("Landlock:");
	return ruleset;
}

static void confine(int ruleset, const struct filter *filter)
{
	capabilities_drop();
	/* a change of user resets this one */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		fail("no_new_privs:");
	if (ruleset >= 0) {
		if (syscall(SYS_landlock_restrict_self, ruleset, 0))
			fail("Landlock:");
		close(ruleset);
	}
	/* the kernel logs each process that it kills, even without SECCOMP_FILTER_FLAG_LOG */
	if (vm_filter(filter))
		fail("seccomp (this kernel needs CONFIG_SECCOMP_FILTER):");
}

void sandbox_confine(const struct filter *filter)
{
	user_change();
	confine(landlock_create(), filter);
}

void sandbox_confine_helper(const struct filter *filter)
{
	confine(landlock_create(), filter);
}

bool sandbox_own_folder(int folder, int file)
{
	struct stat status;

	if (fstat(folder, &status))
		return false;
	if (geteuid())
		return true;
	/* as in user_change, some can't change */
	if ((fchown(file, status.st_uid, status.st_gid) || !become(status.st_uid, status.st_gid)) &&
	    errno != EPERM && errno != EINVAL)
		return false;
	capabilities_drop();
	return !syscall(SYS_faccessat, folder, ".", W_OK | X_OK);
}

void sandbox_confine_to_folder(int folder, const struct filter *filter)
{
	const struct landlock_path_beneath_attr make = {.allowed_access = LANDLOCK_ACCESS_FS_MAKE_REG, .parent_fd = folder};
	int ruleset = landlock_create();

	if (ruleset >= 0 && syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &make, 0))
		fail("Landlock:");
	confine(ruleset, filter);
}

static void limit(int resource, unsigned long most)
{
	const struct rlimit limit = {most, most};

	if (prlimit(0, resource, &limit, NULL))
		fail("resource limit %d:", resource);
}

static char *page_of(char *address)
{
	return address - (uintptr_t)address % 4096;
}

/*
 * /proc has an empty folder in which nothing can be made. Without root, the right
 * to chroot(2) or /proc, Landlock and the filter alone keep the monitor from files.
 */
static void root_leave(void)
{
	if (!chroot("/proc/tty/ldisc") && chdir("/"))
		fail("root folder:");
}

void sandbox_close(void)
{
	/* its first page also holds the end of read-only data; without relocations there are none to protect */
	char *tables = page_of(relro_start), *text = page_of(text_start);

	arch_text_guard(text, (size_t)(text_end - text));
	if (relro_end - relro_start && mprotect(tables, (size_t)(relro_end - tables), PROT_READ))
		fail("protect tables:");
	/* inherited ones, standard input among them, and those that only setup needed */
	close(STDIN_FILENO);
	descriptors_close(STDERR_FILENO + 1, FD_END > FD_FIRST ? FD_FIRST - 1 : ~0u);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, 0);
	limit(RLIMIT_NOFILE, FD_END);
	root_leave();
	sandbox_confine(&filter);
}
