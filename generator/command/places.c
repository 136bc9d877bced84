/* SPDX-License-Identifier: ISC */
/* places.c -- the source lines of addresses of a guest */
#include "command/places.h"

#include <fcntl.h>
#include <gelf.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/guest_file.h"
#include "input/appliance.h"
#include "target/architecture.h"
#include "target/toolchain.h"

const char *places_guest(const char *command, const char *build, const char *appliance)
{
	json_t *description = json_loads(appliance_description(command, appliance), 0, NULL);
	const char *name = json_string_value(json_object_get(description, "name"));

	if (!name || !*name || strchr(name, '/'))
		fatal("%s: its description is damaged", appliance);
	return guest_file_find(command, build, appliance, name);
}

/* the addr2line of each architecture: Debian's only knows its own */
static const char *addr2line_of(const char *guest)
{
	int file = open(guest, O_RDONLY | O_CLOEXEC);
	GElf_Ehdr header = {0};
	Elf *elf = NULL;

	if (file >= 0 && elf_version(EV_CURRENT) != EV_NONE)
		elf = elf_begin(file, ELF_C_READ, NULL);
	if (!elf || !gelf_getehdr(elf, &header))
		fatal("%s: not an ELF file", guest);
	elf_end(elf);
	close(file);
	for (size_t i = 0; architecture_at(i); i++) {
		const struct architecture *architecture = architecture_at(i);

		if (architecture->elf_machine == header.e_machine && architecture != architecture_native())
			return str_format("%saddr2line", architecture->toolchain);
	}
	return "addr2line";
}

/* reads a line without its end; NULL behind the last one */
static void line_read(struct places *places)
{
	if (getline(&places->line, &places->size, places->said) < 0) {
		free(places->line);
		places->line = NULL;
	} else {
		places->line[strcspn(places->line, "\n")] = 0;
	}
}

void places_open(struct places *places, const char *guest, const struct strings *addresses)
{
	/* -a -p: "0xADDRESS: FUNCTION at FILE:LINE", then " (inlined by) ..." for each caller */
	const char *const begin[] = {addr2line_of(guest), "-a", "-p", "-f", "-i", "-C", "-e", guest};
	struct strings words = {0};

	for (size_t i = 0; i < ARRAY_SIZE(begin); i++)
		strings_add(&words, begin[i]);
	for (size_t i = 0; i < addresses->count; i++)
		strings_add(&words, addresses->items[i]);
	strings_add(&words, NULL);
	*places = (struct places){.program = program_start(words.items, false, "binutils")};
	places->said = fdopen(places->program.output, "r");
	if (!places->said)
		fatal("read from %s:", places->program.name);
	line_read(places);
}

/*
 * Sources were compiled with these names for their folders (emit/ninja.c): app is
 * the manifest's folder, ukgen the folder of ukgen's own files. The part before is
 * the build folder.
 */
static const char *source_name(const char *path)
{
	static const char *const folders[] = {"/app/", "/ukgen/"};

	for (const char *at = path + strlen(path); at > path; at--)
		for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
			if (str_starts(at, folders[i]))
				return i ? at + 1 : at + strlen(folders[i]);
	return path;
}

static char *place_of(char *said)
{
	char *path = strstr(said, " at "), *discriminator = path ? strstr(path, " (discriminator ") : NULL;

	/* which of several blocks of code of one line it is */
	if (discriminator)
		*discriminator = 0;
	return printable(path ? str_format("%.*s%s", (int)(path + 4 - said), said, source_name(path + 4)) : said);
}

void places_read(struct places *places, struct strings *found)
{
	*found = (struct strings){0};
	while (places->line && (!found->count || strncmp(places->line, "0x", 2))) {
		char *place = found->count ? places->line : strstr(places->line, ": ");

		strings_add(found, place ? place_of(place + strspn(place, ": ")) : "?? ??:0");
		line_read(places);
	}
}

bool place_is_known(const char *place)
{
	const char *path = strstr(place, " at ");

	return path && !str_starts(path, " at ??:");
}

int places_close(struct places *places)
{
	fclose(places->said);
	free(places->line);
	return process_wait(places->program.process);
}
