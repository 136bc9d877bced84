/* SPDX-License-Identifier: ISC */
/* module_read.c -- reads a .mod file: the first line, then statement by statement, then what they use of each other */
#include "input/module_read.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/module_configure.h"
#include "input/module_references.h"
#include "input/module_statements.h"

static const struct statement {
	const char *keyword;
	void (*read)(struct reader *reader);
} statements[] = {
	{"api", read_api},
	{"descriptor", read_descriptor},
	{"device", read_device},
	{"doorbell", read_doorbell},
	{"finish", read_finish},
	{"header", read_header},
	{"helper", read_helper},
	{"hypercall", read_hypercall},
	{"info", read_info},
	{"option", read_option},
	{"poll", read_poll},
	{"property", read_property},
	{"shared", read_shared},
	{"source", read_source},
	{"syscall", read_syscall},
	{"thread", read_thread},
};

static void read_keyword(struct reader *reader)
{
	struct line *line = &reader->line;
	struct strings accepted = {0};
	const char *start = line_skip(line);
	const char *keyword;

	if (!*start || *start == '#')
		return;
	keyword = line_word(line);
	for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
		if (!strcmp(keyword, statements[i].keyword)) {
			statements[i].read(reader);
			return;
		}
		strings_add(&accepted, statements[i].keyword);
	}
	for (enum hook hook = 0; hook < HOOK_COUNT; hook++) {
		if (!strcmp(keyword, hook_kinds[hook].name)) {
			read_hook(reader, hook);
			return;
		}
		strings_add(&accepted, hook_kinds[hook].name);
	}
	strings_sort(&accepted);
	line_unknown(line, start, "statement", keyword, &accepted);
}

static void read_statement(struct reader *reader)
{
	struct module_counts before = module_count(reader->module);

	read_keyword(reader);
	if (reader->line.condition && !reader->line.failed)
		module_make_optional(reader->module, &before, reader->line.condition);
}

/* # NAME -- what it is */
static void read_first_line(struct reader *reader)
{
	struct line *line = &reader->line;
	const char *wanted = reader->module->name;
	const char *start, *name, *title;

	if (!line_take(line, '#')) {
		line_error(line, line->text, "the first line doesn't say what the module is; accepted is \"# %s -- TITLE\"",
			   wanted);
		return;
	}
	start = line_skip(line);
	name = line_word(line);
	if (strcmp(name, wanted)) {
		line_error(line, start, "the module is called \"%s\" here, but its folder is \"%s\"; "
			   "accepted is \"# %s -- TITLE\"", name, wanted, wanted);
		return;
	}
	start = line_skip(line);
	if (!str_starts(start, "--") || strspn(start + 2, " \t\r") == strlen(start + 2)) {
		line_error(line, start, "the title is missing; accepted is \"# %s -- TITLE\"", wanted);
		return;
	}
	line->at += 2;
	title = line_skip(line);
	for (line->at += strlen(line->at); strchr(" \t\r", line->at[-1]); line->at--)
		;
	reader->module->title = str_copy(title, (size_t)(line->at - title));
}

void module_parse(struct module *module, const char *text, size_t length)
{
	struct reader reader = {.module = module};
	size_t references = module->reference_count;
	const char *end = text + length;

	for (unsigned number = 1; text < end || number == 1; number++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t size = (size_t)((newline ? newline : end) - text);
		char *copy = str_copy(text, size);

		reader.line = (struct line){.path = module->path, .number = number, .text = copy, .at = copy};
		if (strlen(copy) < size)
			line_error(&reader.line, copy + strlen(copy), "found a zero byte; a description is plain text");
		else if (!text_is_utf8(copy))
			line_error(&reader.line, copy, "the line is not UTF-8; a description is plain text");
		else if (number == 1)
			read_first_line(&reader);
		else
			read_statement(&reader);
		reader.failed |= reader.line.failed;
		text = newline ? newline + 1 : end;
	}
	/* a line with an error may be the declaration that another one refers to: reports no consequential errors */
	if (!reader.failed)
		module_references_check(module, references);
}

