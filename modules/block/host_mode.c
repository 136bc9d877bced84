/* SPDX-License-Identifier: ISC */
/* block/host_mode.c -- --block-mode: which devices are mapped, in an appliance that has both modes */
#include "core.h"

#include <string.h>

#include "mapped.h"

void option_block_mode(unsigned device, const char *value)
{
	if (!strcmp(value, "file"))
		mapped[device].mode = MODE_FILE;
	else if (!strcmp(value, "mapped"))
		mapped[device].mode = MODE_MAPPED;
	else
		fail("--block-mode:%s=%s: no such mode; accepted are file and mapped", block_config[device].name, value);
}
