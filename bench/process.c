/* SPDX-License-Identifier: ISC */
/* process.c -- runs, as a Linux process, an application that needs nothing of a monitor */
#include <solo5.h>

int main(void)
{
	static const struct solo5_start_info info = {.cmdline = ""};

	return solo5_app_main(&info);
}
