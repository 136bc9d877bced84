/* SPDX-License-Identifier: ISC */
/* app.c -- does nothing */
#include <solo5.h>

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	return 0;
}
