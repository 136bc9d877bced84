/* SPDX-License-Identifier: ISC: what ukgen new begins every source with, behind this line */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "solo5.h"

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}
