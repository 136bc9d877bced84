/* SPDX-License-Identifier: ISC */
/* test_kconfig.c -- the results of Kconfig, and when it runs; the errors are cases under tests/errors/kconfig/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "folder.h"
#include "input/kconfig_parts.h"
#include "input/module_read.h"

static const char top_text[] =
	"menu \"Guest\"\n\n"
	"config SIZE\n\tint \"size\"\n\trange 0 100\n\tdefault 7\n\n"
	"config NAMES\n\tbool \"names\"\n\tdefault y\n\n"
	"endmenu\n";

static char *in_folder(const char *name)
{
	return path_join(folder, name);
}

static int project_setup(void **state)
{
	if (folder_setup(state))
		return -1;
	file_write("Kconfig", top_text);
	file_write("mods/one/Kconfig", "config ONE\n\tbool \"one\"\n");
	file_write("mods/one/one.mod", "# one -- first\n");
	file_write("mods/two/Kconfig", "config TWO\n\tbool \"two\"\n\nconfig TWO_DEPTH\n\tint \"depth\"\n\tdepends on TWO\n"
		   "\tdefault 3\n");
	file_write("mods/two/two.mod", "# two -- second\n");
	folder_make(in_folder("build"));
	return 0;
}

static struct setting settings[4];
static struct need needs[4];
static struct manifest manifest;
static struct modules modules;

/* an application that needs and asks for nothing, with no choices of the user and nothing built */
static struct kconfig fresh(void)
{
	static const struct libraries libraries;

	manifest = (struct manifest){.path = in_folder("app.manifest"), .folder = folder, .name = "app", .settings = settings};
	modules = (struct modules){0};
	modules_read(&modules, in_folder("mods"));
	unlink(in_folder("app.config"));
	unlink(in_folder("build/.config"));
	unlink(in_folder("build/kconfig.stamp"));
	file_write("Kconfig", top_text);
	return (struct kconfig){.manifest = &manifest, .architecture = &architecture_x86_64, .host = host_at(0), .modules = &modules,
		.libraries = &libraries, .kconfig_top = in_folder("Kconfig"),
		.build_folder = in_folder("build"), .needs = needs};
}

static void ask(const char *symbol, const char *value)
{
	settings[manifest.setting_count++] = (struct setting){symbol, value, {manifest.path, 1, 1}};
}

static void need(struct kconfig *kconfig, const char *symbol, const char *cause)
{
	needs[kconfig->need_count++] = (struct need){symbol, cause};
}

/* the exit status of kconfig_run in a process of its own; without_programs: it can find no kconfig-conf there */
static int status_of(const struct kconfig *kconfig, bool without_programs)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		dup2(open("/dev/null", O_WRONLY), 2);
		if (without_programs)
			setenv("PATH", folder, 1);
		kconfig_run(kconfig);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void assert_value(const struct config *config, const char *symbol, const char *value)
{
	assert_non_null(config_value(config, symbol));
	assert_string_equal(config_value(config, symbol), value);
}

static void defaults(void **state)
{
	struct kconfig kconfig = fresh();
	struct config *config = kconfig_run(&kconfig);

	(void)state;
	assert_int_equal(config->setting_count, 6);
	assert_value(config, "APPLICATION", "y");
	assert_value(config, "HOST_KVM", "y");
	assert_value(config, "MEMORY_MB", "0");
	assert_value(config, "NAMES", "y");
	assert_value(config, "SIZE", "7");
	assert_value(config, "X86_64", "y");
	assert_null(config_value(config, "AARCH64"));
	assert_null(config_value(config, "ONE"));
	assert_null(config_value(config, "NOTHING"));
	assert_true(config_is_set(config, "NAMES"));
	assert_false(config_is_set(config, "ONE"));
	/* neither y nor a bool */
	assert_false(config_is_set(config, "SIZE"));
	assert_false(path_exists(in_folder("build/.config.new")));
	assert_false(path_exists(in_folder("build/.config.old")));
}

static void no_symbol_is_set(void **state)
{
	struct config config = {0};

	(void)state;
	assert_null(config_value(&config, "ONE"));
	assert_false(config_is_set(&config, "ONE"));
}

