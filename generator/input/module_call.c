/* SPDX-License-Identifier: ISC */
/* module_call.c -- the calls of a .mod file: hypercall (guest to monitor) and syscall (monitor to Linux) */
#include "input/module_statements.h"

#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"
#include "input/module_scalar.h"

/* a parameter, with positions needed only for its checks */
struct placed {
	struct parameter parameter;
	bool is_signed;
	const char *name_at, *count_at;
};

static bool read_direction(struct line *line, enum direction *direction)
{
	static const char *const words[] = {[IN] = "in", [OUT] = "out", [INOUT] = "inout"};

	for (*direction = IN; *direction <= INOUT; ++*direction)
		if (line_take_word(line, words[*direction]))
			return true;
	*direction = IN;
	return false;
}

/* [in|out|inout] TYPE NAME['['COUNT']'] or device NAME */
static void read_parameter(struct reader *reader, struct placed *placed)
{
	struct line *line = &reader->line;
	struct parameter *parameter = &placed->parameter;
	const char *start = line_skip(line), *type_at, *word;
	bool directed = read_direction(line, &parameter->direction);
	const struct scalar *scalar;

	type_at = line_skip(line);
	word = line_word(line);
	if (!strcmp(word, "device") && !directed) {
		parameter->kind = PARAMETER_DEVICE;
		scalar = scalar_find("u64");
		reader_refer(reader, REFERENCE_DEVICE, "a device parameter", start);
	} else {
		parameter->kind = directed ? PARAMETER_RESULT : PARAMETER_VALUE;
		scalar = scalar_find(word);
	}
	if (!scalar) {
		scalar_unknown(line, type_at, word, !directed);
		return;
	}
	parameter->type = scalar->type;
	parameter->size = scalar->size;
	placed->is_signed = scalar->is_signed;
	placed->name_at = line_skip(line);
	parameter->name = line_name(line, "name of the parameter");
	if (line_take(line, '[')) {
		if (!directed) {
			line_error(line, start, "buffer \"%s\" has no direction; accepted are in, out and inout before its type",
				   parameter->name);
			return;
		}
		parameter->kind = PARAMETER_BUFFER;
		placed->count_at = line_skip(line);
		parameter->count = line_name(line, "parameter with the buffer's length");
		line_expect(line, ']', "']' after the buffer's length");
	} else if (directed && parameter->direction != OUT && parameter->name) {
		line_error(line, start, "\"%s\" is not a buffer; accepted are \"%s %s\" for a value and "
			   "\"in %s %s[LENGTH]\" for a buffer",
			   parameter->name, word, parameter->name, word, parameter->name);
	}
}

/* a buffer's length is a number that the guest passes in the same call */
static void check_count(struct line *line, const struct placed *buffer, const struct placed *all, size_t count)
{
	const char *name = buffer->parameter.count;

	for (size_t i = 0; i < count; i++) {
		const struct parameter *length = &all[i].parameter;

		if (strcmp(length->name, name))
			continue;
		if (length->kind != PARAMETER_VALUE || all[i].is_signed)
			line_error(line, buffer->count_at, "\"%s\" can't be the length of \"%s\"; "
				   "accepted is a parameter of type u8, u16, u32 or u64, passed by value",
				   name, buffer->parameter.name);
		return;
	}
	line_error(line, buffer->count_at, "the length of \"%s\" is not a parameter of this call: \"%s\"; add \"u64 %s\"",
		   buffer->parameter.name, name, name);
}

static void check_parameters(struct line *line, const struct placed *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(all[i].parameter.name, all[j].parameter.name))
				line_error(line, all[i].name_at, "parameter \"%s\" is listed twice; each needs a name of its own",
					   all[i].parameter.name);
	for (size_t i = 0; i < count; i++)
		if (all[i].parameter.kind == PARAMETER_BUFFER)
			check_count(line, &all[i], all, count);
}

