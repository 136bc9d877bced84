/* SPDX-License-Identifier: ISC */
/* application.c -- compiles the application alone and joins it to one object */
#include "command/application.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/environment.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/compile_commands.h"
#include "compose/inputs.h"
#include "compose/library_calls.h"
#include "compose/library_names.h"
#include "compose/ninja.h"
#include "compose/paths.h"
#include "compose/record.h"
#include "emit/emitters.h"

/* one run at a time in a build folder; the lock ends with the process */
static void build_lock(const struct composition *composition)
{
	int folder = open(composition->build, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0 || flock(folder, LOCK_EX))
		fatal("lock %s:", composition->build);
}

/* objcopy's own message is less clear, and comes last */
static void appliance_folder_check(const char *path)
{
	const char *folder = path_folder(path);

	folder_make(folder);
	if (access(folder, W_OK | X_OK))
		fatal("write %s:", path);
}

static bool section_add(struct strings *sections, const char *name)
{
	if (strings_contain(sections, name))
		return false;
	strings_add(sections, name);
	return true;
}

/*
 * Collects sections that must be kept whole, which the linker would recognise only in
 * the last link: those whose bounds the program uses, and old-style lists of
 * constructors. True if a new one was found.
 */
static bool sections_add(struct composition *composition)
{
	const struct strings *const asked[] = {&composition->app.undefined, &composition->app.weak};
	bool added = false;

	for (size_t a = 0; a < ARRAY_SIZE(asked); a++)
		for (size_t i = 0; i < asked[a]->count; i++) {
			const char *name = object_section_asked(asked[a]->items[i]);

			if (name)
				added |= section_add(&composition->sections, name);
		}
	for (size_t i = 0; i < composition->inputs.count; i++) {
		const struct strings *arrays = &input_read(composition, i)->old_arrays;

		for (size_t n = 0; n < arrays->count; n++)
			added |= section_add(&composition->sections, arrays->items[n]);
	}
	return added;
}

/* libraries are compiled by us, without the guard there */
static bool needs_thread(const struct composition *composition)
{
	bool needs = composition->app.tls_alignment;

	for (size_t i = 0; i < composition->own_count; i++)
		needs |= input_read(composition, i)->thread_guard;
	return needs && !strings_contain(&composition->app.undefined, "solo5_set_tls_base");
}

/* the application's input that defines a symbol; NULL if none does */
static const char *definer(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->own_count; i++)
		if (strings_contain(&input_read(composition, i)->defined, symbol))
			return path_base(composition->inputs.items[i]);
	return NULL;
}

/* checks that there is exactly one entry function: solo5_app_main, or the one that a library names instead */
static void entry_check(const struct composition *composition)
{
	struct position where = {.file = composition->manifest->path};
	const char *main = definer(composition, "solo5_app_main"), *names = "solo5_app_main";
	bool found = strings_contain(&composition->app.defined, "solo5_app_main");

	for (size_t i = 0; i < composition->libraries.count; i++) {
		const char *entry = composition->libraries.items[i]->entry, *other = entry ? definer(composition, entry) : NULL;

		if (other && main)
			error_at(where, "%s defines solo5_app_main and %s defines %s; an application begins with one of them",
				 main, other, entry);
		if (!entry || main)
			continue;
		names = str_format("%s or %s", names, entry);
		found &= other != NULL;
	}
	if (!found)
		error_at(where, "nothing defines %s; give the sources, objects or archives that hold the application", names);
}

void application_build(struct composition *composition)
{
	struct object *app = &composition->app;

	folder_make(build_path(composition, "gen"));
	folder_make(build_path(composition, "obj/app"));
	appliance_folder_check(composition->appliance);
	build_lock(composition);
	environment_date();     /* checks SOURCE_DATE_EPOCH, which is needed at the end */
	record_check(composition);
	ninja_settle(composition);
	emit_links(composition);
	emit_library_config(composition);
	do {
		emit_app_ninja(composition);
		/* before compilers can fail, since an editor needs it for sources with errors */
		compile_commands_write(composition);
		ninja_run(composition, "app.ninja", "app.o");
		/* messages name the source, not the object */
		for (size_t i = 0; i < composition->inputs.count; i++)
			input_read(composition, i);
		errors_exit();
		*app = (struct object){0};
		object_read(app, build_path(composition, "app.o"), composition->architecture);
	} while (sections_add(composition) | library_names_add(composition));
	entry_check(composition);
	errors_exit();
	library_calls_find(composition);
	composition->thread = needs_thread(composition);
}
