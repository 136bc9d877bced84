/* SPDX-License-Identifier: ISC */
/*
 * refuse.c -- makes a system call fail as if the kernel refused it, even after an appliance's own filter
 *
 * usage: refuse CALL[:REQUEST] WHEN ERROR|exit:REASON PROGRAM [ARGUMENT...]
 *
 * All calls of CALL (for ioctl those with REQUEST, a number) are made, except the
 * WHENth, counted from 1, which fails with errno ERROR, a number. exit:REASON is for
 * KVM_RUN, which succeeds with REASON as the exit reason in kvm_run. The status is
 * PROGRAM's, 125 if refuse failed, 124 if PROGRAM made fewer calls.
 *
 * The kernel notifies this program of each such call (seccomp user notification).
 * strace can't be used: it injects calls for which the filter kills the monitor.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/kvm.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* our own failures: no status of an appliance */
enum { FAILED = 125, NEVER = 124 };

/* from now on the kernel asks the reader of the returned descriptor about this call */
static int filter_install(int call, unsigned request)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, request, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(*code), code};

	if (call != SYS_ioctl)
		/* whatever its second argument is */
		code[3] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void descriptor_send(int socket, int descriptor)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = {
		.header = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS},
	};
	struct iovec data = {"", 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control,
				 .msg_controllen = sizeof(control)};

	memcpy(CMSG_DATA(&control.header), &descriptor, sizeof(int));
	if (sendmsg(socket, &message, 0) != 1)
		err(FAILED, "send the listener");
}

static int descriptor_receive(int socket)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control;
	char byte;
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	int descriptor;

	if (recvmsg(socket, &message, 0) != 1 || !CMSG_FIRSTHDR(&message))
		errx(FAILED, "no listener");
	memcpy(&descriptor, CMSG_DATA(&control.header), sizeof(int));
	return descriptor;
}

/* where the virtual processor's kvm_run is mapped in that process */
static uint64_t kvm_run_address(pid_t process)
{
	char name[40], line[512];
	uint64_t address = 0;
	FILE *maps;

	snprintf(name, sizeof(name), "/proc/%d/maps", process);
	maps = fopen(name, "r");
	if (!maps)
		err(FAILED, "%s", name);
	while (fgets(line, sizeof(line), maps))
		if (strstr(line, "anon_inode:kvm-vcpu"))
			address = strtoull(line, NULL, 16);
	fclose(maps);
	if (!address)
		errx(FAILED, "%s: no virtual processor", name);
	return address;
}

static void exit_reason_write(pid_t process, uint32_t reason)
{
	off_t at = (off_t)(kvm_run_address(process) + offsetof(struct kvm_run, exit_reason));
	char name[40];
	int memory;

	snprintf(name, sizeof(name), "/proc/%d/mem", process);
	memory = open(name, O_RDWR | O_CLOEXEC);
	if (memory < 0 || pwrite(memory, &reason, sizeof(reason), at) != sizeof(reason))
		err(FAILED, "%s", name);
	close(memory);
}

/* answers until the program, whose pidfd that is, has ended; returns whether the WHENth call came */
static bool answer(int listener, int program, uint64_t when, int error, int64_t reason)
{
	struct pollfd ready[] = {{.fd = listener, .events = POLLIN}, {.fd = program, .events = POLLIN}};
	uint64_t count = 0;

	while (poll(ready, 2, -1) > 0 && !ready[1].revents) {
		struct seccomp_notif asked = {0};
		struct seccomp_notif_resp response = {0};

		/* a signal may have taken the question back */
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked))
			continue;
		response.id = asked.id;
		if (++count != when)
			response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		else if (reason >= 0)
			exit_reason_write((pid_t)asked.pid, (uint32_t)reason);
		else
			response.error = -error;
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response))
			count--;
	}
	return count >= when;
}

int main(int argc, char **argv)
{
	char *request;
	int sockets[2], call, status, error = 0;
	bool came;
	int64_t reason = -1;
	pid_t child;

	if (argc < 5)
		errx(FAILED, "usage: refuse CALL[:REQUEST] WHEN ERROR|exit:REASON PROGRAM [ARGUMENT...]");
	request = strchr(argv[1], ':');
	if (request)
		*request++ = '\0';
	call = seccomp_syscall_resolve_name(argv[1]);
	if (call < 0)
		errx(FAILED, "no system call is named %s", argv[1]);
	if (!strncmp(argv[3], "exit:", 5))
		reason = atoi(argv[3] + 5);
	else
		error = atoi(argv[3]);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets))
		err(FAILED, "socketpair");

	child = fork();
	if (child < 0)
		err(FAILED, "fork");
	if (!child) {
		int listener = filter_install(call, request ? (unsigned)strtoul(request, NULL, 0) : 0);

		if (listener < 0)
			err(FAILED, "install the filter");
		descriptor_send(sockets[1], listener);
		execv(argv[4], argv + 4);
		err(FAILED, "%s", argv[4]);
	}
	close(sockets[1]);
	came = answer(descriptor_receive(sockets[0]), (int)syscall(SYS_pidfd_open, child, 0),
		      (uint64_t)atoll(argv[2]), error, reason);
	if (waitpid(child, &status, 0) != child)
		err(FAILED, "wait");
	if (!came)
		errx(NEVER, "%s was not called that often", argv[1]);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