void read_hypercall(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line);
	struct hypercall hypercall = {.where = line_position(line, start)};
	size_t references = module->reference_count;
	struct placed *placed = NULL;
	size_t count = 0;

	hypercall.name = line_name(line, "name of the hypercall");
	if (!line_expect(line, '(', "'(' and the parameters; \"()\" if there are none"))
		return;
	if (!line_take(line, ')')) {
		do {
			read_parameter(reader, LIST_ADD(placed, count));
		} while (line_take(line, ','));
		line_expect(line, ')', "',' and a parameter or ')'");
	}
	if (!line->failed)
		check_parameters(line, placed, count);
	if (!reader_end(reader)) {
		module->reference_count = references;
		return;
	}
	for (size_t i = 0; i < module->hypercall_count; i++)
		if (!strcmp(module->hypercalls[i].name, hypercall.name))
			line_error(line, start, "hypercall \"%s\" is already declared in line %u; each needs a name of its own",
				   hypercall.name, module->hypercalls[i].where.line);
	if (line->failed)
		return;
	for (size_t i = 0; i < count; i++)
		*LIST_ADD(hypercall.parameters, hypercall.parameter_count) = placed[i].parameter;
	*LIST_ADD(module->hypercalls, module->hypercall_count) = hypercall;
}

/* names of constants with '|' between them */
static bool are_names(const char *names)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", others[] = "_0123456789";

	for (;; names++) {
		if (!*names || !strchr(letters, *names))
			return false;
		while (*names && (strchr(letters, *names) || strchr(others, *names)))
			names++;
		if (!*names)
			return true;
		if (*names != '|')
			return false;
	}
}

static void read_value(struct line *line, struct check *check)
{
	const char *start = line_skip(line);

	check->kind = CHECK_VALUE;
	if (line_number(line, "the argument's value", &check->value))
		check->number = str_copy(start, (size_t)(line->at - start));
}

/* NAME=NUMBER, where NAME may be several with '|' between them */
static void read_named_value(struct line *line, const char *start, struct check *check)
{
	check->names = line_run(line, "=,)");
	if (!are_names(check->names))
		line_error(line, start, "\"%s\" is not a list of constants; accepted are names in capital letters, and | between them",
			   check->names);
	if (line_expect(line, '=', str_format("'=' and the number that %s stands for", check->names)))
		read_value(line, check);
}

static void read_check(struct reader *reader, struct check *check)
{
	struct line *line = &reader->line;
	const char *start = line_skip(line);

	if (line_take_word(line, "_"))
		return;         /* CHECK_ANY */
	if (line_take_word(line, "fd")) {
		check->kind = CHECK_DESCRIPTOR;
		start = line_skip(line);
		check->descriptor = line_name(line, "name of the descriptor");
		if (check->descriptor)
			reader_refer(reader, REFERENCE_DESCRIPTOR, check->descriptor, start);
	} else if (*start >= '0' && *start <= '9') {
		read_value(line, check);
	} else if (*start >= 'A' && *start <= 'Z') {
		read_named_value(line, start, check);
	} else {
		line_error(line, start, "found %s; accepted are _ (any value), a number, NAME=NUMBER and \"fd NAME\"",
			   line_next(line));
	}
}

static bool same_checks(const struct syscall *a, const struct syscall *b)
{
	if (a->check_count != b->check_count)
		return false;
	for (size_t i = 0; i < a->check_count; i++) {
		const struct check *x = &a->checks[i], *y = &b->checks[i];

		if (x->kind != y->kind || x->value != y->value ||
		    (x->descriptor && strcmp(x->descriptor, y->descriptor)))
			return false;
	}
	return true;
}

/* optional words */
static bool same_word(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* whether the same call is already allowed under the same condition */
static bool same_syscall(const struct syscall *a, const struct syscall *b)
{
	return !strcmp(a->name, b->name) && same_checks(a, b) && a->caller == b->caller &&
	       same_word(a->caller_name, b->caller_name) && same_word(a->hypercall, b->hypercall);
}

static void unknown_syscall(struct line *line, const char *at, const char *name)
{
	struct strings known = {0};
	const char *nearest;

	/* numbers are dense except for a gap; 1,024 is beyond the last on every 64-bit architecture */
	for (int number = 0; number < 1024; number++) {
		char *other = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);

		if (other)
			strings_add(&known, other);
	}
	nearest = str_nearest(name, &known);
	if (nearest)
		line_error(line, at, "unknown system call \"%s\"; did you mean \"%s\"?", name, nearest);
	else
		line_error(line, at, "unknown system call \"%s\"; accepted is a name that libseccomp knows", name);
	for (size_t i = 0; i < known.count; i++)
		free((char *)known.items[i]);
}

