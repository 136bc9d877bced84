/* SPDX-License-Identifier: ISC */
/* symbols.c -- what objects leave undefined: who wants it, who gives it */
#include "compose/symbols.h"

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/calls.h"
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

const char *symbol_user(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->inputs.count; i++)
		if (strings_contain(&input_read(composition, i)->undefined, symbol))
			return path_base(composition->inputs.items[i]);
	return "the application";
}

const struct module *symbol_module(const struct modules *modules, const char *symbol)
{
	for (size_t i = 0; i < modules->count; i++)
		if (strings_contain(&modules->items[i]->api, symbol))
			return modules->items[i];
	return NULL;
}

static void undefined_report(const struct composition *composition, const char *symbol)
{
	const struct module *module = symbol_module(&composition->selected, symbol);
	struct position where = {.file = composition->manifest->path};

	if (module)
		error_at((struct position){.file = module->path}, "api names %s, but the module's guest half does not define it", symbol);
	else
		error_at(where, "%s uses %s, which nothing defines; the guest has solo5.h, uk.h, mem* and str*, "
			 "anything else must be among its objects", symbol_user(composition, symbol), symbol);
}

void symbols_check(const struct composition *composition, const struct object *guest)
{
	for (size_t i = 0; i < guest->undefined.count; i++) {
		const char *symbol = guest->undefined.items[i];

		if (!call_find(composition, symbol) &&
		    !str_is_one_of(symbol, library_symbols, ARRAY_SIZE(library_symbols)) &&
		    !str_is_one_of(symbol, linked_symbols, ARRAY_SIZE(linked_symbols)) &&
		    !str_starts(symbol, "__"))  /* libgcc's; the linker tells of others */
			undefined_report(composition, symbol);
	}
	errors_exit();
}