static void source_add_found(struct strings *sources, const char *folder, const char *name)
{
	const char *path = path_join(folder, name);

	if (path_exists(path))
		strings_add(sources, path);
}

struct module *module_read(const char *folder, const char *name)
{
	struct module *module = mem_zalloc(sizeof(*module));
	char *resolved = realpath(folder, NULL);
	size_t length = 0;
	char *text;

	module->name = name;
	module->folder = resolved ? resolved : path_absolute(folder);
	module->path = path_join(folder, str_format("%s.mod", name));
	module->title = "";
	if (!word_is_name(name)) {
		error_at((struct position){module->path, 0, 0}, "\"%s\" can't name a module; "
			 "accepted is a folder whose name is a C identifier in lower case", name);
		return module;
	}
	source_add_found(&module->host_sources, module->folder, "host.c");
	source_add_found(&module->guest_sources, module->folder, "guest.c");
	text = file_read(module->path, &length);
	if (!text) {
		error_at((struct position){module->path, 0, 0}, "%s; accepted is a module's description",
			 strerror(errno));
		return module;
	}
	module_parse(module, text, length);
	free(text);
	return module;
}

void module_read_more(struct module *module, const char *path)
{
	const char *first_path = module->path, *title = module->title;
	size_t length;
	char *text = file_read(path, &length);

	if (!text) {
		if (errno != ENOENT)
			error_at((struct position){path, 0, 0}, "%s; accepted is a module's description", strerror(errno));
		return;
	}
	/* messages name the second file */
	module->path = path;
	module_parse(module, text, length);
	module->path = first_path;
	module->title = title;
	free(text);
}

static const struct module *modules_find(const struct modules *modules, const char *name)
{
	for (size_t i = 0; i < modules->count; i++)
		if (!strcmp(modules->items[i]->name, name))
			return modules->items[i];
	return NULL;
}

/* a description named otherwise than its folder would be silently ignored */
static void check_misnamed(const char *folder, const char *name)
{
	glob_t found;

	if (!glob(path_pattern(folder, "*.mod"), 0, NULL, &found))
		error_at((struct position){found.gl_pathv[0], 0, 0}, "the description has another name than its folder; "
			 "accepted is %s.mod", name);
	globfree(&found);
}

/* reports a module given instead of the folder that contains it */
static void folder_check(const char *folder)
{
	const char *name = path_base(path_absolute(folder));

	if (path_exists(str_format("%s/%s.mod", folder, name)))
		fatal("%s: is a module itself; accepted is the folder that it lies in", folder);
}

void modules_read(struct modules *modules, const char *folder)
{
	DIR *stream = opendir(folder);
	struct strings names = {0};
	struct dirent *entry;

	if (!stream)
		fatal("read folder of modules %s:", folder);
	folder_check(folder);
	while ((entry = readdir(stream))) {
		const char *name = entry->d_name;

		if (name[0] == '.')
			continue;
		if (path_exists(str_format("%s/%s/%s.mod", folder, name, name)))
			strings_add(&names, str_copy(name, strlen(name)));
		else
			check_misnamed(path_join(folder, name), name);
	}
	closedir(stream);
	if (!names.count && !error_count())
		fatal("%s: holds no module; accepted is a folder with NAME/NAME.mod in it", folder);
	strings_sort(&names);
	for (size_t i = 0; i < names.count; i++) {
		const struct module *other = modules_find(modules, names.items[i]);
		struct module *module = module_read(path_join(folder, names.items[i]), names.items[i]);

		if (other)
			error_at((struct position){module->path, 1, 3}, "module \"%s\" exists already in %s; "
				 "rename this one and its folder", module->name, path_folder(other->path));
		else
			*LIST_ADD(modules->items, modules->count) = module;
	}
}
