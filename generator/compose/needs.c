/* SPDX-License-Identifier: ISC */
/* needs.c -- which modules and hypercalls an application needs */
#include "compose/needs.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/inputs.h"

/* what guest objects may take from musl's libc.a: these make no system call and touch no thread's state */
static const char *const library_symbols[] = {
	"memchr", "memcmp", "memcpy", "memmove", "memrchr", "memset",
	"strcat", "strchr", "strcmp", "strcpy", "strcspn", "strlen", "strncat", "strncmp",
	"strncpy", "strnlen", "strpbrk", "strrchr", "strspn", "strstr",
};

/* what the final link brings: templates/guest.ld */
static const char *const linked_symbols[] = {
	"init_array_end", "init_array_start", "tls_alignment", "tls_data_end", "tls_end", "tls_start",
};

/* the input whose object refers to a symbol, as the user named it */
static const char *user_of(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->inputs.count; i++)
		if (strings_contain(&input_read(composition, i)->undefined, symbol))
			return path_base(composition->inputs.items[i]);
	return "the application";
}

static struct module *module_with_api(const struct modules *modules, const char *symbol)
{
	for (size_t i = 0; i < modules->count; i++)
		if (strings_contain(&modules->items[i]->api, symbol))
			return modules->items[i];
	return NULL;
}

static void need_add(struct needs *needs, const struct module *module, const char *cause)
{
	const char *symbol = str_upper(module->name);

	for (size_t i = 0; i < needs->count; i++)
		if (!strcmp(needs->items[i].symbol, symbol))
			return;
	*LIST_ADD(needs->items, needs->count) = (struct need){symbol, cause};
}

static void warn_of_unused_devices(const struct composition *composition, const struct object *app)
{
	for (size_t i = 0; i < composition->manifest->device_count; i++) {
		const struct device *device = &composition->manifest->devices[i];
		const struct module *module = device->module;
		bool used = false;

		for (size_t s = 0; s < app->undefined.count && !used; s++)
			used = strings_contain(&module->api, app->undefined.items[s]);
		if (!used)
			warning_at(device->where, "device \"%s\" is never used: nothing calls a function of module \"%s\"",
				   device->name, module->name);
	}
}

static void warn_of_unused_environment(const struct manifest *manifest, const struct object *app)
{
	if (manifest->environment.count && !strings_contain(&app->undefined, "uk_environment"))
		warning_at(manifest->environment_where, "\"environment\" is never used: nothing calls uk_environment");
}

struct needs *needs_find(const struct composition *composition, const struct object *app)
{
	const struct manifest *manifest = composition->manifest;
	struct needs *needs = mem_zalloc(sizeof(*needs));

	for (size_t i = 0; i < manifest->device_count; i++)
		need_add(needs, manifest->devices[i].module,
			 str_format("device \"%s\"", manifest->devices[i].name));
	for (size_t i = 0; i < app->undefined.count; i++) {
		const char *symbol = app->undefined.items[i];
		const struct module *module = module_with_api(&composition->available, symbol);
		const char *user;

		if (!module)
			continue;
		user = user_of(composition, symbol);
		if (module->device_type && !module->device_count)
			error_at((struct position){.file = manifest->path},
				 "%s uses %s, but there is no device of type %s; add {\"name\": \"...\", \"type\": \"%s\"} to \"devices\"",
				 user, symbol, module->device_type, module->device_type);
		need_add(needs, module, str_format("%s uses %s", user, symbol));
	}
	errors_exit();
	warn_of_unused_devices(composition, app);
	warn_of_unused_environment(manifest, app);
	return needs;
}

static struct hypercall *hypercall_of(const struct module *module, const char *name)
{
	for (size_t i = 0; i < module->hypercall_count; i++)
		if (!strcmp(module->hypercalls[i].name, name))
			return &module->hypercalls[i];
	return NULL;
}

static struct hypercall *hypercall_find(const struct modules *modules, const char *name)
{
	for (size_t m = 0; m < modules->count; m++) {
		struct hypercall *call = hypercall_of(modules->items[m], name);

		if (call)
			return call;
	}
	return NULL;
}

static void undefined_report(const struct composition *composition, const char *symbol)
{
	const struct module *module = module_with_api(&composition->selected, symbol);
	struct position where = {.file = composition->manifest->path};

	if (module)
		error_at((struct position){.file = module->path}, "api names %s, but the module's guest half does not define it", symbol);
	else
		error_at(where, "%s uses %s, which nothing defines; the guest has solo5.h, uk.h, mem* and str*, "
			 "anything else must be among its objects", user_of(composition, symbol), symbol);
}

/* a system call that only serves a hypercall which this guest can't make is not let through */
static void syscalls_drop_unused(struct module *module)
{
	size_t kept = 0;

	for (size_t i = 0; i < module->syscall_count; i++) {
		const char *hypercall = module->syscalls[i].hypercall;

		/* that there is such a hypercall was checked when the description was read */
		if (!hypercall || hypercall_of(module, hypercall)->number >= 0)
			module->syscalls[kept++] = module->syscalls[i];
	}
	module->syscall_count = kept;
}

/* symbol without its prefix, NULL if it has another */
static const char *without_prefix(const char *symbol, const char *prefix)
{
	return str_starts(symbol, prefix) ? symbol + strlen(prefix) : NULL;
}

static struct doorbell *doorbell_find(const struct modules *modules, const char *name, unsigned *count)
{
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->doorbell_count; i++) {
			struct doorbell *doorbell = &modules->items[m]->doorbells[i];

			*count = doorbell->each ? (unsigned)modules->items[m]->device_count : 1;
			if (!strcmp(doorbell->name, name))
				return doorbell;
		}
	return NULL;
}

void hypercalls_number(struct composition *composition, const struct object *guest)
{
	unsigned count = 0, bells;

	for (size_t i = 0; i < guest->undefined.count; i++) {
		const char *symbol = guest->undefined.items[i];
		const char *call_name = without_prefix(symbol, "hypercall_");
		const char *bell_name = without_prefix(symbol, "doorbell_");
		struct hypercall *call = call_name ? hypercall_find(&composition->selected, call_name) : NULL;
		struct doorbell *doorbell = bell_name ? doorbell_find(&composition->selected, bell_name, &bells) : NULL;

		if (call) {
			call->number = (int)count++;
		} else if (doorbell) {
			doorbell->number = (int)count;
			count += bells;
		} else if (!str_is_one_of(symbol, library_symbols, ARRAY_SIZE(library_symbols)) &&
			 !str_is_one_of(symbol, linked_symbols, ARRAY_SIZE(linked_symbols)) &&
			 !str_starts(symbol, "__")) {   /* libgcc's; the linker tells of others */
			undefined_report(composition, symbol);
		}
	}
	errors_exit();
	composition->hypercall_count = count;
	for (size_t m = 0; m < composition->selected.count; m++)
		syscalls_drop_unused(composition->selected.items[m]);
}
