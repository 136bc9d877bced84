/* SPDX-License-Identifier: ISC */
/* module_statement.c -- the statements of a .mod file other than calls */
#include "input/module_statements.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/module_scalar.h"

/* adds a name that must be unique among statements of its kind */
static void add_once(struct line *line, const char *at, struct strings *names, const char *kind, const char *name)
{
	if (strings_contain(names, name))
		line_error(line, at, "%s \"%s\" is listed twice; once is enough", kind, name);
	else
		strings_add(names, name);
}

void read_api(struct reader *reader)
{
	struct line *line = &reader->line;
	struct strings symbols = {0};

	do {
		const char *at = line_skip(line);
		const char *symbol = line_identifier(line, "name of a function");

		if (!symbol)
			return;
		if (strings_contain(&reader->module->api, symbol))
			line_error(line, at, "function \"%s\" is listed twice; once is enough", symbol);
		add_once(line, at, &symbols, "function", symbol);
	} while (!line_done(line));
	if (!reader_end(reader))
		return;
	for (size_t i = 0; i < symbols.count; i++)
		strings_add(&reader->module->api, symbols.items[i]);
}

void read_device(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	const char *type = line_capitals(line, "manifest's device type");

	if (!reader_end(reader))
		return;
	if (module->device_type) {
		line_error(line, at, "the module already backs \"%s\" (line %u); a module backs one device type",
			   module->device_type, module->device_where.line);
		return;
	}
	module->device_type = type;
	module->device_where = line_position(line, at);
}

/* reports an error and returns true if the statement at where already declared name */
static bool is_declared(struct line *line, const char *at, const char *kind, const char *name,
			const char *declared, struct position where)
{
	if (strcmp(declared, name))
		return false;
	line_error(line, at, "%s \"%s\" is already declared in line %u; each needs a name of its own", kind, name, where.line);
	return true;
}

/* adds a field unless its name is in use */
static void field_add(struct line *line, const char *at, struct field **fields, size_t *count, const char *kind,
		      struct field field)
{
	for (size_t i = 0; i < *count; i++)
		if (is_declared(line, at, kind, field.name, (*fields)[i].name, (*fields)[i].where))
			return;
	*LIST_ADD(*fields, *count) = field;
}

void read_property(struct reader *reader)
{
	static const char *const types[][2] = {{"bool", "bool"}, {"u64", "uint64_t"}};
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line), *key_at;
	const char *type = line_word(line);
	struct strings accepted = {0};
	struct field field = {.where = line_position(line, start)};

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		if (!strcmp(type, types[i][0]))
			field.type = types[i][1];
		strings_add(&accepted, types[i][0]);
	}
	if (!field.type) {
		line_unknown(line, start, "type of a property", type, &accepted);
		return;
	}
	key_at = line_skip(line);
	field.name = line_name(line, "property's key");
	if (field.name && (!strcmp(field.name, "name") || !strcmp(field.name, "type")))
		line_error(line, key_at, "every device has a \"%s\" already; accepted is another key", field.name);
	if (!reader_end(reader))
		return;
	reader_refer(reader, REFERENCE_DEVICE, "a property", start);
	field_add(line, key_at, &module->properties, &module->property_count, "property", field);
}

/* TYPE NAME['['COUNT']'] */
void read_info(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line), *name_at, *count_at;
	const char *word = line_word(line);
	const struct scalar *scalar = scalar_find(word);
	struct field field = {.where = line_position(line, start)};
	uint64_t count;

	if (!scalar) {
		scalar_unknown(line, start, word, false);
		return;
	}
	field.type = scalar->type;
	name_at = line_skip(line);
	field.name = line_name(line, "name of the field");
	if (line_take(line, '[')) {
		count_at = line_skip(line);
		if (line_number(line, "the number of elements", &count)) {
			/* boot info is one page */
			if (count < 1 || count > 4096)
				line_error(line, count_at, "%s elements; accepted are 1 to 4096",
					   str_copy(count_at, (size_t)(line->at - count_at)));
			field.count = (unsigned)count;
		}
		line_expect(line, ']', "']' after the number of elements");
	}
	if (!reader_end(reader))
		return;
	field_add(line, name_at, &module->infos, &module->info_count, "info", field);
}

