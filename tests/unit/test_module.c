/* SPDX-License-Identifier: ISC */
/* test_module.c -- reads valid descriptions; the errors are cases under tests/errors/mod/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/strings.h"
#include "base/text.h"
#include "folder.h"
#include "input/module_configure.h"
#include "input/module_line.h"
#include "input/module_read.h"
#include "input/module_threads.h"

/* true for the symbols in a list of strings */
static bool is_listed(void *context, const char *symbol)
{
	return strings_contain(context, symbol);
}

static struct module *parse(const char *lines)
{
	struct module *module = mem_zalloc(sizeof(*module));
	char *text = str_format("# x -- an example\n%s", lines);

	*module = (struct module){.name = "x", .folder = folder, .path = "x.mod", .title = ""};
	module_parse(module, text, strlen(text));
	return module;
}

/* the number of errors that the lines give when no condition holds, by their own process's messages */
static unsigned errors_of(const char *lines)
{
	struct strings none = {0};
	struct module *module;
	unsigned count = 0;
	int ends[2], status, c;
	pid_t child;
	FILE *messages;

	fflush(NULL);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		dup2(ends[1], 2);
		module = parse(lines);
		errors_exit();
		module_configure(module, is_listed, &none);
		errors_exit();
		_exit(0);
	}
	close(ends[1]);
	messages = fdopen(ends[0], "r");
	while ((c = fgetc(messages)) != EOF)
		count += c == '\n';
	fclose(messages);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, count ? 1 << 8 : 0);
	return count;
}

static void assert_position(struct position where, unsigned line, unsigned column)
{
	assert_int_equal(where.line, line);
	assert_int_equal(where.column, column);
}

static void assert_parameter(const struct parameter *parameter, enum parameter_kind kind, const char *type,
			     unsigned size, const char *name)
{
	assert_int_equal(parameter->kind, kind);
	assert_string_equal(parameter->type, type);
	assert_int_equal(parameter->size, size);
	assert_string_equal(parameter->name, name);
}

static void title(void **state)
{
	struct module *module = mem_zalloc(sizeof(*module));
	static const char text[] = "#x  --  two words \t\r";

	(void)state;
	*module = (struct module){.name = "x", .path = "x.mod"};
	module_parse(module, text, strlen(text));
	assert_string_equal(module->title, "two words");
}

static void blank_lines_and_comments(void **state)
{
	struct module *module = parse("\n \t\r\n# hypercall f()\n   # more\n\tdevice\tEXAMPLE#not a blank before\r\n");

	(void)state;
	assert_int_equal(module->hypercall_count, 0);
	assert_string_equal(module->device_type, "EXAMPLE");
	assert_position(module->device_where, 6, 9);
}

static void last_line_without_newline(void **state)
{
	(void)state;
	assert_string_equal(parse("device EXAMPLE")->device_type, "EXAMPLE");
}

static void hypercall_without_parameters(void **state)
{
	struct module *module = parse("hypercall f()\nhypercall g ( ) # with blanks\n");

	(void)state;
	assert_int_equal(module->hypercall_count, 2);
	assert_string_equal(module->hypercalls[0].name, "f");
	assert_int_equal(module->hypercalls[0].parameter_count, 0);
	assert_position(module->hypercalls[0].where, 2, 11);
	assert_string_equal(module->hypercalls[1].name, "g");
}

static void hypercall_parameters(void **state)
{
	struct module *module = parse("device EXAMPLE\n"
				      "hypercall f(device d, u64 offset, out u8 data[size], u64 size, in i16 t[n],"
				      "inout u32 w [ n ], u8 n, out i64 result)\n");
	const struct hypercall *call = &module->hypercalls[0];

	(void)state;
	assert_int_equal(module->hypercall_count, 1);
	assert_int_equal(call->parameter_count, 8);
	assert_parameter(&call->parameters[0], PARAMETER_DEVICE, "uint64_t", 8, "d");
	assert_parameter(&call->parameters[1], PARAMETER_VALUE, "uint64_t", 8, "offset");
	assert_parameter(&call->parameters[2], PARAMETER_BUFFER, "uint8_t", 1, "data");
	assert_int_equal(call->parameters[2].direction, OUT);
	assert_string_equal(call->parameters[2].count, "size");
	assert_parameter(&call->parameters[4], PARAMETER_BUFFER, "int16_t", 2, "t");
	assert_int_equal(call->parameters[4].direction, IN);
	assert_parameter(&call->parameters[5], PARAMETER_BUFFER, "uint32_t", 4, "w");
	assert_int_equal(call->parameters[5].direction, INOUT);
	assert_string_equal(call->parameters[5].count, "n");
	assert_parameter(&call->parameters[7], PARAMETER_RESULT, "int64_t", 8, "result");
}

