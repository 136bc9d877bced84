/* SPDX-License-Identifier: ISC */
/* process.c -- runs an application that needs nothing of the monitor as a Linux process */
#include <solo5.h>

int main(void)
{
	static const struct solo5_start_info info = {.cmdline = ""};

	return solo5_app_main(&info);
}
