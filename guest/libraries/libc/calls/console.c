/* SPDX-License-Identifier: ISC */
/* console.c -- the console as an open file, for standard output and standard error */
#include <fcntl.h>
#include <solo5.h>
#include <sys/stat.h>

#include "descriptor.h"

static long console_write(struct file *file, const struct iovec *parts, int count)
{
	size_t size = 0;

	(void)file;
	for (int i = 0; i < count; i++) {
		if (parts[i].iov_len)
			solo5_console_write(parts[i].iov_base, parts[i].iov_len);
		size += parts[i].iov_len;
	}
	return (long)size;
}

static const struct kind console = {
	.mode = S_IFCHR | 0620,
	.write = console_write,
};

hidden struct file guest_console = {.kind = &console, .flags = O_WRONLY};
