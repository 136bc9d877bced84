/* SPDX-License-Identifier: ISC */
/*
 * system_calls.c -- functions that take the place of the C library's: the same system calls in less code
 *
 * The library's have what no monitor needs: cancellation points, locks against
 * threads that unmap memory, and code for old kernels. With a network that is 7 KB. The
 * linker finds these first, and leaves out those that an appliance doesn't call.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arch.h"
#include "monitor.h"

long syscall_call(long number, long a, long b, long c, long d, long e, long f) __asm__("syscall");

long syscall_call(long number, long a, long b, long c, long d, long e, long f)
{
	long result = arch_system_call(number, a, b, c, d, e, f);

	if (result >= 0 || result < -4095)
		return result;
	errno = (int)-result;
	return -1;
}

/*
 * The library declares these without their last argument. Both processors' calling
 * conventions pass it as if it were declared, so these have names of their own in C.
 */
int open_call(const char *path, int flags, long mode) __asm__("open");
int fcntl_call(int file, int command, long argument) __asm__("fcntl");
int ioctl_call(int file, unsigned request, long argument) __asm__("ioctl");
int prctl_call(int option, long a, long b, long c, long d) __asm__("prctl");
void *mremap_call(void *start, size_t size, size_t new_size, int flags, void *to) __asm__("mremap");

int open_call(const char *path, int flags, long mode)
{
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int fcntl_call(int file, int command, long argument)
{
	return (int)syscall(SYS_fcntl, file, command, argument);
}

int ioctl_call(int file, unsigned request, long argument)
{
	return (int)syscall(SYS_ioctl, file, (unsigned long)request, argument);
}

int prctl_call(int option, long a, long b, long c, long d)
{
	return (int)syscall(SYS_prctl, option, a, b, c, d);
}

void *mremap_call(void *start, size_t size, size_t new_size, int flags, void *to)
{
	return (void *)syscall(SYS_mremap, start, size, new_size, flags, to);
}

/* the library has the kernel's structure: its bits/stat.h */
int fstat(int file, struct stat *status)
{
	return (int)syscall(SYS_fstat, file, status);
}

int stat(const char *restrict path, struct stat *restrict status)
{
	return (int)syscall(SYS_newfstatat, AT_FDCWD, path, status, 0);
}

int dup3(int from, int to, int flags)
{
	return (int)syscall(SYS_dup3, from, to, flags);
}

void *mmap(void *start, size_t size, int protection, int flags, int file, off_t offset)
{
	return (void *)syscall(SYS_mmap, start, size, protection, flags, file, offset);
}

int munmap(void *start, size_t size)
{
	return (int)syscall(SYS_munmap, start, size);
}

int clock_gettime(clockid_t id, struct timespec *time)
{
	return vdso_clock ? vdso_clock(id, time) : (int)syscall(SYS_clock_gettime, id, time);
}

int socket(int domain, int type, int protocol)
{
	return (int)syscall(SYS_socket, domain, type, protocol);
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
	return (int)syscall(SYS_socketpair, domain, type, protocol, ends);
}

int connect(int socket, const struct sockaddr *address, socklen_t size)
{
	return (int)syscall(SYS_connect, socket, address, size);
}

int getsockopt(int socket, int level, int option, void *restrict value, socklen_t *restrict size)
{
	return (int)syscall(SYS_getsockopt, socket, level, option, value, size);
}

int setsockopt(int socket, int level, int option, const void *value, socklen_t size)
{
	return (int)syscall(SYS_setsockopt, socket, level, option, value, size);
}

int epoll_create1(int flags)
{
	return (int)syscall(SYS_epoll_create1, flags);
}

int epoll_ctl(int set, int operation, int file, struct epoll_event *event)
{
	return (int)syscall(SYS_epoll_ctl, set, operation, file, event);
}

int epoll_pwait(int set, struct epoll_event *events, int count, int timeout, const sigset_t *mask)
{
	return (int)syscall(SYS_epoll_pwait, set, events, count, timeout, mask, _NSIG / 8);
}

int eventfd(unsigned count, int flags)
{
	return (int)syscall(SYS_eventfd2, count, flags);
}

int eventfd_write(int event, eventfd_t count)
{
	return write(event, &count, sizeof(count)) == sizeof(count) ? 0 : -1;
}

int signalfd(int file, const sigset_t *signals, int flags)
{
	return (int)syscall(SYS_signalfd4, file, signals, _NSIG / 8, flags);
}

int sigprocmask(int how, const sigset_t *restrict signals, sigset_t *restrict old)
{
	return (int)syscall(SYS_rt_sigprocmask, how, signals, old, _NSIG / 8);
}

int sigaltstack(const stack_t *restrict stack, stack_t *restrict old)
{
	return (int)syscall(SYS_sigaltstack, stack, old);
}

ssize_t read(int file, void *buffer, size_t size)
{
	return syscall(SYS_read, file, buffer, size);
}

ssize_t write(int file, const void *buffer, size_t size)
{
	return syscall(SYS_write, file, buffer, size);
}

ssize_t pread(int file, void *buffer, size_t size, off_t offset)
{
	return syscall(SYS_pread64, file, buffer, size, offset);
}

ssize_t pwrite(int file, const void *buffer, size_t size, off_t offset)
{
	return syscall(SYS_pwrite64, file, buffer, size, offset);
}

ssize_t readv(int file, const struct iovec *parts, int count)
{
	return syscall(SYS_readv, file, parts, count);
}

ssize_t writev(int file, const struct iovec *parts, int count)
{
	return syscall(SYS_writev, file, parts, count);
}

int close(int file)
{
	return (int)syscall(SYS_close, file);
}

pid_t waitpid(pid_t process, int *status, int options)
{
	return (pid_t)syscall(SYS_wait4, process, status, options, NULL);
}

int sched_yield(void)
{
	return (int)syscall(SYS_sched_yield);
}

int mprotect(void *start, size_t size, int protection)
{
	return (int)syscall(SYS_mprotect, start, size, protection);
}

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	/* the kernel stores what is left */
	struct timespec left;

	if (timeout)
		left = *timeout;
	return (int)syscall(SYS_ppoll, files, count, timeout ? &left : NULL, mask, _NSIG / 8);
}

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
	return syscall(SYS_getrandom, buffer, size, flags);
}

/* the auxiliary vector is behind the environment */
unsigned long getauxval(unsigned long type)
{
	char **at = environ;
	const unsigned long *auxiliary;

	while (*at++)
		;
	for (auxiliary = (const unsigned long *)at; *auxiliary; auxiliary += 2)
		if (*auxiliary == type)
			return auxiliary[1];
	return 0;
}
