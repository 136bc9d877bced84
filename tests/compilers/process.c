/* SPDX-License-Identifier: ISC */
/* process.c -- solo5.h as far as these programs use it, on an ordinary process: what is right is seen there */
#include <solo5.h>
#include <unistd.h>

void solo5_console_write(const char *text, size_t size)
{
	if (write(1, text, size) != (ssize_t)size)
		_exit(99);
}

int main(void)
{
	const struct solo5_start_info info = {.cmdline = ""};

	return solo5_app_main(&info);
}