/* --NAME: lower-case letters, digits and single '-' between them, so that option_NAME is a C identifier */
static const char *read_option_name(struct line *line)
{
	const char *start = line_skip(line), *name;
	bool valid;

	if (!str_starts(start, "--"))
		return line_error(line, start, "found %s; accepted is --NAME", line_next(line));
	line->at += 2;
	name = line_run(line, ":=[");
	valid = name && *name >= 'a' && *name <= 'z' && !strstr(name, "--") && !str_ends(name, "-") &&
		strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
	if (!valid)
		return line_error(line, start, "\"--%s\" is not a valid option name; accepted are small letters, digits and '-' between them",
				  name ? name : "");
	return name;
}

/* =ARG, [=ARG] or nothing, directly after the name */
static void read_option_argument(struct line *line, struct option *option)
{
	const char *start = line->at;

	option->argument_optional = *line->at == '[';
	if (option->argument_optional)
		line->at++;
	if (*line->at == '=') {
		line->at++;
		option->argument = line_run(line, "]\"");
	}
	if (line->at > start && !option->argument)
		line_error(line, start, "the argument has no name; accepted are =ARG and [=ARG]");
	if (!option->argument_optional || line->failed)
		return;
	if (*line->at == ']')
		line->at++;
	else
		line_error(line, line->at, "the optional argument doesn't end; accepted is \"[=%s]\"", option->argument);
}

/* "text"; becomes part of C source unchanged */
static const char *read_help(struct line *line)
{
	const char *start = line_skip(line), *end;

	if (!line_take(line, '"'))
		return "";
	end = strchr(line->at, '"');
	if (!end)
		return line_error(line, start, "the help doesn't end; accepted is \"text\" in one line");
	line->at = end + 1;
	for (const char *c = start; c < end; c++)
		if (*c == '\\' || (unsigned char)*c < ' ' || *c == 127)
			return line_error(line, c, "the help holds a backslash or a control character; accepted is plain text");
	return str_copy(start + 1, (size_t)(end - start - 1));
}

/* --NAME[:NAME][=ARG|'['=ARG']'] [required] ["help"] */
void read_option(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line), *required_at;
	struct option option = {.where = line_position(line, start)};

	option.name = read_option_name(line);
	if (!option.name)
		return;
	if (*line->at == ':') {
		const char *at = line->at++;
		const char *word = line_run(line, "=[");

		if (!word || strcmp(word, "NAME"))
			line_error(line, at, "found \":%s\"; accepted is \":NAME\", which means once a device", word ? word : "");
		option.each = true;
	}
	read_option_argument(line, &option);
	required_at = line_skip(line);
	option.required = line_take_word(line, "required");
	if (option.required && (!option.argument || option.argument_optional))
		line_error(line, required_at, "a required option needs an argument; accepted is \"--%s=ARG required\"",
			   option.name);
	option.help = read_help(line);
	if (!line_done(line))
		line_error(line, line->at, "found %s; accepted here are required, then \"help\" in quotes", line_next(line));
	if (!reader_end(reader))
		return;
	if (option.each)
		reader_refer(reader, REFERENCE_DEVICE, "\":NAME\"", start);
	for (size_t i = 0; i < module->option_count; i++)
		if (!strcmp(module->options[i].name, option.name)) {
			line_error(line, start, "option \"--%s\" is already declared in line %u; each needs a name of its own",
				   option.name, module->options[i].where.line);
			return;
		}
	*LIST_ADD(module->options, module->option_count) = option;
}

/* host|guest FILE */
void read_source(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line), *file_at;
	const char *half = line_word(line), *file, *path;
	struct strings *sources = !strcmp(half, "host") ? &module->host_sources :
				  !strcmp(half, "guest") ? &module->guest_sources : NULL;

	if (!sources) {
		line_unknown(line, start, "half", half, &(struct strings){(const char *[]){"host", "guest"}, 2});
		return;
	}
	file_at = line_skip(line);
	file = line_run(line, "");
	if (!file) {
		line_error(line, file_at, "no file is named; accepted is a .c or .S file of the module's folder");
		return;
	}
	path = path_join(module->folder, file);
	if (!str_ends(file, ".c") && !str_ends(file, ".S"))
		line_error(line, file_at, "\"%s\" is not a source file; accepted are .c and .S files", file);
	if (!reader_end(reader))
		return;
	if (strings_contain(sources, path))
		line_error(line, file_at, "\"%s\" is compiled already; host.c and guest.c need no line, others one", file);
	else if (!path_exists(path))
		line_error(line, file_at, "\"%s\" doesn't exist; accepted is a file of the module's folder", file);
	else
		strings_add(sources, path);
}