static void needed_and_asked(void **state)
{
	struct kconfig kconfig = fresh();
	struct config *config;

	(void)state;
	need(&kconfig, "TWO", "app.o uses two_f");
	ask("TWO_DEPTH", "5");
	file_write("app.config", "# by hand\n\n# CONFIG_NAMES is not set\nCONFIG_SIZE=9\r\n");
	config = kconfig_run(&kconfig);
	assert_value(config, "TWO", "y");
	assert_value(config, "TWO_DEPTH", "5");
	assert_value(config, "SIZE", "9");
	assert_false(config_is_set(config, "NAMES"));
	/* what is asked for twice alike is no contradiction, nor is what is needed anyway */
	ask("SIZE", "9");
	ask("TWO", "y");
	assert_value(kconfig_run(&kconfig), "SIZE", "9");
}

static void kconfig_text(void **state)
{
	struct kconfig kconfig = fresh();

	(void)state;
	manifest.name = "an \"app\"";
	manifest.memory = 70 << 20;
	need(&kconfig, "TWO", "app.o uses two_f");
	need(&kconfig, "ONE", "device \"a\"");
	need(&kconfig, "TWO", "app.o uses two_g");
	kconfig_emit(&kconfig);
	assert_string_equal(file_read(in_folder("build/Kconfig"), NULL),
			    str_format("# What an \"app\" needs, made by ukgen from app.manifest.\n\n"
				       "mainmenu \"an \\\"app\\\"\"\n\n"
				       "config MEMORY_MB\n\tint\n\tdefault 70\n\n"
				       "config APPLICATION\n\tdef_bool y\n"
				       "\t# app.o uses two_f\n\t# app.o uses two_g\n\tselect TWO\n"
				       "\t# device \"a\"\n\tselect ONE\n\n"
				       "source \"%s/Kconfig\"\nsource \"%s/Kconfig\"\nsource \"%s/Kconfig\"\n\n"
				       "choice\n\tprompt \"Processor\"\n\tdefault X86_64\n"
				       "config X86_64\n\tbool \"x86-64\"\nconfig AARCH64\n\tbool \"AArch64\"\nendchoice\n"
				       "\nchoice\n\tprompt \"Host\"\n\tdefault HOST_KVM\n"
				       "config HOST_KVM\n\tbool \"KVM: the guest is a virtual machine\"\n"
				       "config HOST_PROCESS\n\tbool \"process: the guest is code of a confined process, for machines without KVM\"\n"
				       "endchoice\n", folder,
				       modules.items[0]->folder, modules.items[1]->folder));
}

