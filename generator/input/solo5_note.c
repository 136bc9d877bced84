/* SPDX-License-Identifier: ISC */
/*
 * solo5_note.c -- reads Solo5's ELF notes
 *
 * Objects are untrusted: every value in a note is checked against the size of what
 * contains it.
 */
#include "input/solo5_note.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "input/manifest_fields.h"

/* limit on input from a pipe: enough for any unikernel, and an end to endless devices */
enum { PIPE_MAX = 1 << 30 };

/* Solo5's device types, by number; notes can't express others */
static const char *const types[] = {NULL, "BLOCK_BASIC", "NET_BASIC"};

/* counts the notes of that type in data; keeps the first */
static size_t data_read(const Elf_Data *data, uint32_t type, struct note *note, size_t before)
{
	struct note found;
	size_t at = 0, count = 0;

	while (data && data->d_buf && note_next(data->d_buf, data->d_size, &at, NOTE_OWNER, type, &found))
		if (!(before + count++)) {
			note->bytes = (const uint8_t *)str_copy((const char *)found.bytes, found.size);
			note->size = found.size;
		}
	return count;
}

static size_t sections_read(Elf *elf, uint32_t type, struct note *note)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t count = 0;

	while ((section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == SHT_NOTE)
			count += data_read(elf_rawdata(section, NULL), type, note, count);
	return count;
}

/* for files without sections */
static size_t segments_read(Elf *elf, uint32_t type, struct note *note)
{
	size_t segments, count = 0;
	GElf_Phdr header;

	if (elf_getphdrnum(elf, &segments))
		return 0;
	for (size_t i = 0; i < segments; i++)
		if (gelf_getphdr(elf, (int)i, &header) && header.p_type == PT_NOTE)
			count += data_read(elf_getdata_rawchunk(elf, (int64_t)header.p_offset, header.p_filesz, ELF_T_BYTE),
					   type, note, count);
	return count;
}

/* libelf maps regular files; anything else is read into memory */
static Elf *elf_open(int file, const char *path)
{
	struct stat status;
	size_t length;
	char *bytes;

	if (elf_version(EV_CURRENT) == EV_NONE)
		fatal("libelf: %s", elf_errmsg(-1));
	if (!fstat(file, &status) && S_ISREG(status.st_mode))
		return elf_begin(file, ELF_C_READ, NULL);
	bytes = descriptor_read(file, PIPE_MAX, &length);
	if (!bytes)
		fatal("read %s:", path);
	if (length > PIPE_MAX)
		fatal("%s: more than %d MiB, and not a regular file", path, PIPE_MAX >> 20);
	return elf_memory(bytes, length);
}

size_t note_read_open(int file, const char *path, uint32_t type, struct note *note)
{
	Elf *elf = elf_open(file, path);
	size_t count, sections;
	GElf_Ehdr header;

	if (!elf || elf_kind(elf) != ELF_K_ELF)
		fatal("%s: not an ELF file; accepted are objects, appliances and programs linked by Solo5", path);
	if (!gelf_getehdr(elf, &header) || elf_getshdrnum(elf, &sections) || (header.e_shoff && !sections))
		fatal("%s: an ELF file whose end or header is missing; it was not copied or written whole", path);
	count = sections ? sections_read(elf, type, note) : segments_read(elf, type, note);
	elf_end(elf);
	return count;
}

size_t note_read(const char *path, uint32_t type, struct note *note)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	size_t count;

	if (file < 0)
		fatal("read %s:", path);
	count = note_read_open(file, path, type, note);
	close(file);
	return count;
}

bool note_may_be_in(const char *path)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char magic[SELFMAG];
	bool is = file >= 0 && read(file, magic, SELFMAG) == SELFMAG && !memcmp(magic, ELFMAG, SELFMAG);

	if (file >= 0)
		close(file);
	return is;
}

unsigned note_type_number(const char *type)
{
	for (unsigned i = 1; i < ARRAY_SIZE(types); i++)
		if (!strcmp(types[i], type))
			return i;
	return 0;
}

