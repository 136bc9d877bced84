/* SPDX-License-Identifier: ISC */
/*
 * inspect_which.c -- ukgen inspect --which: the appliances that have an input
 *
 * Symbolic links in folders are not followed, and only regular files are opened.
 * What an appliance records is untrusted, and so are names of files: everything
 * that is printed goes through printable(), without tabs, which separate fields.
 */
#include "command/inspect_which.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "input/package.h"

/* text between two tabs of a line */
static const char *field(const char *text)
{
	char *shown = printable(text);

	for (char *c = shown; *c; c++)
		if (*c == '\t')
			*c = '?';
	return shown;
}

static const char *field_of(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? field(string) : "";
}

/* the whole of an input's name, or its last part: ukgen/modules/net is net */
static bool input_is(const json_t *input, const char *name)
{
	const char *found = json_string_value(json_object_get(input, "name"));

	return found && (!strcmp(found, name) || !strcmp(path_base(found), name));
}

static void half_search(const char *path, const char *half, const json_t *inputs, const char *name)
{
	json_t *input;
	size_t i;

	json_array_foreach(inputs, i, input)
		if (input_is(input, name))
			printf("%s\t%s\t%s\t%s\t%s\n", field(path), half, field_of(input, "name"),
			       field_of(input, "version"), field_of(input, "sha256"));
}

/* what isn't an appliance is passed over */
static void file_search(const char *place, const char *path, const char *name)
{
	/* O_NONBLOCK: a FIFO that took the file's place doesn't stop the search */
	int file = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct position where = {.file = path};
	struct stat status;
	json_error_t error;
	json_t *package;
	char *text;

	if (file < 0) {
		warning_at(where, "%s; it is left out", strerror(errno));
		return;
	}
	text = fstat(file, &status) || !S_ISREG(status.st_mode) ? NULL : package_text_of(file);
	close(file);
	if (!text)
		return;
	package = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (package) {
		half_search(path, "monitor", json_object_get(package, "inputs"), name);
		half_search(path, "guest", json_object_get(json_object_get(package, "guest"), "inputs"), name);
	} else {
		warning_at(where, "its record is damaged: %s; it is left out", error.text);
	}
	json_decref(package);
	free(text);
}

static int compare_names(const FTSENT **one, const FTSENT **other)
{
	return strcmp((*one)->fts_name, (*other)->fts_name);
}

int inspect_which(int count, char **words)
{
	FTSENT *entry;
	FTS *tree;

	if (count < 2)
		fatal("inspect --which takes a module's or library's name, and folders or appliances; use ukgen inspect --which NAME DIR...");
	for (int i = 1; i < count; i++)
		if (access(words[i], R_OK))
			fatal("%s:", words[i]);
	/* words ends with NULL, as argv does */
	tree = fts_open(words + 1, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, compare_names);
	if (!tree)
		fatal("search %s:", words[1]);
	while ((entry = fts_read(tree))) {
		if (entry->fts_info == FTS_F)
			file_search(entry->fts_accpath, entry->fts_path, words[0]);
		else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS)
			warning_at((struct position){.file = entry->fts_path}, "%s; it is left out", strerror(entry->fts_errno));
	}
	fts_close(tree);
	return 0;
}
