/* SPDX-License-Identifier: ISC */
/*
 * filter.c -- gen/filter.c: the allowed system calls, compiled to BPF by libseccomp
 *
 * One program for the thread that runs the guest, and one for each thread and
 * helper that modules declare. A call that no syscall line allows kills the process.
 */
#include "emit/emitters.h"

#include <errno.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"
#include "compose/paths.h"
#include "emit/c.h"

/* adds the rules for one syscall line: one for each descriptor of a range */
static void rules_add(scmp_filter_ctx filter, const struct modules *modules, const struct syscall *call)
{
	int number = seccomp_syscall_resolve_name(call->name);
	struct scmp_arg_cmp checks[6];
	unsigned count = 0, ranged = 0;
	size_t first = 0, range = 1;

	for (unsigned i = 0; i < call->check_count; i++) {
		const struct check *check = &call->checks[i];

		if (check->kind == CHECK_ANY)
			continue;
		if (check->kind == CHECK_DESCRIPTOR) {
			composition_descriptor(modules, check->descriptor, &first, &range);
			ranged = count;
		}
		checks[count++] = SCMP_CMP(i, SCMP_CMP_EQ,
					   check->kind == CHECK_VALUE ? check->value : first);
	}
	for (size_t i = 0; i < range; i++) {
		int error;

		if (range > 1)
			checks[ranged].datum_a = first + i;
		error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, count, checks);
		/* two modules may have the same rule, and a narrower one beside a wider one is fine, too */
		if (error && error != -EEXIST)
			fatal("%s:%u: syscall %s: libseccomp: %s", call->where.file, call->where.line,
			      call->name, strerror(-error));
	}
}

static bool syscall_is_of(const struct syscall *call, enum caller caller, const char *name)
{
	return call->caller == caller && (!name || !strcmp(call->caller_name, name));
}

static struct sock_filter *filter_compile(const struct composition *composition, enum caller caller, const char *name,
					  size_t *length)
{
	/* the thread that runs the guest says which call it was, before it ends the process */
	uint32_t otherwise = caller == CALLER_GUEST ? SCMP_ACT_TRAP : SCMP_ACT_KILL_PROCESS;
	scmp_filter_ctx filter;
	struct sock_filter *program;
	off_t size;
	int file;

	/* SCMP_ACT_KILL_PROCESS is level 3; the kernel of this machine doesn't matter */
	if (seccomp_api_set(3) || !(filter = seccomp_init(otherwise)) ||
	    seccomp_arch_remove(filter, SCMP_ARCH_NATIVE) ||
	    seccomp_arch_add(filter, composition->architecture->seccomp) ||
	    seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS))
		fatal("libseccomp: no filter for %s", composition->architecture->title);
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->syscall_count; i++)
			if (syscall_is_of(&module->syscalls[i], caller, name))
				rules_add(filter, &composition->selected, &module->syscalls[i]);
	}
	file = memfd_create("filter", MFD_CLOEXEC);
	if (file < 0 || seccomp_export_bpf(filter, file))
		fatal("libseccomp: export the filter:");
	size = lseek(file, 0, SEEK_END);
	program = mem_zalloc((size_t)size);
	if (pread(file, program, (size_t)size, 0) != size)
		fatal("libseccomp: read the filter:");
	close(file);
	seccomp_release(filter);
	*length = (size_t)size / sizeof(*program);
	return program;
}

/* the lines, as a comment */
static void emit_lines(FILE *out, const struct composition *composition, enum caller caller, const char *name)
{
	fprintf(out, "\n/*\n * %s%s\n *\n", name ? name : "the thread that runs the guest", caller == CALLER_THREAD ? ", a thread" :
		caller == CALLER_HELPER ? ", a process" : "");
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->syscall_count; i++) {
			const struct syscall *call = &module->syscalls[i];

			if (!syscall_is_of(call, caller, name))
				continue;
			fprintf(out, " *   %s: ", module->name);
			emit_comment(out, str_format("%s -- %s\n", syscall_text(call), call->cause));
		}
	}
	fprintf(out, " */\n");
}

