/* SPDX-License-Identifier: ISC */
/*
 * within.c -- tries what the sandbox should deny, with a filter that allows everything
 *
 * usage: within [USER]
 *
 * Linked with the core's sandbox.c, like a monitor whose filter is broken. USER is
 * the value of --user. Prints one line per attempt: its name, then "ok" or the error.
 * Finally it writes to a table that is read-only by then, which must end it. A
 * process outside of the sandbox listens on a TCP port and an abstract socket.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "monitor.h"

const char appliance_name[] = "within";
static const struct sock_filter all[] = {{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
const struct filter filter = {1, false, all};

/* as the linker script has them */
__asm__(
	".section .data.tables, \"aw\"\n"
	".balign 4096\n"
	".globl relro_start, relro_end\n"
	"relro_start:\n"
	".globl table\n"
	"table: .quad 1\n"
	".balign 4096\n"
	"relro_end:\n"
	".globl text_start, text_end\n"
	".set text_start, relro_start\n"
	".set text_end, relro_start\n"
	".text\n");
extern uint64_t table;

_Noreturn void guest_stop(void)
{
	_exit(255);
}

uint64_t number_parse(const char *option, const char *value, uint64_t low, uint64_t high)
{
	(void)option, (void)low, (void)high;
	return strtoull(value, NULL, 10);
}

static void tell(const char *deed, long result)
{
	printf("%s: %s\n", deed, result < 0 ? strerror(errno) : "ok");
}

static struct outside {
	struct sockaddr_in tcp;
	struct sockaddr_un local;
	socklen_t local_length;
	pid_t process;
} outside;

/* the kernel chooses port and abstract name; lifeline is the reading end of a pipe that ends with this process */
static void outside_start(int lifeline)
{
	int tcp = socket(AF_INET, SOCK_STREAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0);
	socklen_t length = sizeof(outside.tcp);

	outside.tcp = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	outside.local.sun_family = AF_UNIX;
	outside.local_length = sizeof(outside.local);
	if (bind(tcp, (struct sockaddr *)&outside.tcp, length) || listen(tcp, 8) ||
	    getsockname(tcp, (struct sockaddr *)&outside.tcp, &length) ||
	    bind(local, (struct sockaddr *)&outside.local, sizeof(sa_family_t)) || listen(local, 8) ||
	    getsockname(local, (struct sockaddr *)&outside.local, &outside.local_length))
		fail("outside:");
	outside.process = fork();
	if (!outside.process) {
		char end;

		/* once we are gone, none holds the pipe's other end; a signal at our death the sandbox would stop, too */
		close(FD_VCPU);
		close_range(STDIN_FILENO, STDERR_FILENO, 0);
		_exit(read(lifeline, &end, 1) != 0);
	}
	close(lifeline);
}

static void table_write(void)
{
	*(volatile uint64_t *)&table += 1;
}

static void try_process(void)
{
	pid_t child = fork();

	if (!child)
		_exit(0);
	tell("make a process", child);
}

static void try_files(void)
{
	char *const none[] = {NULL};

	tell("read a file", open("/etc/passwd", O_RDONLY));
	tell("make a file", open("file", O_WRONLY | O_CREAT, 0600));
	tell("list a folder", open("/", O_RDONLY | O_DIRECTORY));
	tell("open a device", open("/dev/null", O_RDWR));
	tell("make a folder", mkdir("folder", 0700));
	tell("execute a file", execve("/bin/true", none, none));
}

static void try_network(const struct outside *outside)
{
	struct sockaddr_in at = outside->tcp;

	tell("connect by TCP", connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&at, sizeof(at)));
	at.sin_port = 0;
	tell("bind a TCP port", bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&at, sizeof(at)));
	tell("connect to an abstract socket", connect(socket(AF_UNIX, SOCK_STREAM, 0),
		(const struct sockaddr *)&outside->local, outside->local_length));
	tell("signal a process", kill(outside->process, 0));
}

static void tell_limit(const char *name, int resource)
{
	struct rlimit limit;

	getrlimit(resource, &limit);
	printf("limit %s: %lu %lu\n", name, (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
}

static void tell_descriptors(void)
{
	printf("descriptors:");
	for (int number = 0; number < 400; number++)
		if (fcntl(number, F_GETFD) >= 0)
			printf(" %d", number);
	printf("\n");
}

static void tell_self(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[2];
	gid_t groups[64];

	syscall(SYS_capget, &header, sets);
	printf("capabilities: %x %x %x\n", sets[0].effective | sets[1].effective, sets[0].permitted | sets[1].permitted,
	       sets[0].inheritable | sets[1].inheritable);
	printf("user: %d %d, group %d %d, %d more\n", (int)getuid(), (int)geteuid(), (int)getgid(), (int)getegid(),
	       getgroups(64, groups));
	printf("no_new_privs: %d, dumpable: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), prctl(PR_GET_DUMPABLE));
	printf("Landlock: %ld\n", syscall(SYS_landlock_create_ruleset, NULL, 0, 1));
}

int main(int argc, char **argv)
{
	int lifeline[2];

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1)
		option_user(0, argv[1]);
	/* as main.c and a module do */
	descriptors_close(FD_FIRST, ~0u);
	if (pipe(lifeline))
		fail("lifeline:");
	descriptor_place(lifeline[1], FD_VCPU);
	table_write();
	outside_start(lifeline[0]);
	printf("outside before\n");
	try_network(&outside);
	sandbox_close();
	printf("inside\n");
	tell_descriptors();
	tell_limit("core", RLIMIT_CORE);
	tell_limit("processes", RLIMIT_NPROC);
	tell_limit("descriptors", RLIMIT_NOFILE);
	tell_self();
	try_process();
	try_files();
	try_network(&outside);
	tell("write to standard output", write(STDOUT_FILENO, "", 0));
	table_write();
	return 0;
}
