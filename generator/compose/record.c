/* SPDX-License-Identifier: ISC */
/*
 * record.c -- records what a build folder was built from, by content
 *
 * Each line "> OUTPUT" is followed by the files that OUTPUT was built from:
 * "HASH STATE PATH". The first group has no output and applies to everything.
 */
#include "compose/record.h"

#include <dirent.h>
#include <errno.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/environment.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "compose/inputs.h"
#include "compose/paths.h"

static const char record_name[] = "built-from";
static const char first_line[] = "# What the files here were built from, by content: ukgen builds again what that changes";

/* a hash that never matches: the file changed while it was read, or includes files that no compiler reports */
static const char unknown[] = "?";

struct file {
	const char *hash, *state, *path;
};

struct group {
	const char *output;     /* in BUILDDIR; "" is all of it */
	struct file *files;
	size_t count;
};

struct record {
	struct group *items;
	size_t count;
	struct file *known;     /* every file once, sorted by path: what an earlier run hashed */
	size_t known_count;
};

static struct record earlier;
static const struct composition *writing;       /* not NULL: the record is written at the end */
static struct timespec begun;                   /* as files have it */

/* changes whenever the content does, even if the times are reset (it has ctime, inode and size); NULL without such a file */
static const char *state_of(const char *path)
{
	struct stat status;

	if (stat(path, &status) || !S_ISREG(status.st_mode))
		return NULL;
	if (status.st_ctim.tv_sec > begun.tv_sec ||
	    (status.st_ctim.tv_sec == begun.tv_sec && status.st_ctim.tv_nsec > begun.tv_nsec))
		return unknown;
	return str_format("%lx:%lx:%lx:%lx.%lx:%lx.%lx", status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
			  status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

static const char *hash_of(const char *path)
{
	static const char includes[] = ".incbin";
	char hash[SHA256_DIGEST_STRING_LENGTH];
	size_t length;
	char *text = file_read(path, &length);
	bool known;

	if (!text)
		return unknown;
	/* .incbin in assembly isn't reported by compilers; programs and objects may contain the word, too */
	known = memchr(text, 0, length) || !memmem(text, length, includes, sizeof(includes) - 1);
	SHA256Data((const uint8_t *)text, length, hash);
	free(text);
	return known ? str_copy(hash, strlen(hash)) : unknown;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static const struct file *file_find(const struct file *files, size_t count, const char *path)
{
	const struct file wanted = {.path = path};

	return count ? bsearch(&wanted, files, count, sizeof(*files), compare_paths) : NULL;
}

/* reads the record of the last run; false if there is none or it is malformed */
static bool record_read(struct record *record, const char *path)
{
	char *text = file_read(path, NULL), *line = strsep(&text, "\n");

	if (!line || strcmp(line, first_line))
		return false;
	while ((line = strsep(&text, "\n"))) {
		struct file file = {.hash = line};
		struct group *group;

		if (!*line)
			continue;
		if (str_starts(line, "> ")) {
			LIST_ADD(record->items, record->count)->output = line + 2;
			continue;
		}
		strsep(&line, " ");
		file.state = strsep(&line, " ");
		file.path = line;
		if (!file.path || !record->count)
			return false;
		group = &record->items[record->count - 1];
		*LIST_ADD(group->files, group->count) = file;
		*LIST_ADD(record->known, record->known_count) = file;
	}
	if (record->known_count)
		qsort(record->known, record->known_count, sizeof(*record->known), compare_paths);
	return true;
}

/* hashes a file, but reads it only if its state has changed since an earlier run */
static struct file file_look(const char *path)
{
	const struct file *known = file_find(earlier.known, earlier.known_count, path);
	struct file file = {.state = state_of(path), .path = path};

	if (!file.state || file.state == unknown)
		return (struct file){unknown, unknown, path};
	file.hash = known && !strcmp(known->state, file.state) ? known->hash : hash_of(path);
	return file;
}

/* a file in many groups is checked once */
static struct file *looked;
static size_t looked_count, looked_sorted;

static const struct file *file_now(const char *path)
{
	const struct file *found = file_find(looked, looked_sorted, path);

	for (size_t i = looked_sorted; !found && i < looked_count; i++)
		if (!strcmp(looked[i].path, path))
			found = &looked[i];
	if (found)
		return found;
	*LIST_ADD(looked, looked_count) = file_look(path);
	/* insertion sort: few are out of order */
	if (looked_count - looked_sorted < 32)
		return &looked[looked_count - 1];
	qsort(looked, looked_count, sizeof(*looked), compare_paths);
	looked_sorted = looked_count;
	return file_find(looked, looked_count, path);
}

static bool group_changed(const struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct file *file = &group->files[i];
		bool variable = file->path[0] != '/';

		if (variable ? strcmp(file->hash, environment_date()) :
		    !strcmp(file->hash, unknown) || strcmp(file->hash, file_now(file->path)->hash))
			return true;
	}
	return false;
}

static const char *const tools[] = {"gcc", "as", "ld", "objcopy"};

/* the tools, which PATH may find elsewhere now */
static bool tools_changed(const struct composition *composition)
{
	const struct group *group = earlier.items;

	if (!earlier.count || group->count != ARRAY_SIZE(tools) + 1 || group_changed(group))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(tools); i++)
		if (strcmp(group->files[i].path, toolchain_program(&composition->toolchain, tools[i])))
			return true;
	return false;
}

static void output_remove(const struct composition *composition, const char *name)
{
	const char *path = build_path(composition, name);

	if (unlink(path) && errno != ENOENT)
		fatal("remove %s:", path);
}

/* without its log, ninja builds everything again */
static void all_remove(const struct composition *composition)
{
	static const char *const logs[] = {
		"obj/app/.ninja_log", "obj/guest/.ninja_log", "obj/core/.ninja_log", "obj/monitor/.ninja_log",
	};

	for (size_t i = 0; i < ARRAY_SIZE(logs); i++)
		output_remove(composition, logs[i]);
}

void record_check(const struct composition *composition)
{
	begun = folder_now(composition->build);
	if (!record_read(&earlier, build_path(composition, record_name)) || tools_changed(composition)) {
		all_remove(composition);
		return;
	}
	for (size_t i = 0; i < earlier.count; i++)
		if (group_changed(&earlier.items[i]))
			output_remove(composition, earlier.items[i].output);
}

static void file_print(FILE *out, const char *path)
{
	const struct file *file = file_now(path);

	fprintf(out, "%s %s %s\n", file->hash, file->state, file->path);
}

/* the next path in a compiler's list, without what escapes its characters there; NULL at the end */
static char *path_next(const char **at)
{
	const char *from = *at;
	char *path, *to;

	while (strchr(" \t\n", *from) || !strncmp(from, "\\\n", 2)) {
		if (!*from)
			return NULL;
		from++;
	}
	/* no path has a line end */
	path = to = mem_zalloc(strcspn(from, "\n") + 1);
	while (!strchr(" \t\n", *from)) {
		size_t backslashes = strspn(from, "\\");

		if (backslashes && strchr(" \t", from[backslashes])) {
			/* they are doubled before a blank, and one more escapes it */
			memset(to, '\\', backslashes / 2);
			to += backslashes / 2;
			from += backslashes;
			if (backslashes % 2 && *from)
				*to++ = *from++;
			else
				break;
			continue;
		}
		if ((*from == '\\' && (from[1] == '#' || from[1] == ':')) || (*from == '$' && from[1] == '$'))
			from++;
		*to++ = *from++;
	}
	*at = from;
	return path;
}

struct visit {
	void (*each)(void *context, const char *output, const struct record_file *file);
	void *context;
};

/* the header that a path in BUILDDIR's links to Linux's headers is; NULL: it isn't there */
static const char *linux_header(const struct composition *composition, const char *path)
{
	const struct strings *folders = &composition->toolchain.linux_headers;
	const char *below = path_below(path, LINUX_HEADERS), *rest;

	for (size_t i = 0; below && i < folders->count; i++)
		if ((rest = path_below(below, path_base(folders->items[i]))))
			return path_join(folders->items[i], rest);
	return NULL;
}

/* a source's path as the compiler has it: ccache lists those near BUILDDIR from there on. NULL: it is below BUILDDIR */
static const char *source_path(const struct composition *composition, const char *path)
{
	const char *whole;

	if (*path == '/')
		return path_below(path, composition->build) ? NULL : path;
	if (strncmp(path, "../", 3))
		return linux_header(composition, path);
	path = path_join(composition->build, path);
	whole = realpath(path, NULL);
	return whole ? whole : path;
}

/* "OUTPUT: PATH ...", as -MD writes it; what is generated ninja sees by its time, and it is below BUILDDIR */
static void list_visit(const struct visit *visit, const struct composition *composition, const char *output, const char *list)
{
	const char *text = file_read(list, NULL), *at = text ? strstr(text, ": ") : NULL, *path;

	for (at = at ? at + 1 : ""; (path = path_next(&at));) {
		path = source_path(composition, path);
		if (path)
			visit->each(visit->context, output, &(struct record_file){path, file_now(path)->hash});
	}
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* below a folder of BUILDDIR, in order */
static void lists_visit(const struct visit *visit, const struct composition *composition, const char *folder)
{
	DIR *stream = opendir(build_path(composition, folder));
	struct strings names = {0};
	struct dirent *entry;

	if (!stream)
		return;
	while ((entry = readdir(stream)))
		if (entry->d_name[0] != '.')
			strings_add(&names, str_format("%s/%s", folder, entry->d_name));
	closedir(stream);
	if (names.count)
		qsort(names.items, names.count, sizeof(*names.items), compare_strings);
	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];

		if (str_ends(name, ".o.d"))
			list_visit(visit, composition, str_copy(name, strlen(name) - 2), build_path(composition, name));
		else if (!str_ends(name, ".o"))
			lists_visit(visit, composition, name);
	}
}

