/* SPDX-License-Identifier: ISC */
/*
 * cross_tools.c -- ARCH-solo5-none-static-cc, -ld and -objcopy
 *
 * cc compiles as Solo5's does: with the compiler's own headers, solo5.h, and the
 * global guard. Linking for an ABI composes an appliance: the system's linker first
 * joins everything on the command line to one relocatable object, so that archives,
 * -l and groups have their usual meaning, and ukgen takes this object, with the
 * manifest in its note. Without an ABI the result isn't an appliance, but shows
 * whether everything is defined, which configure scripts test.
 */
#include "solo5/cross_tools.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/process.h"
#include "base/strings.h"
#include "base/text.h"
#include "command/compose.h"
#include "solo5/response_file.h"
#include "target/architecture.h"
#include "target/host.h"
#include "target/toolchain.h"

static const char infix[] = "-solo5-none-static-";

/* what one command line asks for */
struct task {
	const struct architecture *architecture;
	const char *prefix;     /* of the system's tools */
	const char *headers;    /* folder of the compiler's own */
	const char *root;
	bool is_cc;             /* else ld */
	bool compiles;          /* or only prints something: no linking */
	bool partial;           /* -r */
	bool optimises;         /* -flto, when it links */
	const char *abi;        /* "hvt"; NULL if none is given */
	const char *choices;    /* file of Kconfig choices; NULL: what is beside the output */
	const char *output;
	struct strings words;   /* without -o and ukgen's own options */
};

static const char *work;        /* a folder for temporary files, once there is one */

bool cross_tools_have(const char *program)
{
	return strstr(program, infix) != NULL;
}

static int entry_remove(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status, (void)type, (void)where;
	return remove(path);
}

