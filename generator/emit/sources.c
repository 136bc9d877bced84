/* SPDX-License-Identifier: ISC */
/* sources.c -- gen/core.c, gen/guest.c and gen/generated.c: many small sources as one translation unit each */
#include "emit/emitters.h"

#include <glob.h>

#include "base/emit.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/paths.h"
#include "emit/c.h"

/* an architecture's folder of guest/ may have only headers */
static void folder_add(struct strings *sources, const struct composition *composition, const char *folder, bool may_be_empty)
{
	glob_t found;
	int error = glob(path_pattern(path_join(composition->root, folder), "*.c"), 0, NULL, &found);

	if (error == GLOB_NOMATCH && may_be_empty)
		return;
	if (error)
		fatal("%s/%s: no sources there; is ukgen installed completely?", composition->root, folder);
	for (size_t i = 0; i < found.gl_pathc; i++)
		strings_add(sources, str_format("%s/%s", folder, path_base(found.gl_pathv[i])));
	globfree(&found);
}

/*
 * Names sources relative to ukgen's folder, generated ones relative to gen/. Returns
 * the path of the file in BUILDDIR, where compilers run.
 */
static const char *emit_unit(const struct composition *composition, const char *name, const char *what, const struct strings *sources)
{
	struct emit emit;

	emit_begin(&emit, composition, name, what, NULL);
	for (size_t i = 0; i < sources->count; i++)
		emit_include(emit.stream, sources->items[i]);
	emit_end(&emit, NULL);
	return name;
}

const char *emit_core(const struct composition *composition)
{
	const char *folders[] = {"core/machine", "core", path_join("core", composition->host->name)};
	struct strings sources = {0};

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		folder_add(&sources, composition, folders[i], false);
		folder_add(&sources, composition, path_join(folders[i], composition->architecture->name), false);
	}
	return emit_unit(composition, "gen/core.c", "every source of core, as one unit", &sources);
}

const char *emit_guest(const struct composition *composition)
{
	struct strings sources = {0};

	folder_add(&sources, composition, "guest", false);
	folder_add(&sources, composition, path_join("guest", composition->architecture->name), true);
	/* parts of the start-up code that few applications need */
	if (composition->thread)
		strings_add(&sources, "guest/start/thread.c");
	if (composition->app.ifuncs)
		strings_add(&sources, "guest/start/ifuncs.c");
	if (composition->app.destructors)
		strings_add(&sources, "guest/start/destructors.c");
	strings_add(&sources, "devices.c");
	return emit_unit(composition, "gen/guest.c", "every source of guest, and the table of devices", &sources);
}

/* the monitor's generated sources as one unit, since it is compiled last and should be quick */
void emit_generated(const struct composition *composition)
{
	static const char *const generated[] = {"dispatch.c", "filter.c", "image.c", "shared.c", "tables.c"};
	struct strings sources = {0};

	for (size_t i = 0; i < ARRAY_SIZE(generated); i++)
		strings_add(&sources, generated[i]);
	emit_unit(composition, "gen/generated.c", "the monitor's generated sources", &sources);
}
