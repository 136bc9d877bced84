/* SPDX-License-Identifier: ISC: what ukgen new --libc begins a source with, behind this line */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "solo5.h"

static void say(const char *text)
{
	fputs(text, stdout);
	fflush(stdout);
}
