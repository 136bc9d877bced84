/* SPDX-License-Identifier: ISC */
/* environment.c -- the environment, in programs that name it or call getenv */
#include <uk.h>
#include <unistd.h>

#include "libc.h"

char **__environ = 0;
weak_alias(__environ, ___environ);
weak_alias(__environ, _environ);
weak_alias(__environ, environ);

hidden void guest_environment_start(void)
{
	__environ = uk_environment();
}