static bool clock_is_allowed(const struct composition *composition, enum caller caller, const char *name)
{
	for (size_t m = 0; m < composition->selected.count; m++) {
		const struct module *module = composition->selected.items[m];

		for (size_t i = 0; i < module->syscall_count; i++)
			if (syscall_is_of(&module->syscalls[i], caller, name) && !strcmp(module->syscalls[i].name, "clock_gettime"))
				return true;
	}
	return false;
}

/* name is the thread's or helper's, NULL for the thread that runs the guest */
static void emit_program(FILE *out, const struct composition *composition, enum caller caller, const char *name)
{
	const char *variable = name ? str_format("%s_filter", name) : "filter";
	size_t length;
	struct sock_filter *program = filter_compile(composition, caller, name, &length);

	emit_lines(out, composition, caller, name);
	fprintf(out, "static const struct sock_filter %s_program[] = {\n", variable);
	for (size_t i = 0; i < length; i++)
		fprintf(out, "\t{0x%02x, %u, %u, 0x%08x},\n", program[i].code, program[i].jt, program[i].jf, program[i].k);
	fprintf(out, "};\n\n");
	if (caller == CALLER_THREAD)
		fprintf(out, "_Static_assert(sizeof(%s_program) <= THREAD_FILTER_SIZE, \"a filter too long for its thread's stack\");\n\n",
			variable);
	fprintf(out, "const struct filter %s = {%zu, %s, %s_program};\n", variable, length,
		clock_is_allowed(composition, caller, name) ? "true" : "false", variable);
}

static void emit_programs(FILE *out, const struct composition *composition, enum caller caller, const struct strings *names)
{
	for (size_t i = 0; i < names->count; i++)
		emit_program(out, composition, caller, names->items[i]);
}

static void emit_headers(FILE *out, const struct modules *modules)
{
	struct strings headers = {0};

	strings_add(&headers, "linux/filter.h");
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->headers.count; i++)
			if (!strings_contain(&headers, modules->items[m]->headers.items[i]))
				strings_add(&headers, modules->items[m]->headers.items[i]);
	strings_sort(&headers);
	for (size_t i = 0; i < headers.count; i++)
		fprintf(out, "#include <%s>\n", headers.items[i]);
	fprintf(out, "\n#include \"monitor.h\"\n");
}

/* static assertions that the named numbers in the programs are right */
static void emit_checks(struct emit *emit, const struct composition *composition, const struct module *module)
{
	for (size_t i = 0; i < module->syscall_count; i++) {
		const struct syscall *call = &module->syscalls[i];

		for (size_t c = 0; c < call->check_count; c++) {
			const struct check *check = &call->checks[c];

			if (!check->names)
				continue;
			emit_line(emit, composition, call->where);
			fprintf(emit->stream, "_Static_assert((uint64_t)(%s) == 0x%lx, \"%s is not %s\");\n",
				check->names, check->value, check->names, check->number);
		}
	}
}

void emit_filter(const struct composition *composition)
{
	const struct modules *modules = &composition->selected;
	struct emit emit;

	emit_begin(&emit, composition, "gen/filter.c", "the system calls that are let through, compiled by libseccomp", NULL);
	emit_headers(emit.stream, modules);
	fputc('\n', emit.stream);
	for (size_t m = 0; m < modules->count; m++)
		emit_checks(&emit, composition, modules->items[m]);
	emit_line_here(&emit, composition);
	emit_program(emit.stream, composition, CALLER_GUEST, NULL);
	fprintf(emit.stream, "\nvoid time_prepare(void)\n{\n%s}\n",
		clock_is_allowed(composition, CALLER_GUEST, NULL) ? "\ttime_start();\n" : "");
	for (size_t m = 0; m < modules->count; m++) {
		emit_programs(emit.stream, composition, CALLER_THREAD, &modules->items[m]->threads);
		emit_programs(emit.stream, composition, CALLER_HELPER, &modules->items[m]->helpers);
	}
	emit_end(&emit, NULL);
}