/* words of the language are names like any other where a name is due */
static void keywords_as_names(void **state)
{
	struct module *module = parse("device EXAMPLE\nhypercall device(u64 in, device out, out u8 inout[in], u64 device)\n"
				      "thread fd\ndescriptor thread each\nsyscall read(fd thread) thread fd # f\n");

	(void)state;
	assert_int_equal(module->hypercall_count, 1);
	assert_string_equal(module->hypercalls[0].parameters[0].name, "in");
	assert_int_equal(module->hypercalls[0].parameters[1].kind, PARAMETER_DEVICE);
	assert_string_equal(module->hypercalls[0].parameters[2].name, "inout");
	assert_string_equal(module->syscalls[0].checks[0].descriptor, "thread");
	assert_string_equal(module->syscalls[0].caller_name, "fd");
}

static void api_and_hooks(void **state)
{
	struct module *module = parse("api solo5_a  solo5_B_2 # two\napi solo5_c\n"
				      "setup x_setup\nsetup x_more\nstart x_start\nrefresh x_refresh\ntrap x_trap\n");

	(void)state;
	assert_int_equal(module->api.count, 3);
	assert_string_equal(module->api.items[1], "solo5_B_2");
	assert_int_equal(module->hooks[HOOK_SETUP].count, 2);
	assert_string_equal(module->hooks[HOOK_SETUP].items[1], "x_more");
	assert_string_equal(module->hooks[HOOK_START].items[0], "x_start");
	assert_string_equal(module->hooks[HOOK_REFRESH].items[0], "x_refresh");
	assert_string_equal(module->hooks[HOOK_TRAP].items[0], "x_trap");
}

static void device_property_info(void **state)
{
	/* a property may come before its device */
	struct module *module = parse("property bool readonly\nproperty u64 sectors\ndevice EXAMPLE_2\n"
				      "info u64 capacity\ninfo u8 mac[6]\ninfo i32 table[0x1000]\n");

	(void)state;
	assert_string_equal(module->device_type, "EXAMPLE_2");
	assert_int_equal(module->property_count, 2);
	assert_string_equal(module->properties[0].type, "bool");
	assert_string_equal(module->properties[0].name, "readonly");
	assert_string_equal(module->properties[1].type, "uint64_t");
	assert_int_equal(module->info_count, 3);
	assert_int_equal(module->infos[0].count, 0);
	assert_int_equal(module->infos[1].count, 6);
	assert_string_equal(module->infos[2].type, "int32_t");
	assert_int_equal(module->infos[2].count, 4096);
}

static void assert_option(const struct option *option, const char *name, bool each, const char *argument,
			  bool optional, bool required, const char *help)
{
	assert_string_equal(option->name, name);
	assert_int_equal(option->each, each);
	if (argument)
		assert_string_equal(option->argument, argument);
	else
		assert_null(option->argument);
	assert_int_equal(option->argument_optional, optional);
	assert_int_equal(option->required, required);
	assert_string_equal(option->help, help);
}

static void options(void **state)
{
	struct module *module = parse("device EXAMPLE\n"
				      "option --block:NAME=PATH required \"an image # file\" # comment\n"
				      "option --net-mac:NAME=MAC\n"
				      "option --gdb[=PORT|unix:PATH] \"debugger\"\n"
				      "option --quiet \"says less\"\n"
				      "option --each:NAME[=N] \"\" if MORE\n");

	(void)state;
	assert_int_equal(module->option_count, 5);
	assert_option(&module->options[0], "block", true, "PATH", false, true, "an image # file");
	assert_option(&module->options[1], "net-mac", true, "MAC", false, false, "");
	assert_option(&module->options[2], "gdb", false, "PORT|unix:PATH", true, false, "debugger");
	assert_option(&module->options[3], "quiet", false, NULL, false, false, "says less");
	assert_option(&module->options[4], "each", true, "N", true, false, "");
}

