/* SPDX-License-Identifier: ISC */
/* main.c -- ukgen's command line: finds the command and runs it */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/root.h"
#include "base/version.h"
#include "command/command.h"
#include "solo5/cross_tools.h"
#include "solo5/elftool.h"
#include "solo5/tender.h"

/* in the order in which --help lists them */
static const struct command *const commands[] = {
	&command_new, &command_menuconfig, &command_inspect, &command_report, &command_gdb, &command_explain,
	&command_addr2line, &command_files, &command_oci, &command_deploy,
	&command_verify, &command_repack, &command_sign,
};

static void usage_print(FILE *out)
{
	fprintf(out, "%s\ncommands, each with a --help of its own:\n", command_compose.usage);
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-16s%s\n", commands[i]->name, commands[i]->summary);
}

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

int main(int argc, char **argv)
{
	const char *program = path_base(argv[0]);
	const struct command *command;

	if (!strcmp(program, "solo5-elftool"))
		return elftool(argc - 1, argv + 1);
	if (tender_have(program))
		return tender_run(program, argc - 1, argv + 1);
	if (cross_tools_have(program))
		return cross_tools_run(program, root_find(), argc - 1, argv + 1);
	if (argc < 2) {
		usage_print(stderr);
		return 1;
	}
	if (!strcmp(argv[1], "--help")) {
		usage_print(stdout);
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("ukgen " UKGEN_VERSION);
		return 0;
	}
	command = command_find(argv[1]);
	if (!command)
		return command_compose.run(argc - 1, argv + 1);
	if (argc > 2 && !strcmp(argv[2], "--help")) {
		fputs(command->usage, stdout);
		return 0;
	}
	return command->run(argc - 2, argv + 2);
}