/* kconfig-conf runs when something it depends on has changed, and only then */
static void runs_when_needed(void **state)
{
	struct kconfig kconfig = fresh();
	struct stat before, after;

	(void)state;
	assert_int_equal(status_of(&kconfig, true), 1);
	assert_int_equal(status_of(&kconfig, false), 0);
	assert_int_equal(stat(in_folder("build/.config"), &before), 0);
	assert_int_equal(status_of(&kconfig, true), 0);

	file_write("app.config", "CONFIG_SIZE=8\n");
	assert_int_equal(status_of(&kconfig, true), 1);
	unlink(in_folder("app.config"));
	assert_int_equal(status_of(&kconfig, true), 0);

	ask("SIZE", "8");
	assert_int_equal(status_of(&kconfig, true), 1);
	manifest.setting_count = 0;

	need(&kconfig, "ONE", "device \"a\"");
	assert_int_equal(status_of(&kconfig, true), 1);
	kconfig.need_count = 0;

	file_write("Kconfig", str_format("%s# more\n", top_text));
	assert_int_equal(status_of(&kconfig, true), 1);
	/* it runs, the same comes out: .config stays as it is */
	assert_int_equal(status_of(&kconfig, false), 0);
	assert_int_equal(stat(in_folder("build/.config"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);

	file_write("build/.config", "CONFIG_SIZE=1\n");
	assert_int_equal(status_of(&kconfig, true), 1);
	assert_int_equal(status_of(&kconfig, false), 0);
	assert_value(kconfig_run(&kconfig), "SIZE", "7");
}

static void error_keeps_config(void **state)
{
	struct kconfig kconfig = fresh();
	char *before;

	(void)state;
	assert_int_equal(status_of(&kconfig, false), 0);
	before = file_read(in_folder("build/.config"), NULL);
	ask("SIZE", "101");
	assert_int_equal(status_of(&kconfig, false), 1);
	assert_string_equal(file_read(in_folder("build/.config"), NULL), before);
	assert_false(path_exists(in_folder("build/.config.new")));
	/* and it's an error again */
	assert_int_equal(status_of(&kconfig, false), 1);
	settings[0].value = "100";
	assert_int_equal(status_of(&kconfig, false), 0);
}

/* variables that the programs would obey */
static void environment_is_ours(void **state)
{
	struct kconfig kconfig = fresh();

	(void)state;
	setenv("CONFIG_", "OTHER_", 1);
	setenv("KCONFIG_CONFIG", in_folder("elsewhere"), 1);
	ask("SIZE", "8");
	assert_value(kconfig_run(&kconfig), "SIZE", "8");
	assert_false(path_exists(in_folder("elsewhere")));
	unsetenv("CONFIG_");
	unsetenv("KCONFIG_CONFIG");
}

static void setting_lines(void **state)
{
	static const char *const wrong[] = {"", "#", "# CONFIG_A", "# CONFIG_A is not set yet", "CONFIG_A", "CONFIG_A=",
					    "CONFIG_=y", "CONFIG_A B=y", "A=y", " CONFIG_A=y", "#CONFIG_A is not set"};
	struct setting setting;

	(void)state;
	assert_true(setting_parse("CONFIG_A_1=\"x y\"", &setting));
	assert_string_equal(setting.symbol, "A_1");
	assert_string_equal(setting.value, "\"x y\"");
	assert_true(setting_parse("# CONFIG_B is not set", &setting));
	assert_string_equal(setting.symbol, "B");
	assert_string_equal(setting.value, "n");
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(setting_parse(wrong[i], &setting));
}

static void symbols(void **state)
{
	struct symbols symbols = {0};
	const struct symbol *symbol;

	(void)state;
	file_write("more", "config INNER\n\tdef_tristate y\n");
	file_write("symbols", str_format(
		"menu \"m\"\n\tdepends on A\n\nif B || C\n\n"
		"config ONE\n\tint \"one\" if D\n\trange 1 9\n\tdepends on E # why\n\thelp\n\t  text\n\t  config TEXT\n\n"
		"\t   bool\n\nmenuconfig TWO\n\tbool\n\tprompt 'two'\n\tselect ONE if F\n\nendif\nendmenu\n"
		"source \"%s/more\"\nsource \"%s/symbols\"\n"
		"choice\n\tprompt \"c\"\nconfig X\n\tbool \"x\"\nconfig Y\n\tbool \"y\"\nendchoice\nconfig Z\n\thex \"z\"\n",
		folder, folder));
	symbols_read(&symbols, in_folder("symbols"));
	assert_null(symbol_find(&symbols, "TEXT"));
	symbol = symbol_find(&symbols, "ONE");
	assert_non_null(symbol);
	assert_string_equal(symbol->type, "int");
	assert_true(symbol->prompt);
	assert_string_equal(symbol->range, "1 to 9");
	assert_int_equal(symbol->depends.count, 4);
	assert_string_equal(symbol->depends.items[0], "A");
	assert_string_equal(symbol->depends.items[1], "B || C");
	symbol = symbol_find(&symbols, "TWO");
	assert_string_equal(symbol->type, "bool");
	assert_true(symbol->prompt);
	assert_string_equal(symbol->selects.items[0], "ONE");
	symbol = symbol_find(&symbols, "INNER");
	assert_string_equal(symbol->type, "tristate");
	assert_false(symbol->prompt);
	assert_int_equal(symbol->depends.count, 0);
	assert_true(symbol_find(&symbols, "X")->choice);
	assert_int_equal(symbol_find(&symbols, "X")->choice, symbol_find(&symbols, "Y")->choice);
	assert_int_equal(symbol_find(&symbols, "Z")->choice, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(no_symbol_is_set),
		cmocka_unit_test(needed_and_asked),
		cmocka_unit_test(kconfig_text),
		cmocka_unit_test(runs_when_needed),
		cmocka_unit_test(error_keeps_config),
		cmocka_unit_test(environment_is_ours),
		cmocka_unit_test(setting_lines),
		cmocka_unit_test(symbols),
	};

	return cmocka_run_group_tests_name("kconfig", tests, project_setup, folder_teardown);
}
