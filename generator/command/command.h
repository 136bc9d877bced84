/* SPDX-License-Identifier: ISC */
/* command.h -- ukgen's commands: each is defined in a file of its own, and main.c lists them */
#ifndef COMMAND_H
#define COMMAND_H

struct command {
	const char *name;       /* the first word of the command line */
	const char *summary;    /* in the list that ukgen --help shows */
	const char *usage;      /* all that --help shows of this command */
	int (*run)(int count, char **words);    /* words behind the name; the exit status */
};

/* runs when the first word isn't a command but a manifest or an option */
extern const struct command command_compose;

extern const struct command command_addr2line, command_deploy, command_explain, command_files, command_gdb, command_inspect, command_menuconfig,
	command_new, command_oci, command_repack, command_report, command_sign, command_verify;

#endif