const char *note_type_name(uint32_t number)
{
	return number < ARRAY_SIZE(types) ? types[number] : NULL;
}

/* one entry of the manifest; reports its errors */
static void entry_read(struct manifest *manifest, unsigned number, const uint8_t *entry)
{
	struct position where = {.file = manifest->path};
	size_t length = strnlen((const char *)entry, NOTE_ENTRY_NAME_SIZE);
	const char *name = str_copy((const char *)entry, length);
	uint32_t type = note_word(entry + NOTE_ENTRY_NAME_SIZE);

	if (!number) {
		if (length || type != NOTE_ENTRY_RESERVED)
			error_at(where, "entry 0 of the manifest note is not the reserved one; make it with gen-manifest");
		return;
	}
	if (length == NOTE_ENTRY_NAME_SIZE || !device_name_is_usable(name))
		error_at(where, "entry %u of the manifest note has an unusable name; accepted are 1 to %d letters and digits",
			 number, NAME_LENGTH_MAX);
	else if (!note_type_name(type))
		error_at(where, "entry %u of the manifest note, \"%s\", has type number %u; accepted are 1 (%s) and 2 (%s)",
			 number, name, type, types[1], types[2]);
	for (size_t i = 0; i < manifest->device_count; i++)
		if (!strcmp(manifest->devices[i].name, name))
			error_at(where, "entry %u of the manifest note: device name \"%s\" is already used; each device needs its own",
				 number, name);
	*LIST_ADD(manifest->devices, manifest->device_count) = (struct device){
		.name = name, .type = note_type_name(type), .where = where,
	};
}

struct manifest *note_manifest(const char *path, const struct note *note)
{
	struct manifest *manifest = mem_zalloc(sizeof(*manifest));
	struct position where = {.file = path};
	unsigned before = error_count();
	const uint8_t *at = note->bytes + NOTE_PADDING;
	uint32_t count;

	manifest->path = path;
	manifest->folder = path_folder(path);
	manifest->solo5 = true;
	if (note->size < NOTE_PADDING + NOTE_COUNTS_SIZE) {
		error_at(where, "its manifest note has %zu bytes; at least %d are needed", note->size, NOTE_PADDING + NOTE_COUNTS_SIZE);
		return NULL;
	}
	count = note_word(at + 4);
	if (note_word(at) != 1)
		error_at(where, "its manifest note has version %u; accepted is 1", note_word(at));
	else if (!count || count > NOTE_ENTRIES_MAX)
		error_at(where, "its manifest note has %u entries; accepted are 1 to %d", count, NOTE_ENTRIES_MAX);
	else if (note->size != NOTE_PADDING + NOTE_COUNTS_SIZE + (size_t)count * NOTE_ENTRY_SIZE)
		error_at(where, "its manifest note has %zu bytes; %u entries need %zu", note->size, count,
			 NOTE_PADDING + NOTE_COUNTS_SIZE + (size_t)count * NOTE_ENTRY_SIZE);
	else
		for (uint32_t i = 0; i < count; i++)
			entry_read(manifest, i, at + NOTE_COUNTS_SIZE + i * NOTE_ENTRY_SIZE);
	return error_count() == before ? manifest : NULL;
}

/* by number, as Solo5 has them */
static const char *const targets[] = {"unknown", "hvt", "spt", "virtio", "muen", "genode", "xen"};

bool note_abi_read(const struct note *note, struct note_abi *abi)
{
	uint32_t number;

	if (note->size < 8)
		return false;
	number = note_word(note->bytes);
	*abi = (struct note_abi){targets[number < ARRAY_SIZE(targets) ? number : 0], note_word(note->bytes + 4)};
	return true;
}

uint32_t note_abi_number(const char *target)
{
	uint32_t number = 0;

	while (number + 1 < ARRAY_SIZE(targets) && strcmp(targets[number], target))
		number++;
	return number;
}
