/* SPDX-License-Identifier: ISC */
/*
 * symbols.c -- undefined symbols: which object refers to one, and what could define it
 *
 * The linker would find the same errors, but can't explain references that no
 * programmer wrote: compilers generate many.
 */
#include "compose/symbols.h"

#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/calls.h"
#include "compose/inputs.h"
#include "compose/library_calls.h"

/* defined in the last link: by templates/guest.ld, and __tls_get_addr, which the linker replaces */
static const char *const linked_symbols[] = {
	"_GLOBAL_OFFSET_TABLE_", "_TLS_MODULE_BASE_", "__eh_frame_end", "__eh_frame_hdr_end", EH_FRAME_INDEX, "__eh_frame_start",
	"__tls_get_addr", "fini_array_end", "fini_array_start", "first_thread", "guest_constants", "guest_constants_end", "ifuncs_end",
	"ifuncs_start", "init_array_end", "init_array_start", "tls_alignment", "tls_data_end", "tls_end", "tls_start",
};

/* the list of C functions that a guest can use from musl's libc.a, in ukgen's folder */
#define C_FUNCTIONS "guest/c-functions"

/* prefixes of symbols that compilers generate references to, and why a guest doesn't have them */
static const struct {
	const char *beginning, *reason;
} asked_by_compilers[] = {
	{"__asan_", "-fsanitize=address needs it; leave that out"},
	{"__cxa_atexit", "a static object with a destructor needs it; compile with -fno-use-cxa-atexit and define atexit, "
			 "or leave the destructor out"},
	{"__cxa_", "C++ needs it; compile with -fno-exceptions and -fno-threadsafe-statics, or add the library \"libcxx\""},
	{"__cyg_profile_func_", "-finstrument-functions needs it; define it, or leave that out"},
	{"__dso_handle", "a static object with a destructor needs it; leave the destructor out"},
	{"__emutls_", "-femulated-tls needs it; leave that out"},
	{"__fentry__", "-pg needs it; define it, or leave that out"},
	{"__gcov_", "--coverage needs it; leave that out"},
	{"__gxx_personality_", "C++ exceptions need it; compile with -fno-exceptions, or add the library \"libcxx\""},
	{"__hwasan_", "-fsanitize=hwaddress needs it; leave that out"},
	{"__llvm_profile_", "-fprofile-instr-generate needs it; leave that out"},
	{"__morestack", "-fsplit-stack needs it; leave that out"},
	{"__msan_", "-fsanitize=memory needs it; leave that out"},
	{"__safestack_", "-fsanitize=safe-stack needs it; leave that out"},
	{"__sanitizer_", "-fsanitize needs it; leave that out"},
	{"__stack_chk_fail_local", "-fstack-protector in position-independent code needs it; compile with -fno-pic"},
	{"__tsan_", "-fsanitize=thread needs it; leave that out"},
	{"__ubsan_", "-fsanitize=undefined needs it; add -fsanitize-undefined-trap-on-error, which needs nothing"},
	{"_Unwind_", "exceptions need it; compile with -fno-exceptions, in Rust with panic=abort"},
	{"_mcount", "-pg needs it; define it, or leave that out"},
	{"mcount", "-pg needs it; define it, or leave that out"},
};

struct libraries_read {
	struct strings functions;       /* of C_FUNCTIONS */
	struct objects libgcc;          /* its members; read at the first use */
};

const char *symbol_user(const struct composition *composition, const char *symbol)
{
	for (size_t i = 0; i < composition->inputs.count; i++)
		if (strings_contain(&input_read(composition, i)->undefined, symbol))
			return path_base(composition->inputs.items[i]);
	for (size_t i = 0; i < composition->members.count; i++)
		if (strings_contain(&composition->members.items[i].undefined, symbol))
			return composition->members.items[i].path;
	return "the application";
}

const struct module *symbol_module(const struct modules *modules, const char *symbol)
{
	for (size_t i = 0; i < modules->count; i++)
		if (strings_contain(&modules->items[i]->api, symbol))
			return modules->items[i];
	return NULL;
}

static void c_functions_read(struct strings *functions, const char *root)
{
	const char *path = path_join(root, C_FUNCTIONS);
	char *text = file_read(path, NULL), *line, *word;

	if (!text)
		fatal("read %s:", path);
	while ((line = strsep(&text, "\n"))) {
		line[strcspn(line, "#")] = 0;
		while ((word = strsep(&line, " ")))
			if (*word)
				strings_add(functions, word);
	}
}

