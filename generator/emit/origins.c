/* SPDX-License-Identifier: ISC */
/*
 * origins.c -- where the bytes of an appliance come from
 *
 * Which files these are says the record of what was built from what. Each
 * belongs to the origin whose folder it is in; what is in none is the application's.
 */
#include "emit/origins.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/process.h"
#include "base/text.h"
#include "base/version.h"
#include "emit/debian.h"
#include "emit/emitters.h"
#include "compose/inputs.h"
#include "compose/paths.h"
#include "compose/record.h"
#include "input/licence.h"

/* a folder of this machine, and whose it is */
struct place {
	const char *folder;
	const char *name, *version, *licence;
	bool ukgen;
};

/* a file of either half; many objects have the same */
struct part {
	const char *path, *hash;
	bool guest;
};

struct search {
	struct origins *origins;
	const struct composition *composition;
	const char *libgcc;
	const struct strings *objects;  /* that there are in this configuration */
	const char *output;             /* the object whose files are being added */
	bool counts;                    /* it is one of them */
	struct part *parts;
	size_t part_count;
	struct place *places;           /* the first that fits counts */
	size_t place_count;
};

static void place_add(struct search *search, const char *folder, const struct place *place)
{
	struct place *added = LIST_ADD(search->places, search->place_count);

	*added = *place;
	added->folder = folder;
}

/* the version that a Debian changelog begins with: "name (VERSION) ..."; text may be NULL */
static const char *changelog_version(const char *text)
{
	const char *start = text ? strchr(text, '(') : NULL;
	size_t length = start ? strcspn(start + 1, ")\n") : 0;

	return length && start[1 + length] == ')' ? str_copy(start + 1, length) : NULL;
}

/* of a tree that is a Debian source package */
static const char *tree_version(const char *tree)
{
	return changelog_version(file_read(path_join(tree, "debian/changelog"), NULL));
}

/* of this machine's musl-dev, or of the one that ./configure --deps unpacked for another processor */
static const char *musl_version(const char *library)
{
	const char *version = debian_version("musl-dev", library);
	const char *changelog = path_join(library, "../../share/doc/musl-dev/changelog.Debian.gz");

	if (version || !path_exists(changelog) || !program_find("gzip"))
		return version;
	return changelog_version(program_says((const char *[]){"gzip", "-dc", changelog, NULL}));
}

static void libraries_add(struct search *search)
{
	const struct composition *composition = search->composition;

	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct library *library = composition->libraries.items[i];
		struct place place = {.name = library->tree_name, .licence = library->licence};

		if (library->tree) {
			place.version = tree_version(library->tree);
			place_add(search, library->tree, &place);
		}
		if (library->built)
			place_add(search, library->built, &place);
		if (!path_below(library->folder, composition->root))
			place_add(search, library->folder, &(struct place){.name = str_format("libraries/%s", library->name)});
	}
}

static void modules_add(struct search *search)
{
	const struct composition *composition = search->composition;

	for (size_t i = 1; i < composition->available.count; i++) {
		const struct module *module = composition->available.items[i];
		bool ukgen = path_below(module->folder, composition->root) != NULL;

		place_add(search, path_absolute(module->folder), &(struct place){.name = str_format("modules/%s", module->name),
			  .version = ukgen ? UKGEN_VERSION : NULL, .licence = ukgen ? "ISC" : NULL, .ukgen = ukgen});
	}
}

/* of this machine's packages */
static void system_add(struct search *search)
{
	const struct toolchain *toolchain = &search->composition->toolchain;
	const char *architecture = search->composition->architecture->name;
	struct place place = {.name = "musl", .version = musl_version(toolchain->library), .licence = "MIT"};

	place_add(search, toolchain->library, &place);
	place_add(search, toolchain->includes, &place);
	place = (struct place){.name = "gcc", .version = toolchain_compiler_version(toolchain),
		.licence = "GPL-3.0-or-later WITH GCC-exception-3.1"};
	place_add(search, path_folder(search->libgcc), &place);
	place_add(search, "/usr/include/c++", &place);
	place_add(search, str_format("/usr/include/%s-linux-gnu/c++", architecture), &place);
	place_add(search, str_format("/usr/%s-linux-gnu/include/c++", architecture), &place);
	place = (struct place){.name = "linux", .version = debian_version("linux-libc-dev", "/usr/include"),
		.licence = "GPL-2.0-only WITH Linux-syscall-note"};
	for (size_t i = 0; i < toolchain->linux_headers.count; i++)
		place_add(search, toolchain->linux_headers.items[i], &place);
}

