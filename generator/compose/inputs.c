/* SPDX-License-Identifier: ISC */
/* inputs.c -- the application's sources, objects and archives, and the sources of its libraries */
#include "compose/inputs.h"

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/libraries.h"
#include "compose/mounts.h"
#include "compose/paths.h"

bool input_is_cxx(const char *path)
{
	return str_ends(path, ".cc") || str_ends(path, ".cpp") || str_ends(path, ".cxx");
}

bool input_is_source(const char *path)
{
	return str_ends(path, ".c") || str_ends(path, ".S") || input_is_cxx(path);
}

static void input_add(struct composition *composition, const char *path)
{
	struct object object = {0};

	if (!input_is_source(path) && !str_ends(path, ".o") && !str_ends(path, ".a"))
		error_at((struct position){.file = path}, "neither source nor object; .c, .cc, .cpp, .cxx, .S, .o and .a are accepted");
	else if (input_is_cxx(path) && !toolchain_program(&composition->toolchain, "g++"))
		error_at((struct position){.file = path}, "%sg++ is not in PATH; Debian has it in the package %s",
			 composition->toolchain.prefix, toolchain_package(&composition->toolchain, "g++"));
	else if (!path_exists(path))
		error_at((struct position){.file = path}, "no such file; \"sources\" and \"objects\" are looked for beside the manifest");
	else if (input_is_source(path) || object_read(&object, path, composition->architecture)) {
		if (object.executable_stack)
			warning_at((struct position){.file = path == composition->manifest->object ? composition->manifest->path : path},
				   "asks for an executable stack, which no guest has");
		strings_add(&composition->inputs, path_absolute(path));
		*LIST_ADD(composition->objects, composition->object_count) = object;
	}
}

static void libraries_add(struct composition *composition, const struct request *request)
{
	libraries_find(&composition->libraries, composition->root, composition->architecture, &request->library_folders,
		       &composition->manifest->libraries, composition->manifest->path);
	errors_exit();
	libraries_configure(composition);
	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct strings *sources = &composition->libraries.items[i]->sources;

		for (size_t s = 0; s < sources->count; s++)
			input_add(composition, sources->items[s]);
	}
	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct strings *archives = &composition->libraries.items[i]->archives;

		for (size_t a = 0; a < archives->count; a++)
			archive_read(&composition->members, archives->items[a], composition->architecture);
	}
}

void inputs_find(struct composition *composition, const struct request *request)
{
	const struct manifest *manifest = composition->manifest;

	if (manifest->object)
		input_add(composition, manifest->object);
	for (size_t i = 0; i < manifest->sources.count; i++)
		input_add(composition, manifest->sources.items[i]);
	for (size_t i = 0; i < manifest->objects.count; i++)
		input_add(composition, manifest->objects.items[i]);
	for (size_t i = 0; i < request->inputs.count; i++)
		input_add(composition, request->inputs.items[i]);
	errors_exit();
	if (!composition->inputs.count)
		error_at((struct position){.file = manifest->path},
			 "there is no application; name its files in \"sources\" or \"objects\", or on the command line");
	errors_exit();
	composition->own_count = composition->inputs.count;
	libraries_add(composition, request);
	mounts_check(composition);
}

char *library_rule(const struct library *library)
{
	return str_format("library_%s", library->name);
}

const struct library *input_library(const struct composition *composition, size_t i)
{
	size_t end = composition->own_count;

	for (size_t n = 0; i >= end && n < composition->libraries.count; n++) {
		end += composition->libraries.items[n]->sources.count;
		if (i < end)
			return composition->libraries.items[n];
	}
	return NULL;
}

char *input_object_name(const struct composition *composition, size_t i)
{
	const char *input = composition->inputs.items[i], *folder = path_absolute(composition->manifest->folder);
	const struct library *library = input_library(composition, i);

	if (library)
		return object_of(library_rule(library), library->tree && path_below(input, library->tree) ? library->tree :
				 library->folder, input);
	/* another folder may have a file of the same name */
	return object_of(path_below(input, folder) ? "app" : str_format("app/%zu", i), folder, input);
}

const char *input_object(const struct composition *composition, size_t i)
{
	const char *input = composition->inputs.items[i];

	return input_is_source(input) ? build_path(composition, input_object_name(composition, i)) : input;
}

const struct object *input_read(const struct composition *composition, size_t i)
{
	struct object *object = &composition->objects[i];

	if (!object->path) {
		object->source = path_base(composition->inputs.items[i]);
		object_read(object, input_object(composition, i), composition->architecture);
	}
	return object;
}
