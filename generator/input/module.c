/* SPDX-License-Identifier: ISC */
/* module.c -- the kinds of hooks that modules can have */
#include "input/module.h"

const struct hook_kind hook_kinds[HOOK_COUNT] = {
	[HOOK_SETUP] = {.name = "setup"},
	[HOOK_START] = {.name = "start"},
	[HOOK_ENTER] = {.name = "enter"},
	[HOOK_LEAVE] = {.name = "leave", .takes = "number"},
	[HOOK_REFRESH] = {.name = "refresh"},
	[HOOK_IDLE] = {.name = "idle", .answers = true},
	[HOOK_TRAP] = {.name = "trap", .answers = true},
	[HOOK_INTERRUPT] = {.name = "interrupt"},
	[HOOK_SAMPLE] = {.name = "sample"},
	[HOOK_END] = {.name = "end", .takes = "status"},
};
