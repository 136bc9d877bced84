/* SPDX-License-Identifier: ISC */
/* call.c -- decodes the call instruction before a return address on x86-64 */
#include <string.h>

#include "arch.h"

/* E8, and the distance from the instruction behind: Intel SDM volume 2, CALL */
uint64_t arch_call_target(uint64_t address, bool (*read)(uint64_t address, void *code, size_t size))
{
	uint8_t code[5];
	int32_t distance;

	if (!read(address, code, sizeof(code)) || code[0] != 0xe8)
		return 0;
	memcpy(&distance, code + 1, sizeof(distance));
	return address + (uint64_t)(int64_t)distance;
}
