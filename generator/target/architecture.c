/* SPDX-License-Identifier: ISC */
/* architecture.c -- the processors that appliances can be made for */
#include "target/architecture.h"

#include <string.h>

#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"

static const struct architecture *const architectures[] = {
	&architecture_x86_64,
	&architecture_aarch64,
};

const struct architecture *architecture_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(architectures); i++)
		if (!strcmp(architectures[i]->name, name))
			return architectures[i];
	return NULL;
}

const struct architecture *architecture_at(size_t i)
{
	return i < ARRAY_SIZE(architectures) ? architectures[i] : NULL;
}

const char *architecture_names(void)
{
	struct strings names = {0};

	for (size_t i = 0; i < ARRAY_SIZE(architectures); i++)
		strings_add(&names, architectures[i]->name);
	return str_join(&names, " or ");
}

const char *architecture_of_machine(uint16_t elf_machine)
{
	for (size_t i = 0; i < ARRAY_SIZE(architectures); i++)
		if (architectures[i]->elf_machine == elf_machine)
			return architectures[i]->title;
	return str_format("ELF machine %u", elf_machine);
}
