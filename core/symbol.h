/* SPDX-License-Identifier: ISC */
/* symbol.h -- names of the guest's functions */
#ifndef SYMBOL_H
#define SYMBOL_H

#include <stdint.h>

struct symbol_match {
	const char *name;       /* NULL: in no function that we know */
	uint64_t offset;        /* of the address in it, bytes */
};

struct symbol_match symbol_find(uint64_t address);

#endif
