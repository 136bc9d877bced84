/* SPDX-License-Identifier: ISC */
/* descriptor.c -- the table of descriptors; initially the console is 1 and 2, and 0 in programs that can read */
#include "descriptor.h"

/* input.c is linked only into programs that need it */
extern hidden weak struct file guest_console_input;

hidden void guest_descriptors_start(void)
{
	if (&guest_console_input)
		descriptor_set(0, &guest_console_input);
	descriptor_set(1, &guest_console);
	descriptor_set(2, &guest_console);
}

struct file *descriptor_file(long descriptor)
{
	return descriptor >= 0 && descriptor < guest_descriptors_count ? guest_descriptors[descriptor] : NULL;
}

void descriptor_set(long descriptor, struct file *file)
{
	guest_descriptors[descriptor] = file;
	file->users++;
}

long descriptor_add(struct file *file, int least)
{
	for (int i = least; i < guest_descriptors_count; i++)
		if (!guest_descriptors[i]) {
			descriptor_set(i, file);
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
	guest_descriptors[descriptor] = NULL;
	return file_release(file);
}

long guest_sys_close(long descriptor)
{
	return descriptor_close(descriptor);
}
