/* SPDX-License-Identifier: ISC */
/* hello.c -- the smallest application: greets the world, or its arguments */
#include <solo5.h>
#include <string.h>

int solo5_app_main(const struct solo5_start_info *info)
{
	char line[256] = "Hello, ";
	const char *name = *info->cmdline ? info->cmdline : "world";
	size_t length = strlen(line), room = sizeof(line) - length - 2, size = strlen(name);

	if (size > room)
		size = room;
	memcpy(line + length, name, size);
	memcpy(line + length + size, "!\n", 2);
	/* the whole line in one call: each is an exit to the monitor */
	solo5_console_write(line, length + size + 2);
	return SOLO5_EXIT_SUCCESS;
}