static void read_checks(struct reader *reader, struct syscall *call)
{
	struct line *line = &reader->line;

	do {
		if (call->check_count == ARRAY_SIZE(call->checks)) {
			line_error(line, line_skip(line), "too many arguments; a system call has at most %zu",
				   ARRAY_SIZE(call->checks));
			return;
		}
		read_check(reader, &call->checks[call->check_count++]);
	} while (line_take(line, ','));
	line_expect(line, ')', "',' and an argument or ')'");
}

/* the rest of "thread NAME" or "helper NAME" */
static void read_caller_name(struct reader *reader, struct syscall *call, enum caller caller)
{
	struct line *line = &reader->line;
	const char *at = line_skip(line);

	call->caller = caller;
	call->caller_name = line_name(line, caller == CALLER_THREAD ? "name of the thread" : "name of the helper");
	if (call->caller_name)
		reader_refer(reader, caller == CALLER_THREAD ? REFERENCE_THREAD : REFERENCE_HELPER, call->caller_name, at);
}

/* the rest of "each thread" or "with thread", which modules can't use: none may widen the filters of others */
static void read_caller_threads(struct reader *reader, struct syscall *call, enum caller caller, const char *start)
{
	struct line *line = &reader->line;

	call->caller = caller;
	if (strcmp(reader->module->name, "core"))
		line_error(line, start, "\"each\" and \"with\" are for core.mod; accepted here is \"thread NAME\"");
	else if (!line_take_word(line, "thread"))
		line_error(line, line_skip(line), "found %s; accepted is \"thread\"", line_next(line));
}

/* [thread NAME | helper NAME | each thread | with thread] */
static void read_caller(struct reader *reader, struct syscall *call)
{
	struct line *line = &reader->line;
	const char *start = line_skip(line);

	if (line_take_word(line, "thread"))
		read_caller_name(reader, call, CALLER_THREAD);
	else if (line_take_word(line, "helper"))
		read_caller_name(reader, call, CALLER_HELPER);
	else if (line_take_word(line, "each"))
		read_caller_threads(reader, call, CALLER_EACH_THREAD, start);
	else if (line_take_word(line, "with"))
		read_caller_threads(reader, call, CALLER_GUEST_AND_THREAD, start);
}

/* NAME[(ARGUMENT, ...)] [CALLER] [for HYPERCALL] # cause */
void read_syscall(struct reader *reader)
{
	struct module *module = reader->module;
	struct line *line = &reader->line;
	const char *start = line_skip(line);
	struct syscall call = {.where = line_position(line, start)};

	call.name = line_identifier(line, "name of a system call");
	if (call.name && seccomp_syscall_resolve_name(call.name) == __NR_SCMP_ERROR)
		unknown_syscall(line, start, call.name);
	if (line_take(line, '('))
		read_checks(reader, &call);
	read_caller(reader, &call);
	if (line_take_word(line, "for")) {
		const char *at = line_skip(line);

		call.hypercall = line_name(line, "name of the hypercall");
		if (call.hypercall)
			reader_refer(reader, REFERENCE_HYPERCALL, call.hypercall, at);
	}
	if (!reader_end(reader))
		return;
	call.cause = line->comment;
	if (!call.cause)
		line_error(line, line->at, "system call \"%s\" has no cause; accepted is a comment that names what makes it",
			   call.name);
	if (line->failed)
		return;
	for (size_t i = 0; i < module->syscall_count; i++)
		if (same_syscall(&module->syscalls[i], &call))
			line_error(line, start, "system call \"%s\" is already let through in line %u; join the two causes",
				   call.name, module->syscalls[i].where.line);
	if (!line->failed)
		*LIST_ADD(module->syscalls, module->syscall_count) = call;
}
