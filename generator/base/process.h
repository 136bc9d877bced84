/* SPDX-License-Identifier: ISC */
/* process.h -- programs that the generator runs */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* a running program whose output is read */
struct program {
	const char *name;
	pid_t process;          /* 0: none */
	int output;
};

/*
 * Runs words[0], found in PATH, with the environment of tools; NULL ends the
 * words. Its output, with both also its standard error, is read from output. Its
 * input is empty. package is the Debian package to suggest if it is missing; NULL: none.
 */
struct program program_start(const char *const *words, bool both, const char *package);

/* runs words[0] with this process's own input, output and environment; its standard error is read from output */
struct program program_start_as_is(const char *const *words);

/* calls line for each line of output, without its end, then waits; returns the exit status as process_wait does */
int program_end(const struct program *program, void (*line)(void *context, char *line), void *context);

/* prints a program's line on standard error; context isn't used */
void program_line_forward(void *context, char *line);

/* the path of a program in PATH; NULL if there is none */
const char *program_find(const char *program);

/* the first line that a program prints, untranslated; fatal if it fails, or prints none */
char *program_says(const char *const *words);

/* waits until a child ends; its exit status, or 128 and the number of the signal that ended it */
int process_wait(pid_t child);

#endif
