/* SPDX-License-Identifier: ISC */
/* call.c -- decodes the call instruction before a return address on 64-bit ARM */
#include "arch.h"

/* BL, and the distance in instructions, of 26 bits: Arm ARM, C6.2 */
uint64_t arch_call_target(uint64_t address, bool (*read)(uint64_t address, void *code, size_t size))
{
	uint32_t code;

	if (!read(address, &code, sizeof(code)) || code >> 26 != 0x25)
		return 0;
	return address - sizeof(code) + (uint64_t)((int64_t)(int32_t)(code << 6) >> 4);
}
