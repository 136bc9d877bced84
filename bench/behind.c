/* SPDX-License-Identifier: ISC */
/*
 * behind.c -- has a program made of host.c run its application behind an appliance's own filter
 *
 * Linked with -Wl,--wrap=solo5_app_main. The filter allows system calls on the
 * appliance's descriptors, so those below are taken before main opens a device.
 */
#include <err.h>
#include <fcntl.h>
#include <sys/prctl.h>

#include <solo5.h>

#include "filter.h"

enum { FD_FIRST = 100 };                /* core/descriptor.c */

__attribute__((constructor)) static void descriptors_take(void)
{
	while (dup(STDERR_FILENO) < FD_FIRST - 1)
		;
}

int __real_solo5_app_main(const struct solo5_start_info *info);
int __wrap_solo5_app_main(const struct solo5_start_info *info);

int __wrap_solo5_app_main(const struct solo5_start_info *info)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || filter_install())
		err(1, "filter");
	return __real_solo5_app_main(info);
}