static void work_remove(void)
{
	nftw(work, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* NULL if it is empty, too */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *work_path(const char *name)
{
	const char *folder = environment("TMPDIR");

	if (!work) {
		work = mkdtemp(str_format("%s/ukgen-link.XXXXXX", folder ? folder : "/tmp"));
		if (!work)
			fatal("make a temporary folder:");
		atexit(work_remove);
	}
	return path_join(work, name);
}

static void list_add(struct strings *list, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		strings_add(list, words[i]);
}

#define ADD(list, ...) list_add(list, (const char *const[]){__VA_ARGS__}, ARRAY_SIZE(((const char *const[]){__VA_ARGS__})))

static char **arguments(struct strings *command)
{
	/* as Solo5's tools do */
	if (getenv("__V"))
		fprintf(stderr, "+ %s\n", printable(str_join(command, " ")));
	strings_add(command, NULL);
	return (char **)command->items;
}

/* its messages have text of sources in them */
static _Noreturn void become(struct strings *command)
{
	struct program program = program_start_as_is((const char *const *)arguments(command));

	exit(program_end(&program, program_line_forward, NULL));
}

/* the linker's messages contain names from objects */
static void run(struct strings *command)
{
	struct program program = program_start((const char *const *)arguments(command), true, NULL);
	int status = program_end(&program, program_line_forward, NULL);

	if (status)
		exit(status);
}

static const char *tool(const struct task *task, const char *name)
{
	return str_format("%s%s", task->prefix, name);
}

static void compile_flags(struct strings *command, const struct task *task)
{
	ADD(command, tool(task, "gcc"));
	response_file_split(command, task->architecture->guest_flags);
	ADD(command, "-nostdinc", "-isystem", task->headers, "-isystem", path_join(task->root, "guest/include"),
	    "-idirafter", path_join(task->root, "templates/solo5/include"), "-ffreestanding", "-fstack-protector-strong");
}

/* options after which GCC links nothing */
static bool ends_before_link(const char *word)
{
	static const char *const words[] = {
		"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "-dumpmachine", "-dumpversion", "-dumpfullversion", "-dumpspecs",
		"--version",
	};

	return str_is_one_of(word, words, ARRAY_SIZE(words)) || str_starts(word, "-print-") || str_starts(word, "--help");
}

/* options for the form of a linked program, which is fixed for an appliance */
static bool is_settled(const char *word)
{
	static const char *const words[] = {
		"-static", "-static-pie", "-pie", "-no-pie", "-nopie", "-s", "-rdynamic", "-nostdlib", "-nostartfiles",
		"-nodefaultlibs", "-pthread", "--strip-all", "--export-dynamic", "-E", "-Bstatic",
	};

	return str_is_one_of(word, words, ARRAY_SIZE(words));
}

/* handles "solo5-abi=ABI" and "ukgen-config=FILE" of -z; false if it is something else */
static bool keyword_take(struct task *task, const char *keyword)
{
	const struct {
		const char *key;
		const char **value;
	} ours[] = {{"solo5-abi=", &task->abi}, {"ukgen-config=", &task->choices}};

	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		if (str_starts(keyword, ours[i].key)) {
			*ours[i].value = keyword + strlen(ours[i].key);
			return true;
		}
	return false;
}

/* "-Wl,A,B", options for the linker, may contain ukgen's own as well */
static void linker_words_read(struct task *task, const char *word)
{
	char *rest = str_copy(word + 4, strlen(word + 4)), *part;
	struct strings kept = {0};

	while ((part = strsep(&rest, ","))) {
		char *keyword = NULL;

		if (!strcmp(part, "-z"))
			keyword = strsep(&rest, ",");
		if (keyword && keyword_take(task, keyword))
			continue;
		strings_add(&kept, part);
		if (keyword)
			strings_add(&kept, keyword);
	}
	if (kept.count)
		strings_add(&task->words, str_format("-Wl,%s", str_join(&kept, ",")));
}

static void task_read(struct task *task, const struct strings *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i], *next = i + 1 < words->count ? words->items[i + 1] : NULL;

		if (!strcmp(word, "-z") && next) {
			i++;
			if (!keyword_take(task, next))
				ADD(&task->words, "-z", next);
		} else if (!strcmp(word, "-o") && next) {
			task->output = next;
			i++;
		} else if (str_starts(word, "-z") && keyword_take(task, word + 2)) {
			continue;
		} else if (str_starts(word, "-o") && word[2]) {
			task->output = word + 2;
		} else if (task->is_cc && str_starts(word, "-Wl,")) {
			linker_words_read(task, word);
		} else {
			task->partial |= !strcmp(word, "-r");
			task->optimises |= task->is_cc && str_starts(word, "-flto");
			task->compiles |= task->is_cc && ends_before_link(word);
			strings_add(&task->words, word);
		}
	}
}

/* the host for an ABI; for "ukgen" the configuration decides */
static const char *host_of(const struct task *task)
{
	const struct host *host;

	if (!strcmp(task->abi, "ukgen"))
		return NULL;
	for (size_t i = 0; (host = host_at(i)); i++)
		if (!strcmp(task->abi, host->abi))
			return host->name;
	error_at((struct position){.file = task->output},
		 "there is no ABI \"%s\"; accepted are -z solo5-abi=hvt, spt (a process, without KVM) and ukgen (as CONFIG_HOST_... says)",
		 task->abi);
	errors_exit();
	return NULL;
}

/* False for options that choose the form of a program, which is fixed for an appliance. Another layout is an error. */
static bool is_kept(const struct task *task, const char *word)
{
	if (str_starts(word, "-T") || !strcmp(word, "-shared"))
		error_at((struct position){.file = task->output},
			 "%s makes no appliance, whose layout is settled; leave it or -z solo5-abi=%s out", word, task->abi);
	return !is_settled(word);
}

static void link_words_add(struct strings *command, const struct task *task)
{
	const char *path = work_path("words");
	struct strings kept = {0};

	for (size_t i = 0; i < task->words.count; i++) {
		const char *word = task->words.items[i];
		char *rest = str_starts(word, "-Wl,") ? str_copy(word + 4, strlen(word + 4)) : NULL, *part;

		while ((part = strsep(&rest, ",")))
			if (is_kept(task, part))
				strings_add(&kept, str_format("-Wl,%s", part));
		if (!str_starts(word, "-Wl,") && is_kept(task, word))
			strings_add(&kept, word);
	}
	errors_exit();
	response_file_write(path, &kept);
	strings_add(command, str_format("@%s", path));
}

