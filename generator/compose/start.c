/* SPDX-License-Identifier: ISC */
/* start.c -- begins a composition from the manifest and the command line */
#include "compose/start.h"

#include <string.h>
#include <sys/stat.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "compose/devices.h"
#include "input/module_names.h"
#include "input/module_read.h"
#include "input/recorded.h"

/* The memory if the manifest says nothing: enough for a small server; 512 MiB as in Solo5 for its manifests. */
#define MEMORY_DEFAULT (16ul << 20)
#define MEMORY_DEFAULT_SOLO5 (512ul << 20)

static struct module *core_read(const struct composition *composition)
{
	struct module *core = module_read(path_join(composition->root, "core"), "core");

	const char *host = path_join(core->folder, composition->host->name), *architecture = composition->architecture->name;

	module_read_more(core, str_format("%s/%s/core.mod", core->folder, architecture));
	module_read_more(core, path_join(host, "core.mod"));
	module_read_more(core, str_format("%s/%s/core.mod", host, architecture));
	return core;
}

static void modules_find(struct composition *composition, const struct request *request)
{
	struct modules *modules = &composition->available;

	*LIST_ADD(modules->items, modules->count) = core_read(composition);
	modules_read(modules, path_join(request->root, "modules"));
	for (size_t i = 0; i < request->module_folders.count; i++)
		modules_read(modules, request->module_folders.items[i]);
	modules_check_names(modules);
	errors_exit();
}

bool name_is_kept(const char *name)
{
	static const char *const kept[] = {"Kconfig", "app.ninja", "app.o", "build.ninja", "built-from", "compile_commands.json", "core.ninja", "gen", "guest.ninja",
		"guest.o", "obj"};

	return str_is_one_of(name, kept, ARRAY_SIZE(kept));
}

static void name_check(const struct composition *composition, const struct request *request)
{
	const char *name = composition->manifest->name;
	struct stat status;

	if (!request->appliance && name_is_kept(name))
		error_at((struct position){.file = composition->manifest->path},
			 "\"%s\" is the name of a file that ukgen keeps in its build folder; "
			 "choose another \"name\", or give -o", name);
	if (request->appliance && !stat(request->appliance, &status) && !S_ISREG(status.st_mode))
		fatal("-o %s: not a regular file; accepted is the path of the appliance", request->appliance);
	errors_exit();
}

/* something that an option, or Kconfig symbols in NAME.config and the manifest, can choose */
struct target {
	const char *option, *what;
	const char *word;       /* what asks for it on the command line; NULL: OPTION=NAME */
	struct strings names, symbols;
};

/* the place of what is chosen in the lists, fallback if nothing is; name is the option's, or NULL */
static size_t target_choose(const struct manifest *manifest, const struct target *target, const char *name, size_t fallback)
{
	size_t given = 0, asked;
	const struct setting *setting = kconfig_asks(manifest, &target->symbols, &asked);

	while (name && given < target->names.count && strcmp(target->names.items[given], name))
		given++;
	if (given == target->names.count)
		fatal("%s=%s: no such %s; accepted is %s", target->option, name, target->what, str_join(&target->names, " or "));
	if (name && setting && given != asked) {
		error_at(setting->where, "%s=y contradicts %s; leave one of them out", setting->symbol,
			 target->word ? target->word : str_format("%s=%s", target->option, name));
		errors_exit();
	}
	return name ? given : setting ? asked : fallback;
}

static const struct architecture *architecture_choose(const struct manifest *manifest, const char *name, const char *word)
{
	struct target target = {.option = "--arch", .what = "processor", .word = word};
	const struct architecture *architecture;
	size_t native = 0;

	for (size_t i = 0; (architecture = architecture_at(i)); i++) {
		strings_add(&target.names, architecture->name);
		strings_add(&target.symbols, str_upper(architecture->name));
		if (architecture == architecture_native())
			native = i;
	}
	return architecture_at(target_choose(manifest, &target, name, native));
}

static const struct host *host_choose(const struct manifest *manifest, const char *name, const char *word)
{
	struct target target = {.option = "--host", .what = "host", .word = word};
	const struct host *host;

	for (size_t i = 0; (host = host_at(i)); i++) {
		strings_add(&target.names, host->name);
		strings_add(&target.symbols, host->symbol);
	}
	return host_at(target_choose(manifest, &target, name, 0));
}

static void path_check(const char *path)
{
	for (const char *c = path_absolute(path); *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			fatal("\"%s\" has a control character in its path; accepted are paths without", path);
}

static void paths_check(const struct strings *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		path_check(paths->items[i]);
}

static struct composition *start(const struct request *request, struct manifest *manifest)
{
	struct composition *composition = mem_zalloc(sizeof(*composition));

	manifest->choices = request->choices;
	composition->manifest = manifest;
	composition->architecture = architecture_choose(manifest, request->architecture, request->architecture_word);
	composition->host = host_choose(manifest, request->host, request->host_word);
	toolchain_find(&composition->toolchain, composition->architecture, request->root);
	composition->root = request->root;
	composition->verbose = request->verbose;
	composition->brief = request->brief;
	composition->build = path_absolute(request->build ? request->build : path_join(manifest->folder, "ukgen-build"));
	composition->appliance = request->appliance ? path_absolute(request->appliance) :
		path_join(composition->build, manifest->name);
	path_check(composition->root);
	path_check(manifest->folder);
	path_check(composition->build);
	path_check(composition->appliance);
	paths_check(&request->module_folders);
	paths_check(&request->library_folders);
	paths_check(&request->inputs);
	name_check(composition, request);
	modules_find(composition, request);
	devices_check(composition);
	return composition;
}

struct composition *composition_start(const struct request *request)
{
	struct manifest *manifest = request->object ? manifest_read_object(request->object, request->manifest) :
		manifest_read(request->manifest);

	if (!manifest->memory)
		manifest->memory = manifest->solo5 ? MEMORY_DEFAULT_SOLO5 : MEMORY_DEFAULT;
	return start(request, manifest);
}

struct composition *composition_start_recorded(const struct request *request, const struct recorded *recorded)
{
	struct manifest *manifest = recorded->manifest;
	struct composition *composition;

	manifest->usual = recorded->settings;
	manifest->usual_count = recorded->setting_count;
	composition = start(request, manifest);
	composition->recorded = recorded;
	libraries_locate(&composition->libraries, request->root, &request->library_folders, &recorded->libraries, recorded->path);
	errors_exit();
	return composition;
}
