/* SPDX-License-Identifier: ISC */
/*
 * library_names.c -- functions of libraries that an application needs because it names something
 *
 * A linker can't see that a program opens a device by its name. The name is in the
 * program, in "environment", or in a configuration file among its "files".
 */
#include "compose/library_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/strings.h"
#include "compose/paths.h"
#include "input/files.h"

/* where names are looked for */
struct texts {
	const char *app;
	size_t app_size;
	const struct strings *environment;
	struct packed_file files;
};

static bool bytes_contain(const char *bytes, size_t size, const char *text)
{
	return bytes && memmem(bytes, size, text, strlen(text));
}

static bool file_contains(const struct packed_file *file, const char *text)
{
	bool found = bytes_contain(file->bytes, file->size, text);

	for (size_t i = 0; i < file->count && !found; i++)
		found = file_contains(&file->files[i], text);
	return found;
}

static bool texts_contain(const struct texts *texts, const char *text)
{
	bool found = bytes_contain(texts->app, texts->app_size, text) || file_contains(&texts->files, text);

	for (size_t i = 0; i < texts->environment->count && !found; i++)
		found = strstr(texts->environment->items[i], text) != NULL;
	return found;
}

static struct texts texts_read(const struct composition *composition)
{
	struct texts texts = {.environment = &composition->manifest->environment};

	texts.app = file_read(build_path(composition, "app.o"), &texts.app_size);
	files_read(&texts.files, composition->manifest);
	errors_exit();
	return texts;
}

/* names whose function app.o refers to, but lacks */
static const struct library_name **names_open(const struct composition *composition)
{
	const struct library_name **open = NULL;
	size_t count = 0;

	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct library *library = composition->libraries.items[i];

		for (size_t n = 0; n < library->name_count; n++)
			if (strings_contain(&composition->app.weak, library->names[n].function))
				*LIST_ADD(open, count) = &library->names[n];
	}
	if (open)
		*LIST_ADD(open, count) = NULL;
	return open;
}

/* the linker leaves a reference weak if no library has the function: a module does */
static void need_add(struct object *app, const char *function)
{
	if (strings_contain(&app->undefined, function))
		return;
	strings_add(&app->undefined, function);
	strings_sort(&app->undefined);
}

bool library_names_add(struct composition *composition)
{
	const struct library_name **open = names_open(composition);
	size_t before = composition->named.count;
	struct texts texts;

	if (!open)
		return false;
	texts = texts_read(composition);
	for (size_t i = 0; open[i]; i++)
		if (strings_contain(&composition->named, open[i]->function))
			need_add(&composition->app, open[i]->function);
		else if (texts_contain(&texts, open[i]->text))
			strings_add(&composition->named, open[i]->function);
	free(open);
	return composition->named.count > before;
}