void record_files(const struct composition *composition, void (*each)(void *context, const char *output, const struct record_file *file),
		  void *context)
{
	lists_visit(&(struct visit){each, context}, composition, "obj");
}

const char *record_hash(const char *path)
{
	return file_now(path)->hash;
}

static void tools_print(FILE *out, const struct composition *composition)
{
	fprintf(out, "> \n");
	for (size_t i = 0; i < ARRAY_SIZE(tools); i++)
		file_print(out, toolchain_program(&composition->toolchain, tools[i]));
	fprintf(out, "%s - SOURCE_DATE_EPOCH\n", environment_date());
}

/* the inputs of links, which no compiler reports */
static void links_print(FILE *out, const struct composition *composition)
{
	const char *const monitor[] = {composition->host->start_object, "crti.o", "libc.a", "crtn.o"};
	const char *name = composition->manifest->name, *library = composition->toolchain.library;

	fprintf(out, "> app.o\n");
	file_print(out, path_join(composition->root, "templates/app.ld"));
	for (size_t i = 0; i < composition->inputs.count; i++)
		if (!input_is_source(composition->inputs.items[i]))
			file_print(out, composition->inputs.items[i]);
	fprintf(out, "> %s.guest.elf\n", name);
	file_print(out, path_join(composition->root, "templates/guest.ld"));
	file_print(out, path_join(library, "libc.a"));
	fprintf(out, "> %s.monitor.elf\n", name);
	file_print(out, path_join(composition->root, str_format("templates/%s/appliance.ld", composition->host->name)));
	for (size_t i = 0; i < ARRAY_SIZE(monitor); i++)
		file_print(out, path_join(library, monitor[i]));
}

struct writing {
	FILE *out;
	const char *output;     /* whose files are being written; NULL: none yet */
};

static void dependency_write(void *context, const char *output, const struct record_file *file)
{
	struct writing *writing_now = context;

	if (writing_now->output != output)
		fprintf(writing_now->out, "> %s\n", output);
	writing_now->output = output;
	file_print(writing_now->out, file->path);
}

static void record_write(void)
{
	const struct composition *composition = writing;
	struct emit emit;

	emit_open(&emit, build_path(composition, record_name));
	fprintf(emit.stream, "%s\n", first_line);
	tools_print(emit.stream, composition);
	links_print(emit.stream, composition);
	record_files(composition, dependency_write, &(struct writing){emit.stream, NULL});
	emit_close(&emit);
}

void record_open(const struct composition *composition)
{
	if (writing)
		return;
	output_remove(composition, record_name);
	writing = composition;
	atexit(record_write);
}
