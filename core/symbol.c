/* SPDX-License-Identifier: ISC */
/* symbol.c -- names of the guest's functions */
#include "symbol.h"

#include <stddef.h>

#include "abi.h"
#include "machine/image.h"

struct symbol_match symbol_find(uint64_t address)
{
	uint32_t low = 0, high = symbol_count;
	uint64_t offset = address - IMAGE_ADDRESS;

	if (address < IMAGE_ADDRESS || offset >= image.text_size)
		return (struct symbol_match){NULL, 0};
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (symbols[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return (struct symbol_match){NULL, 0};
	return (struct symbol_match){symbol_names + symbols[low - 1].name, offset - symbols[low - 1].offset};
}