/* Joins everything on the command line to one object; an archive's members only if something refers to them. */
static const char *join(const struct task *task)
{
	static const char *const roots[] = {"solo5_app_main", "__solo5_mft1_note"};
	const char *object = work_path(str_format("%s.o", path_base(task->output)));
	struct strings command = {0};

	if (task->is_cc)
		compile_flags(&command, task);
	else
		ADD(&command, tool(task, "ld"));
	ADD(&command, "-nostdlib", "-static", "-r", "-o", object);
	/* link-time optimisation must happen here, since the output is machine code */
	if (task->is_cc)
		ADD(&command, task->optimises ? "-flinker-output=nolto-rel" : "-fno-lto");
	/* common symbols are allocated now: later they are local */
	ADD(&command, task->is_cc ? "-Wl,-d" : "-d");
	for (size_t i = 0; i < ARRAY_SIZE(roots); i++)
		ADD(&command, str_format("%s%s", task->is_cc ? "-Wl,--undefined=" : "--undefined=", roots[i]));
	link_words_add(&command, task);
	run(&command);
	return object;
}

static int appliance_link(const struct task *task)
{
	const char *build = environment("UKGEN_BUILD");
	struct request request = {
		.manifest = task->output,
		.appliance = task->output,
		.architecture = task->architecture->name,
		.root = task->root,
		.verbose = getenv("__V") != NULL,
		.brief = !build,
	};

	request.host = host_of(task);
	request.host_word = str_format("-z solo5-abi=%s", task->abi);
	request.choices = task->choices ? task->choices : environment("UKGEN_CONFIG");
	request.object = join(task);
	request.build = build ? build : work_path("build");
	compose(&request);
	return 0;
}

/* links without an ABI, against functions of the API that do nothing */
static int plain_link(const struct task *task)
{
	const char *object = work_path("stub.o");
	struct strings compile = {0}, command = {0};

	compile_flags(&compile, task);
	ADD(&compile, "-c", "-o", object, path_join(task->root, "templates/solo5/stub.c"));
	run(&compile);
	compile_flags(&command, task);
	ADD(&command, "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none", "-z", "max-page-size=0x1000", "-o", task->output, object);
	list_add(&command, task->words.items, task->words.count);
	run(&command);
	return 0;
}

static struct task task_start(const char *program, const char *root)
{
	const char *name = str_copy(program, (size_t)(strstr(program, infix) - program));
	struct task task = {.architecture = architecture_find(name), .root = root, .output = "a.out"};
	struct toolchain toolchain;

	if (!task.architecture)
		fatal("no tools for processor \"%s\"; accepted is %s", name, architecture_names());
	toolchain_find(&toolchain, task.architecture, root);
	task.prefix = toolchain.prefix;
	task.headers = toolchain.headers;
	return task;
}

int cross_tools_run(const char *program, const char *root, int count, char **words)
{
	const char *name = strstr(program, infix) + sizeof(infix) - 1;
	struct strings expanded = {0}, command = {0};
	struct task task;

	diag_program = program;
	task = task_start(program, root);
	task.is_cc = !strcmp(name, "cc");
	if (!task.is_cc && strcmp(name, "ld")) {
		if (strcmp(name, "objcopy"))
			fatal("no such tool; there are cc, ld and objcopy");
		ADD(&command, tool(&task, name));
		list_add(&command, (const char *const *)words, (size_t)count);
		become(&command);
	}
	response_file_expand(&expanded, count, words);
	task_read(&task, &expanded);
	if (!task.compiles && !task.partial && task.abi)
		return appliance_link(&task);
	if (task.is_cc && !task.compiles && !task.partial && (count > 1 || (count && strcmp(words[0], "-v"))))
		return plain_link(&task);
	if (task.is_cc)
		compile_flags(&command, &task);
	else
		ADD(&command, tool(&task, "ld"), "-nostdlib", "-static", "-z", "max-page-size=0x1000");
	list_add(&command, (const char *const *)words, (size_t)count);
	become(&command);
}
