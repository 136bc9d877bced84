/* SPDX-License-Identifier: ISC */
/* compose.c -- makes an appliance from a manifest, step by step */
#include "command/compose.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "command/request.h"
#include "compose/composition.h"
#include "compose/devices.h"
#include "compose/needs.h"
#include "input/guest_elf.h"
#include "input/object.h"

/* What the manifest leaves open: enough for a small server; Solo5's users know 512 MiB. */
#define MEMORY_DEFAULT (16ul << 20)
#define MEMORY_DEFAULT_SOLO5 (512ul << 20)

static struct module *core_read(const struct composition *composition, symbol_test *is_set, void *context)
{
	struct module *core = module_read(path_join(composition->root, "core"), "core", is_set, context);

	module_read_more(core, str_format("%s/kvm/core.mod", core->folder), is_set, context);
	module_read_more(core, str_format("%s/kvm/%s/core.mod", core->folder, composition->architecture->name), is_set, context);
	return core;
}

static void modules_find(struct composition *composition, const struct request *request)
{
	struct modules *modules = &composition->available;

	*LIST_ADD(modules->items, modules->count) = core_read(composition, NULL, NULL);
	modules_read(modules, path_join(request->root, "modules"), NULL, NULL);
	for (size_t i = 0; i < request->module_folders.count; i++)
		modules_read(modules, request->module_folders.items[i], NULL, NULL);
	modules_check_names(modules);
	errors_exit();
}

static void input_add(struct composition *composition, const char *path)
{
	struct object object = {0};

	if (!input_is_source(path) && !str_ends(path, ".o") && !str_ends(path, ".a"))
		error_at((struct position){.file = path}, "neither source nor object; .c, .S, .o and .a are accepted");
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
	libraries_find(&composition->libraries, composition->root, &request->library_folders,
		       &composition->manifest->libraries, composition->manifest->path);
	errors_exit();
	for (size_t i = 0; i < composition->libraries.count; i++) {
		const struct strings *sources = &composition->libraries.items[i]->sources;

		for (size_t s = 0; s < sources->count; s++)
			input_add(composition, sources->items[s]);
	}
}

static void inputs_find(struct composition *composition, const struct request *request)
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
}

/* BUILDDIR/NAME must not be one of the files that are kept there */
static void name_check(const struct composition *composition, const struct request *request)
{
	static const char *const kept[] = {"Kconfig", "app.ninja", "app.o", "build.ninja", "core.ninja", "gen", "guest.ninja",
		"guest.o", "obj"};
	struct stat status;

	for (size_t i = 0; !request->appliance && i < ARRAY_SIZE(kept); i++)
		if (!strcmp(composition->manifest->name, kept[i]))
			error_at((struct position){.file = composition->manifest->path},
				 "\"%s\" is the name of a file that ukgen keeps in its build folder; "
				 "choose another \"name\", or give -o", kept[i]);
	if (request->appliance && !stat(request->appliance, &status) && !S_ISREG(status.st_mode))
		fatal("-o %s: not a regular file; accepted is the path of the appliance", request->appliance);
	errors_exit();
}

/* NAME.config and the manifest have it by Kconfig's symbol, the command line by --arch */
static const struct architecture *architecture_choose(const struct manifest *manifest, const char *name)
{
	const struct architecture *given = name ? architecture_find(name) : NULL, *asked;
	const struct setting *setting = kconfig_architecture(manifest, &asked);

	if (name && !given)
		fatal("--arch=%s: no such processor; accepted is %s", name, architecture_names());
	if (given && setting && given != asked) {
		error_at(setting->where, "%s=y contradicts --arch=%s; leave one of them out", setting->symbol, name);
		errors_exit();
	}
	return given ? given : setting ? asked : architecture_native();
}

static struct composition *composition_start(const struct request *request)
{
	struct composition *composition = mem_zalloc(sizeof(*composition));
	struct manifest *manifest = request->object ? manifest_read_object(request->object, request->manifest) :
		manifest_read(request->manifest);

	if (!manifest->memory)
		manifest->memory = manifest->solo5 ? MEMORY_DEFAULT_SOLO5 : MEMORY_DEFAULT;
	composition->manifest = manifest;
	composition->architecture = architecture_choose(manifest, request->architecture);
	toolchain_find(&composition->toolchain, composition->architecture, request->root);
	composition->root = request->root;
	composition->verbose = request->verbose;
	composition->build = path_absolute(request->build ? request->build : path_join(manifest->folder, "ukgen-build"));
	composition->appliance = request->appliance ? path_absolute(request->appliance) :
		path_join(composition->build, manifest->name);
	name_check(composition, request);
	modules_find(composition, request);
	devices_check(composition);
	return composition;
}

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

static void app_build(struct composition *composition, struct object *app)
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

static struct kconfig kconfig_of(const struct composition *composition, const struct needs *needs)
{
	/* the core is no choice: it comes first and has no Kconfig file */
	struct modules *choices = mem_zalloc(sizeof(*choices));