static void places_find(struct search *search)
{
	static const char *const folders[] = {"core", "guest", "templates"};
	const char *root = search->composition->root;

	libraries_add(search);
	modules_add(search);
	for (size_t i = 0; i < search->composition->libraries.count; i++) {
		const struct library *library = search->composition->libraries.items[i];

		if (path_below(library->folder, root))
			place_add(search, library->folder, &(struct place){.name = str_format("libraries/%s", library->name),
				  .version = UKGEN_VERSION, .licence = "ISC", .ukgen = true});
	}
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		place_add(search, path_join(root, folders[i]), &(struct place){.name = folders[i],
			  .version = UKGEN_VERSION, .licence = "ISC", .ukgen = true});
	system_add(search);
}

static struct origin *origin_get(struct origins *origins, const struct place *place, bool guest)
{
	struct origin *origin;

	for (size_t i = 0; i < origins->count; i++)
		if (!strcmp(origins->items[i].name, place->name) && origins->items[i].guest == guest)
			return &origins->items[i];
	origin = LIST_ADD(origins->items, origins->count);
	origin->name = place->name;
	origin->version = place->version;
	origin->licence = place->licence;
	origin->ukgen = place->ukgen;
	origin->guest = guest;
	return origin;
}

static const char *hash_now(const char *path)
{
	char hash[SHA256_DIGEST_STRING_LENGTH];

	if (!SHA256File(path, hash))
		fatal("read %s:", path);
	return str_copy(hash, strlen(hash));
}

static void part_place(struct search *search, const struct part *part)
{
	const struct composition *composition = search->composition;
	const struct place application = {.name = composition->manifest->name};
	const struct place *place = &application;
	const char *name = NULL;
	struct origin *origin;

	for (size_t i = 0; !name && i < search->place_count; i++) {
		name = path_below(part->path, search->places[i].folder);
		if (name)
			place = &search->places[i];
	}
	if (!name)
		name = path_below(part->path, path_absolute(composition->manifest->folder));
	origin = origin_get(search->origins, place, part->guest);
	origin->own |= place == &application;
	*LIST_ADD(origin->files, origin->file_count) = (struct origin_file){name ? name : path_base(part->path), part->path,
		strcmp(part->hash, "?") ? part->hash : hash_now(part->path), NULL};
}

static int compare_parts(const void *a, const void *b)
{
	const struct part *one = a, *other = b;

	return one->guest != other->guest ? one->guest - other->guest : strcmp(one->path, other->path);
}

static void parts_place(struct search *search)
{
	if (search->part_count)
		qsort(search->parts, search->part_count, sizeof(*search->parts), compare_parts);
	for (size_t i = 0; i < search->part_count; i++)
		if (!i || compare_parts(&search->parts[i - 1], &search->parts[i]))
			part_place(search, &search->parts[i]);
}

static void part_add(struct search *search, const char *path, const char *hash, bool guest)
{
	*LIST_ADD(search->parts, search->part_count) = (struct part){path, hash, guest};
}

static void compiled_add(void *context, const char *output, const struct record_file *file)
{
	struct search *search = context;

	/* one output's files come one after another */
	if (search->output != output)
		search->counts = strings_contain(search->objects, output);
	search->output = output;
	if (search->counts)
		part_add(search, file->path, file->hash, !str_starts(output, "obj/monitor/"));
}

