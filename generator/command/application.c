/* SPDX-License-Identifier: ISC */
/* application.c -- the application alone, compiled and linked to itself */
#include "command/application.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/inputs.h"
#include "compose/ninja.h"
#include "compose/paths.h"
#include "emit/emitters.h"

/* one run at a time in a build folder; the lock goes with the process */
static void build_lock(const struct composition *composition)
{
	int folder = open(composition->build, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0 || flock(folder, LOCK_EX))
		fatal("lock %s:", composition->build);
}

/* objcopy would say it less clearly, and at the end */
static void appliance_folder_check(const char *path)
{
	const char *folder = path_folder(path);

	folder_make(folder);
	if (access(folder, W_OK | X_OK))
		fatal("write %s:", path);
}

/*
 * A program that asks for __start_NAME or __stop_NAME wants section NAME whole,
 * which the linker knows only when it links for the last time. True if there is
 * one that was not known.
 */
static bool sections_add(struct strings *sections, const struct object *app)
{
	size_t before = sections->count;

	for (size_t i = 0; i < app->undefined.count; i++) {
		const char *symbol = app->undefined.items[i];
		const char *name = str_starts(symbol, "__start_") ? symbol + 8 : str_starts(symbol, "__stop_") ? symbol + 7 : "";

		if (*name && !strings_contain(sections, name))
			strings_add(sections, name);
	}
	return sections->count > before;
}

void application_build(struct composition *composition, struct object *app)
{
	folder_make(build_path(composition, "gen"));
	folder_make(build_path(composition, "obj/app"));
	appliance_folder_check(composition->appliance);
	build_lock(composition);
	ninja_settle(composition);
	do {
		emit_app_ninja(composition);
		ninja_run(composition, "app.ninja", "app.o");
		/* mistakes are told of the source, not of what it became */
		for (size_t i = 0; i < composition->inputs.count; i++)
			input_read(composition, i);
		errors_exit();
		*app = (struct object){0};
		object_read(app, build_path(composition, "app.o"), composition->architecture);
	} while (sections_add(&composition->sections, app));
	if (strings_contain(&app->undefined, "solo5_app_main"))
		error_at((struct position){.file = composition->manifest->path},
			 "nothing defines solo5_app_main; give the sources, objects or archives that hold the application");
	errors_exit();
}