	*choices = (struct modules){composition->available.items + 1, composition->available.count - 1};
	return (struct kconfig){
		.manifest = composition->manifest,
		.architecture = composition->architecture,
		.modules = choices,
		.kconfig_top = path_join(composition->root, "Kconfig"),
		.build_folder = composition->build,
		.needs = needs->items,
		.need_count = needs->count,
	};
}

/* a misspelt symbol is never set: its lines would be left out without a word */
static void conditions_check(const struct module *module, const struct config *config)
{
	for (size_t i = 0; i < module->condition_count; i++) {
		const struct condition *condition = &module->conditions[i];
		const char *nearest = str_nearest(condition->symbol, &config->declared);

		if (strings_contain(&config->declared, condition->symbol))
			continue;
		if (nearest)
			error_at(condition->where, "no Kconfig file declares \"%s\"; did you mean \"%s\"?",
				 condition->symbol, nearest);
		else
			error_at(condition->where, "no Kconfig file declares \"%s\"; declare it in %s, or spell it as there",
				 condition->symbol, path_join(path_folder(module->path), "Kconfig"));
	}
}

/* the modules that Kconfig chose, read again for what their "if" lines give */
static void modules_select(struct composition *composition, const struct needs *needs)
{
	struct kconfig kconfig = kconfig_of(composition, needs);
	struct config *config = kconfig_run(&kconfig);

	composition->config = config;
	for (size_t i = 0; i < composition->available.count; i++) {
		const struct module *module = composition->available.items[i];
		struct module *selected;

		if (i && !config_is_set(config, str_upper(module->name)))
			continue;
		selected = i ? module_read(path_folder(module->path), module->name, config_is_set, config) :
			core_read(composition, config_is_set, config);
		conditions_check(selected, config);
		if (!i) {
			/* the core's halves are whole folders */
			strings_add(&selected->host_sources, emit_core(composition));
			strings_add(&selected->guest_sources, emit_guest(composition));
		}
		if (selected->device_type)
			selected->device_count = devices_of_type(composition->manifest, selected->device_type,
								 composition->manifest->device_count);
		if (selected->device_type && !selected->device_count)
			error_at((struct position){.file = composition->manifest->path},
				 "module \"%s\" is chosen, but there is no device of type %s; add one to \"devices\" or leave %s off",
				 module->name, selected->device_type, str_upper(module->name));
		*LIST_ADD(composition->selected.items, composition->selected.count) = selected;
	}
	errors_exit();
	modules_apply_threads(&composition->selected);
}

void compose(const struct request *request)
{
	struct composition *composition = composition_start(request);
	struct object app = {0}, linked = {0};
	const char *guest_path = build_path(composition, str_format("%s.guest.elf", composition->manifest->name));
	struct needs *needs;
	struct guest *guest;

	inputs_find(composition, request);
	app_build(composition, &app);
	needs = needs_find(composition, &app);
	modules_select(composition, needs);

	emit_abi(composition);
	emit_config(composition);
	emit_handlers(composition);
	emit_calls_header(composition);
	emit_devices(composition);
	emit_generated(composition);
	emit_guest_ninja(composition);
	emit_core_ninja(composition);
	emit_build_ninja(composition);
	/* takes longest, and needs nothing of what follows */
	ninja_begin(composition, "core.ninja", "core");
	ninja_run_beside(composition, "guest.ninja", "guest.o");

	object_read(&linked, build_path(composition, "guest.o"), composition->architecture);
	hypercalls_number(composition, &linked);
	emit_calls_source(composition);
	ninja_run_beside(composition, "guest.ninja", path_base(guest_path));

	guest = guest_read(guest_path, linked.landing_pads);
	emit_image(composition, guest);
	emit_shared(composition, guest);
	emit_dispatch(composition);
	emit_tables(composition);
	emit_filter(composition);
	ninja_run(composition, "build.ninja", "handlers");
	ninja_end();
	emit_description(composition, guest);
	ninja_run(composition, "build.ninja", composition->appliance);
}

int compose_menu(const struct request *request)
{
	struct composition *composition = composition_start(request);
	struct kconfig kconfig;
	struct object app = {0};

	inputs_find(composition, request);
	app_build(composition, &app);
	kconfig = kconfig_of(composition, needs_find(composition, &app));
	return kconfig_menu(&kconfig);
}

static int run(int count, char **words)
{
	struct request request = request_parse(&command_compose, count, words);

	compose(&request);
	return 0;
}

const struct command command_compose = {
	.usage =
		"usage: ukgen [OPTION]... APP.manifest [OBJECT|ARCHIVE|SOURCE.c ...]\n"
		"       ukgen COMMAND ...\n"
		"\n"
		"Makes an appliance: a monitor with just the modules that the application needs, and the application, in one file.\n"
		"\n"
		REQUEST_OPTIONS
		"  --help, --version\n",
	.run = run,
};