static void syscalls(void **state)
{
	/* what a line uses may be declared after it */
	struct module *module = parse("syscall pread64(fd disk, _, 0x10, 18446744073709551615) thread io # f\n"
				      "syscall write(1) for g #   writes  \n"
				      "syscall write(1) # g, too\n"
				      "syscall write(2) # g, too\n"
				      "descriptor disk\nthread io\nhypercall g()\n"
				      "header sys/a-b_2.h\nsyscall open(_, ONE|TWO_2=0x41) # g, too\n");
	const struct syscall *call = &module->syscalls[0];

	(void)state;
	assert_int_equal(module->syscall_count, 5);
	assert_string_equal(call->name, "pread64");
	assert_int_equal(call->check_count, 4);
	assert_int_equal(call->checks[0].kind, CHECK_DESCRIPTOR);
	assert_string_equal(call->checks[0].descriptor, "disk");
	assert_int_equal(call->checks[1].kind, CHECK_ANY);
	assert_int_equal(call->checks[2].kind, CHECK_VALUE);
	assert_int_equal(call->checks[2].value, 16);
	assert_true(call->checks[3].value == UINT64_MAX);
	assert_int_equal(call->caller, CALLER_THREAD);
	assert_string_equal(call->caller_name, "io");
	assert_string_equal(call->cause, "f");
	assert_position(call->where, 2, 9);
	assert_int_equal(module->syscalls[1].caller, CALLER_GUEST);
	assert_null(module->syscalls[1].caller_name);
	assert_string_equal(module->syscalls[1].hypercall, "g");
	assert_string_equal(module->syscalls[1].cause, "writes");
	assert_null(module->syscalls[1].checks[0].names);
	assert_int_equal(module->syscalls[4].checks[1].kind, CHECK_VALUE);
	assert_string_equal(module->syscalls[4].checks[1].names, "ONE|TWO_2");
	assert_int_equal(module->syscalls[4].checks[1].value, 0x41);
	assert_string_equal(module->headers.items[0], "sys/a-b_2.h");
}

/* those of the core for threads become those of each thread that there is */
static void threads(void **state)
{
	static const char core_lines[] = "syscall ppoll each thread # f\nsyscall read # f\nsyscall rt_sigreturn with thread # f\n";
	struct module core = {.name = "core", .folder = folder, .path = "core.mod"}, again = core;
	struct module *items[] = {&core, parse("thread one\nthread two\nhelper three\nsyscall write helper three # f\n")};
	char *text = str_format("# core -- an example\n%s", core_lines);

	(void)state;
	module_parse(&core, text, strlen(text));
	module_parse(&again, text, strlen(text));
	modules_apply_threads(&(struct modules){items, 2});
	assert_int_equal(core.syscall_count, 4);
	assert_string_equal(core.syscalls[0].name, "ppoll");
	assert_int_equal(core.syscalls[0].caller, CALLER_THREAD);
	assert_string_equal(core.syscalls[0].caller_name, "one");
	assert_string_equal(core.syscalls[1].caller_name, "two");
	assert_int_equal(core.syscalls[2].caller, CALLER_GUEST);
	assert_string_equal(core.syscalls[3].name, "rt_sigreturn");
	assert_int_equal(core.syscalls[3].caller, CALLER_GUEST);
	assert_int_equal(items[1]->syscall_count, 1);
	assert_int_equal(items[1]->syscalls[0].caller, CALLER_HELPER);
	/* a helper is no thread */
	items[0] = &again;
	items[1] = parse("helper three\n");
	modules_apply_threads(&(struct modules){items, 2});
	assert_int_equal(again.syscall_count, 1);
	assert_string_equal(again.syscalls[0].name, "read");
}

static void conditions(void **state)
{
	static const char lines[] = "hypercall f() if A\nhypercall g() if B # comment\nhypercall h()\n"
				    "device ONE if A\n"
				    "setup one if B\nsetup two\nsetup three if A\nend four if A\nend five if B\n"
				    "syscall read thread io if A # f\nthread io if A\n";
	struct strings a = {(const char *[]){"A"}, 1}, b = {(const char *[]){"B"}, 1};
	struct module *module = parse(lines);

	(void)state;
	assert_int_equal(module->hypercall_count, 3);
	assert_int_equal(module->condition_count, 9);
	module_configure(module, is_listed, &a);
	assert_int_equal(module->hypercall_count, 2);
	assert_string_equal(module->hypercalls[0].name, "f");
	assert_string_equal(module->hypercalls[1].name, "h");
	assert_string_equal(module->device_type, "ONE");
	assert_int_equal(module->syscall_count, 1);
	assert_int_equal(module->hooks[HOOK_SETUP].count, 2);
	assert_string_equal(module->hooks[HOOK_SETUP].items[1], "three");
	assert_int_equal(module->hooks[HOOK_END].count, 1);
	assert_string_equal(module->hooks[HOOK_END].items[0], "four");
	module = parse(lines);
	module_configure(module, is_listed, &b);
	assert_int_equal(module->hypercall_count, 2);
	assert_string_equal(module->hypercalls[0].name, "g");
	assert_null(module->device_type);
	assert_int_equal(module->syscall_count, 0);
	assert_int_equal(module->threads.count, 0);
	assert_int_equal(module->hooks[HOOK_SETUP].count, 2);
	assert_string_equal(module->hooks[HOOK_SETUP].items[1], "two");
	assert_string_equal(module->hooks[HOOK_END].items[0], "five");
}

