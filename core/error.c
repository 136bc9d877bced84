/* SPDX-License-Identifier: ISC */
/*
 * error.c -- messages for errno values
 *
 * The C library's table takes 2.2 KB of each appliance, half of it for System V
 * streams and the like. These are the errors of calls on files, memory, processes,
 * sockets and /dev/kvm.
 */
#include "error.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#define ERRORS(_) \
	_(EPERM, "Operation not permitted") _(ENOENT, "No such file or directory") _(ESRCH, "No such process") \
	_(EINTR, "Interrupted system call") _(EIO, "I/O error") _(ENXIO, "No such device or address") \
	_(E2BIG, "Argument list too long") _(EBADF, "Bad file descriptor") _(EAGAIN, "Resource temporarily unavailable") \
	_(ENOMEM, "Out of memory") _(EACCES, "Permission denied") _(EFAULT, "Bad address") \
	_(EBUSY, "Resource busy") _(EEXIST, "File exists") _(ENODEV, "No such device") \
	_(ENOTDIR, "Not a directory") _(EISDIR, "Is a directory") _(EINVAL, "Invalid argument") \
	_(ENFILE, "Too many open files in system") _(EMFILE, "No file descriptors available") _(ENOTTY, "Not a tty") \
	_(ETXTBSY, "Text file busy") _(EFBIG, "File too large") _(ENOSPC, "No space left on device") \
	_(EROFS, "Read-only file system") _(EPIPE, "Broken pipe") _(ENAMETOOLONG, "Filename too long") \
	_(ENOSYS, "Function not implemented") _(ELOOP, "Symbolic link loop") _(EOVERFLOW, "Value too large for data type") \
	_(ENOTSOCK, "Not a socket") _(EMSGSIZE, "Message too large") _(EPROTOTYPE, "Protocol wrong type for socket") \
	_(EOPNOTSUPP, "Not supported") _(EAFNOSUPPORT, "Address family not supported by protocol") \
	_(EADDRINUSE, "Address in use") _(ENETDOWN, "Network is down") _(ECONNRESET, "Connection reset by peer") \
	_(ENOBUFS, "No buffer space available") _(ENOTCONN, "Socket not connected") _(ECONNREFUSED, "Connection refused") \
	_(EHOSTDOWN, "Host is down") _(EDQUOT, "Quota exceeded") _(ESTALE, "Stale file handle") _(EUCLEAN, "Structure needs cleaning")

#define NUMBER(number, text)    number,
#define TEXT(number, text)      text "\0"

static const uint8_t numbers[] = {ERRORS(NUMBER)};
static const char texts[] = ERRORS(TEXT);

const char *error_text(int error)
{
	const char *text = texts;

	for (unsigned i = 0; i < sizeof(numbers); i++, text += strlen(text) + 1)
		if (numbers[i] == error)
			return text;
	return NULL;
}
