/* SPDX-License-Identifier: ISC */
/*
 * vdso.c -- finds the vDSO's clock_gettime, which reads clocks without a system call
 *
 * The vDSO is an ELF file that the kernel maps: vdso(7).
 */
#include <elf.h>
#include <string.h>
#include <sys/auxv.h>

#include "arch.h"
#include "monitor.h"

vdso_clock_function *vdso_clock __attribute__((section(".data.until_guest")));

struct vdso {
	uint64_t base;                  /* of its addresses */
	const Elf64_Sym *symbols;
	const char *names;
	const uint32_t *hash;           /* DT_HASH: buckets, chains; */
	const uint32_t *gnu_hash;       /* DT_GNU_HASH: newer kernels have no other */
};

static void dynamic_read(struct vdso *vdso, const Elf64_Dyn *dynamic)
{
	for (; dynamic->d_tag != DT_NULL; dynamic++) {
		const void *at = (const void *)(vdso->base + dynamic->d_un.d_ptr);

		switch (dynamic->d_tag) {
		case DT_SYMTAB: vdso->symbols = at; break;
		case DT_STRTAB: vdso->names = at; break;
		case DT_HASH: vdso->hash = at; break;
		case DT_GNU_HASH: vdso->gnu_hash = at; break;
		}
	}
}

/* the number of symbols: the end of the last bucket's chain */
static uint32_t gnu_hash_count(const uint32_t *table)
{
	uint32_t buckets = table[0], first = table[1], last = 0;
	const uint32_t *bucket = table + 4 + 2 * table[2], *chain = bucket + buckets;

	for (uint32_t i = 0; i < buckets; i++)
		if (bucket[i] > last)
			last = bucket[i];
	if (last < first)
		return first;
	while (!(chain[last - first] & 1))
		last++;
	return last + 1;
}

/* 0 if there is none */
static uint64_t vdso_find(const char *name)
{
	uint64_t start = getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *header = (const void *)start;
	const Elf64_Dyn *dynamic = NULL;
	struct vdso vdso = {.base = 0};
	const Elf64_Phdr *segment;
	uint32_t count = 0;

	if (!start)
		return 0;
	segment = (const void *)(start + header->e_phoff);
	for (unsigned i = 0; i < header->e_phnum; i++, segment++) {
		if (segment->p_type == PT_LOAD)
			vdso.base = start + segment->p_offset - segment->p_vaddr;
		if (segment->p_type == PT_DYNAMIC)
			dynamic = (const void *)(start + segment->p_offset);
	}
	if (dynamic)
		dynamic_read(&vdso, dynamic);
	if (!vdso.symbols || !vdso.names)
		return 0;
	if (vdso.hash)
		count = vdso.hash[1];
	else if (vdso.gnu_hash)
		count = gnu_hash_count(vdso.gnu_hash);
	for (uint32_t i = 0; i < count; i++)
		if (vdso.symbols[i].st_shndx && !strcmp(vdso.names + vdso.symbols[i].st_name, name))
			return vdso.base + vdso.symbols[i].st_value;
	return 0;
}

void vdso_start(void)
{
	vdso_clock = (vdso_clock_function *)(uintptr_t)vdso_find(ARCH_VDSO_CLOCK);
}