/* every statement that may have a condition is left out by it */
static void statements_with_condition(void **state)
{
	static const char *const lines[] = {"hypercall f()", "doorbell f", "shared f", "api f g", "device F", "info u64 f",
		"option --f", "source host extra.c", "source guest extra.c", "setup f", "start f", "refresh f", "idle f", "trap f",
		"interrupt f", "end f", "poll f", "finish f", "descriptor f", "thread f", "helper f", "header f.h"};
	struct strings none = {0};
	struct module_counts left, none_left;
	struct module empty, *module;

	(void)state;
	file_write("extra.c", "");
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		module = parse(str_format("%s if F\n", lines[i]));
		assert_int_equal(module->condition_count, 1);
		assert_true(module->optional_count);
		module_configure(module, is_listed, &none);
		empty = (struct module){.name = module->name, .folder = module->folder, .path = module->path, .title = module->title};
		left = module_count(module);
		none_left = module_count(&empty);
		assert_memory_equal(&left, &none_left, sizeof(left));
	}
	module = parse("device F\nproperty bool f if F\nsyscall read if F # f\n");
	module_configure(module, is_listed, &none);
	assert_int_equal(module->property_count, 0);
	assert_int_equal(module->syscall_count, 0);
}

/* a line has one error, and errors that follow from others are kept back */
static void errors(void **state)
{
	(void)state;
	assert_int_equal(errors_of("hypercall f()\n"), 0);
	assert_int_equal(errors_of("hypercal f(\nsetup 1 2\n"), 2);
	assert_int_equal(errors_of("syscall read(fd disk) # f\n"), 1);
	/* what one configuration leaves out must not be used in it */
	assert_int_equal(errors_of("descriptor disk if A\nsyscall read(fd disk) # f\n"), 1);
	assert_int_equal(errors_of("descriptor disk if A\nsyscall read(fd disk) if A # f\n"), 0);
	assert_int_equal(errors_of("descripter disk\nsyscall read(fd disk) # f\n"), 1);
	assert_int_equal(errors_of("syscall read # f\nsyscall read # g\n"), 1);
}

static void read_folder(void **state)
{
	struct module *module;

	(void)state;
	file_write("more/x/x.mod", "# x -- an example\nsource host extra.c\nsource guest start.S\n");
	file_write("more/x/host.c", "");
	file_write("more/x/extra.c", "");
	file_write("more/x/start.S", "");
	module = module_read(str_format("%s/more/../more/x", folder), "x");
	assert_string_equal(module->title, "an example");
	assert_string_equal(module->path, str_format("%s/more/../more/x/x.mod", folder));
	assert_string_equal(module->folder, str_format("%s/more/x", realpath(folder, NULL)));
	assert_int_equal(module->host_sources.count, 2);
	assert_string_equal(module->host_sources.items[0], str_format("%s/host.c", module->folder));
	assert_string_equal(module->host_sources.items[1], str_format("%s/extra.c", module->folder));
	assert_int_equal(module->guest_sources.count, 1);
	assert_string_equal(module->guest_sources.items[0], str_format("%s/start.S", module->folder));
}

static void read_all(void **state)
{
	struct modules modules = {0};

	(void)state;
	file_write("mods/zeta/zeta.mod", "# zeta -- last\n");
	file_write("mods/alpha/alpha.mod", "# alpha -- first\n");
	file_write("mods/alpha/host.c", "");
	file_write("mods/notes/README", "no module\n");
	file_write("mods/Kconfig", "");
	file_write("others/beta/beta.mod", "# beta -- further\n");
	modules_read(&modules, str_format("%s/mods", folder));
	modules_read(&modules, str_format("%s/others", folder));
	assert_int_equal(modules.count, 3);
	assert_string_equal(modules.items[0]->name, "alpha");
	assert_int_equal(modules.items[0]->host_sources.count, 1);
	assert_int_equal(modules.items[0]->guest_sources.count, 0);
	assert_string_equal(modules.items[1]->name, "zeta");
	assert_string_equal(modules.items[2]->name, "beta");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title),
		cmocka_unit_test(blank_lines_and_comments),
		cmocka_unit_test(last_line_without_newline),
		cmocka_unit_test(hypercall_without_parameters),
		cmocka_unit_test(hypercall_parameters),
		cmocka_unit_test(keywords_as_names),
		cmocka_unit_test(api_and_hooks),
		cmocka_unit_test(device_property_info),
		cmocka_unit_test(options),
		cmocka_unit_test(syscalls),
		cmocka_unit_test(threads),
		cmocka_unit_test(conditions),
		cmocka_unit_test(statements_with_condition),
		cmocka_unit_test(errors),
		cmocka_unit_test(read_folder),
		cmocka_unit_test(read_all),
	};

	return cmocka_run_group_tests_name("module", tests, folder_setup, folder_teardown);
}
