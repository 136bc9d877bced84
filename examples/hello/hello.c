/* SPDX-License-Identifier: ISC */
/* hello.c -- the smallest application: greets whoever its arguments name */
#include <solo5.h>
#include <string.h>

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	print("Hello, ");
	print(*info->cmdline ? info->cmdline : "world");
	print("!\n");
	return SOLO5_EXIT_SUCCESS;
}