static bool linker_has(const struct object *guest, const char *symbol)
{
	const char *section = object_section_asked(symbol);

	return (section && strings_contain(&guest->sections, section)) ||
		str_is_one_of(symbol, linked_symbols, ARRAY_SIZE(linked_symbols));
}

static const char *compiler_reason(const char *symbol)
{
	for (size_t i = 0; i < ARRAY_SIZE(asked_by_compilers); i++)
		if (str_starts(symbol, asked_by_compilers[i].beginning))
			return asked_by_compilers[i].reason;
	if (str_starts(symbol, "__") && str_ends(symbol, "_chk"))
		return "-D_FORTIFY_SOURCE needs it; add -U_FORTIFY_SOURCE";
	return NULL;
}

static const struct object *member_with(const struct objects *archive, const char *symbol)
{
	for (size_t i = 0; i < archive->count; i++)
		if (strings_contain(&archive->items[i].defined, symbol))
			return &archive->items[i];
	return NULL;
}

/* whether a poll or finish line names the function */
static bool report_moment(const struct composition *composition, const char *symbol)
{
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];
		bool poll = strings_contain(&module->polls, symbol);

		if (poll || strings_contain(&module->finishes, symbol)) {
			error_at((struct position){.file = module->path}, "%s names %s, but the module's guest half does not define it",
				 poll ? "poll" : "finish", symbol);
			return true;
		}
	}
	return false;
}

/* the list of what there is instead is printed once; behind is the symbol that made libgcc refer to this one, or NULL */
static void report(const struct composition *composition, const char *symbol, const char *behind)
{
	static bool hinted;
	struct position where = {.file = composition->manifest->path};
	const struct module *module = symbol_module(&composition->selected, symbol);
	const char *user = symbol_user(composition, behind ? behind : symbol), *reason = compiler_reason(behind ? behind : symbol);
	const char *wanted = behind ? str_format("%s, for which libgcc needs %s,", behind, symbol) : str_format("%s,", symbol);

	if (report_moment(composition, symbol))
		return;
	if (module) {
		error_at((struct position){.file = module->path}, "api names %s, but the module's guest half does not define it", symbol);
	} else if (reason) {
		error_at(where, "%s uses %s, and a guest has no such function; %s", user, str_copy(wanted, strlen(wanted) - 1), reason);
	} else if (hinted) {
		error_at(where, "%s uses %s which nothing defines", user, wanted);
	} else {
		error_at(where, "%s uses %s which nothing defines; the guest has solo5.h, uk.h, mem* and str* (see " C_FUNCTIONS "), "
			 "anything else must be among its objects", user, wanted);
		hinted = true;
	}
}

/* reports what a member of libgcc refers to in turn; done are the members already checked */
static void member_check(const struct composition *composition, const struct object *guest, const struct libraries_read *libraries,
			 const struct object *member, const char *behind, struct strings *done)
{
	if (strings_contain(done, member->path))
		return;
	strings_add(done, member->path);
	for (size_t i = 0; i < member->undefined.count; i++) {
		const char *symbol = member->undefined.items[i];
		const struct object *next = member_with(&libraries->libgcc, symbol);

		if (next)
			member_check(composition, guest, libraries, next, behind, done);
		else if (!linker_has(guest, symbol) && !strings_contain(&guest->defined, symbol) &&
			 !strings_contain(&libraries->functions, symbol))
			report(composition, symbol, behind);
	}
}

void symbols_check(const struct composition *composition, const struct object *guest)
{
	struct libraries_read libraries = {0};
	struct strings done = {0};

	c_functions_read(&libraries.functions, composition->root);
	for (size_t i = 0; i < guest->undefined.count; i++) {
		const char *symbol = guest->undefined.items[i];
		const struct object *member = NULL;

		if (call_find(composition, symbol) || library_call_find(composition, symbol) || linker_has(guest, symbol) ||
		    strings_contain(&libraries.functions, symbol))
			continue;
		/* every public name of libgcc begins like this */
		if (str_starts(symbol, "__") && !compiler_reason(symbol)) {
			if (!libraries.libgcc.count)
				archive_read(&libraries.libgcc, toolchain_libgcc(&composition->toolchain), composition->architecture);
			member = member_with(&libraries.libgcc, symbol);
		}
		if (member)
			member_check(composition, guest, &libraries, member, symbol, &done);
		else
			report(composition, symbol, NULL);
	}
	errors_exit();
}
