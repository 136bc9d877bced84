/* SPDX-License-Identifier: ISC */
/*
 * elf_abi.h -- Solo5's ELF notes, for programs that inspect appliances and unikernels
 *
 * Source-compatible with Solo5 in names, numbers and layouts. Its macros that
 * declare such notes are left out: ukgen writes an appliance's notes.
 */
#ifndef ELF_ABI_H
#define ELF_ABI_H

#include <stddef.h>
#include <stdint.h>

enum abi_target {
	HVT_ABI_TARGET = 1,
	SPT_ABI_TARGET,
	VIRTIO_ABI_TARGET,
	MUEN_ABI_TARGET,
	GENODE_ABI_TARGET,
	XEN_ABI_TARGET
};

#define ABI1_NOTE_NAME "Solo5"
#define ABI1_NOTE_TYPE 0x31494241       /* "ABI1" */
#define ABI1_NOTE_ALIGN 4

/* the header of each of Solo5's notes */
struct abi1_nhdr {
	uint32_t n_namesz;
	uint32_t n_descsz;
	uint32_t n_type;
	char n_name[8];
};

struct abi1_info {
	uint32_t abi_target;    /* enum abi_target */
	uint32_t abi_version;
	uint32_t reserved0;
	uint32_t reserved1;
};

struct abi1_note {
	struct abi1_nhdr h;
	struct abi1_info i;
};

#endif