/* what the links take */
static void linked_add(struct search *search)
{
	const struct composition *composition = search->composition;
	const char *const monitor[] = {composition->host->start_object, "crti.o", "libc.a", "crtn.o"};
	const char *library = composition->toolchain.library;
	struct strings files[2] = {{0}};

	for (size_t i = 0; i < ARRAY_SIZE(monitor); i++)
		strings_add(&files[false], path_join(library, monitor[i]));
	strings_add(&files[false], search->libgcc);
	strings_add(&files[false], path_join(composition->root, str_format("templates/%s/appliance.ld", composition->host->name)));
	strings_add(&files[true], path_join(library, "libc.a"));
	strings_add(&files[true], search->libgcc);
	strings_add(&files[true], path_join(composition->root, "templates/app.ld"));
	strings_add(&files[true], path_join(composition->root, "templates/guest.ld"));
	for (size_t i = 0; i < composition->inputs.count; i++)
		if (!input_is_source(composition->inputs.items[i]))
			strings_add(&files[true], composition->inputs.items[i]);
	for (size_t i = 0; i < composition->libraries.count; i++)
		for (size_t a = 0; a < composition->libraries.items[i]->archives.count; a++)
			strings_add(&files[true], composition->libraries.items[i]->archives.items[a]);
	/* an appliance's guest has been linked */
	for (int guest = 0; guest < (composition->recorded ? 1 : 2); guest++)
		for (size_t i = 0; i < files[guest].count; i++)
			part_add(search, files[guest].items[i], record_hash(files[guest].items[i]), guest);
}

/* the manifest's "files" are in the guest as one tree */
static void tree_add(struct search *search)
{
	const struct composition *composition = search->composition;
	struct origin *origin;

	if (!composition_has_files(composition) || !composition->manifest->files.count)
		return;
	origin = origin_get(search->origins, &(struct place){.name = composition->manifest->name}, true);
	*LIST_ADD(origin->files, origin->file_count) =
		(struct origin_file){"files", build_path(composition, "gen/files.data"), hash_now(build_path(composition, "gen/files.data")), NULL};
}

static int compare_files(const void *a, const void *b)
{
	const struct origin_file *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : strcmp(one->hash, other->hash);
}

static int compare_origins(const void *a, const void *b)
{
	const struct origin *one = a, *other = b;

	return one->guest != other->guest ? one->guest - other->guest : strcmp(one->name, other->name);
}

static const char *licence_of_file(const char *path)
{
	static const char tag[] = "SPDX-License-Identifier:";
	FILE *file = fopen(path, "re");
	char head[1024], *at;
	size_t length = file ? fread(head, 1, sizeof(head) - 1, file) : 0;

	if (file)
		fclose(file);
	head[length] = 0;
	at = strstr(head, tag);
	if (!at)
		return NULL;
	at += strlen(tag);
	at += strspn(at, " \t");
	at[strcspn(at, "\r\n*")] = 0;
	for (length = strlen(at); length && strchr(" \t", at[length - 1]); length--)
		;
	at = str_copy(at, length);
	return licence_is_usable(at) ? at : NULL;
}

/* what all its files say of themselves; NULL if one says nothing */
static const char *licence_of(const struct origin *origin)
{
	struct strings found = {0};

	for (size_t i = 0; i < origin->file_count; i++) {
		const char *licence = licence_of_file(origin->files[i].path);

		if (!licence)
			return NULL;
		if (!strings_contain(&found, licence))
			strings_add(&found, strstr(licence, " OR ") && licence[0] != '(' ? str_format("(%s)", licence) : licence);
	}
	strings_sort(&found);
	return found.count ? str_join(&found, " AND ") : NULL;
}

static void origin_finish(struct origin *origin)
{
	char hash[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX sum;

	qsort(origin->files, origin->file_count, sizeof(*origin->files), compare_files);
	for (size_t i = 0; origin->own && i < origin->file_count; i++)
		origin->files[i].licence = licence_of_file(origin->files[i].path);
	SHA256Init(&sum);
	for (size_t i = 0; i < origin->file_count; i++) {
		const char *line = str_format("%s  %s\n", origin->files[i].hash, origin->files[i].name);

		SHA256Update(&sum, (const uint8_t *)line, strlen(line));
	}
	SHA256End(&sum, hash);
	origin->digest = str_copy(hash, strlen(hash));
	if (!origin->licence)
		origin->licence = licence_of(origin);
}

void origins_find(struct origins *origins, const struct composition *composition)
{
	struct search search = {
		.origins = origins, .composition = composition, .libgcc = toolchain_libgcc(&composition->toolchain),
		.objects = emitted_objects(),
	};

	places_find(&search);
	record_files(composition, compiled_add, &search);
	linked_add(&search);
	parts_place(&search);
	tree_add(&search);
	for (size_t i = 0; i < origins->count; i++)
		origin_finish(&origins->items[i]);
	qsort(origins->items, origins->count, sizeof(*origins->items), compare_origins);
}
