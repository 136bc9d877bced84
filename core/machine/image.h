/* SPDX-License-Identifier: ISC */
/* image.h -- the guest's segments in the appliance's own ELF file */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdint.h>

/* Sizes are whole pages; addresses are guest-physical. */
struct image {
	uint64_t text_size;     /* from IMAGE_ADDRESS: text and read-only data */
	uint64_t data_size;     /* right above: initialised data */
	uint64_t end;           /* of bss: the heap begins here */
	uint64_t entry;
};

extern const struct image image;

/* KVM host: where the kernel maps the segments; the low image belongs at image_low_start, and what is below it is zeros */
extern uint8_t image_low[], image_text[], image_data[];
extern const uint64_t image_low_start, image_low_end;

/* process host: the executable part of the text segment, and the part of that with landing pads; whole pages */
extern const uint64_t image_code_size, image_guarded_size;

/* process host: its address is the size of the stack that the linker script has below the low pages: the manifest's, if it is small, else 0 */
extern char low_stack_size[];

/* Functions of the guest sorted by address, for trap reports; none if Kconfig's SYMBOLS is off. */
struct symbol {
	uint32_t offset;        /* from IMAGE_ADDRESS */
	uint32_t name;          /* offset into symbol_names */
};

extern const struct symbol symbols[];
extern const uint32_t symbol_count;
extern const char symbol_names[];

#endif
