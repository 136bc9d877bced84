/* SPDX-License-Identifier: ISC */
/* descriptor.c -- the table of descriptors; initially the console is 1 and 2, and 0 in programs that can read */
#include "descriptor.h"

#include <fcntl.h>

/* input.c is linked only into programs that need it */
extern hidden weak struct file guest_console_input;

hidden void guest_descriptors_start(void)
{
	if (&guest_console_input)
		descriptor_set(0, &guest_console_input, 0);
	descriptor_set(1, &guest_console, 0);
	descriptor_set(2, &guest_console, 0);
}

struct file *descriptor_file(long descriptor)
{
	if (descriptor < 0 || descriptor >= guest_descriptors_count)
		return NULL;
	return (struct file *)(guest_descriptors[descriptor] & ~(uintptr_t)FD_CLOEXEC);
}

void descriptor_set(long descriptor, struct file *file, long flags)
{
	guest_descriptors[descriptor] = (uintptr_t)file | (flags & O_CLOEXEC ? FD_CLOEXEC : 0);
	file->users++;
}

long descriptor_add(struct file *file, int least, long flags)
{
	for (int i = least; i < guest_descriptors_count; i++)
		if (!guest_descriptors[i]) {
			descriptor_set(i, file, flags);
			return i;
		}
	return -EMFILE;
}

long file_release(struct file *file)
{
	return !--file->users && file->kind->close ? file->kind->close(file) : 0;
}

long descriptor_close(long descriptor)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	guest_descriptors[descriptor] = 0;
	return file_release(file);
}

long guest_sys_close(long descriptor)
{
	return descriptor_close(descriptor);
}