/* [each] and the rest of the line; true if the statement is well-formed */
static bool read_each(struct reader *reader, bool *each)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);

	*each = line_take_word(line, "each");
	if (!line_done(line))
		line_error(line, line->at, "found %s; accepted here is \"each\", which means one for each device", line_next(line));
	if (!reader_end(reader))
		return false;
	if (*each)
		reader_refer(reader, REFERENCE_DEVICE, "\"each\"", at);
	return true;
}

/* NAME [each] */
void read_descriptor(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	struct descriptor descriptor = {.where = line_position(line, at)};

	descriptor.name = line_name(line, "name of the descriptor");
	if (!read_each(reader, &descriptor.each))
		return;
	for (size_t i = 0; i < module->descriptor_count; i++)
		if (is_declared(line, at, "descriptor", descriptor.name, module->descriptors[i].name, module->descriptors[i].where))
			return;
	*LIST_ADD(module->descriptors, module->descriptor_count) = descriptor;
}

void read_thread(struct reader *reader)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	const char *name = line_name(line, "name of the thread");
	bool alone = line_take_word(line, "alone");

	if (!line_done(line))
		line_error(line, line->at, "found %s; accepted here is \"alone\", for a thread with its own system calls only",
			   line_next(line));
	if (!reader_end(reader))
		return;
	add_once(line, at, &reader->module->threads, "thread", name);
	if (alone)
		strings_add(&reader->module->alone, name);
}

/* FILE as #include <FILE> takes it */
void read_header(struct reader *reader)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	const char *file = line_run(line, "");

	if (!file)
		line_error(line, at, "found %s; accepted is a file as in #include <linux/kvm.h>", line_next(line));
	else if (strspn(file, "abcdefghijklmnopqrstuvwxyz0123456789_-./") != strlen(file))
		line_error(line, at, "\"%s\" is not a valid header name; accepted is a file as in #include <linux/kvm.h>", file);
	if (reader_end(reader))
		add_once(line, at, &reader->module->headers, "header", file);
}

/* its filter would have the same name as that of a thread with this name */
void read_helper(struct reader *reader)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	const char *name = line_name(line, "name of the helper");

	if (!reader_end(reader))
		return;
	if (strings_contain(&reader->module->threads, name))
		line_error(line, at, "\"%s\" is a thread already; each needs a name of its own", name);
	else
		add_once(line, at, &reader->module->helpers, "helper", name);
}

/* NAME [each] */
void read_doorbell(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	struct doorbell doorbell = {.where = line_position(line, at)};

	doorbell.name = line_name(line, "name of the doorbell");
	if (!read_each(reader, &doorbell.each))
		return;
	for (size_t i = 0; i < module->doorbell_count; i++)
		if (is_declared(line, at, "doorbell", doorbell.name, module->doorbells[i].name, module->doorbells[i].where))
			return;
	*LIST_ADD(module->doorbells, module->doorbell_count) = doorbell;
}

void read_shared(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	struct shared shared = {.where = line_position(line, at)};

	shared.name = line_name(line, "name of the shared variable");
	if (!reader_end(reader))
		return;
	for (size_t i = 0; i < module->shared_count; i++)
		if (is_declared(line, at, "shared variable", shared.name, module->shared[i].name, module->shared[i].where))
			return;
	*LIST_ADD(module->shared, module->shared_count) = shared;
}

static void read_function(struct reader *reader, struct strings *functions, const char *kind)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);
	const char *function = line_name(line, "name of a function");

	if (reader_end(reader))
		add_once(line, at, functions, kind, function);
}

void read_poll(struct reader *reader)
{
	read_function(reader, &reader->module->polls, "poll");
}

void read_finish(struct reader *reader)
{
	read_function(reader, &reader->module->finishes, "finish");
}

void read_hook(struct reader *reader, enum hook hook)
{
	read_function(reader, &reader->module->hooks[hook], hook_kinds[hook].name);
}
