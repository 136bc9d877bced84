/* SPDX-License-Identifier: ISC */
/* process.h -- programs that the generator runs */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* a program whose output comes here */
struct program {
	const char *name;
	pid_t process;          /* 0: none */
	int output;
};

/*
 * Runs words[0], found in PATH, with the environment of tools; NULL ends the
 * words. What it prints comes to output, standard error too with both. It reads
 * nothing. package is Debian's that has it, NULL if it is known to be there.
 */
struct program program_start(const char *const *words, bool both, const char *package);

/* calls line for each line that it prints, without the line's end; then waits for it: its exit status, as process_wait gives it */
int program_end(const struct program *program, void (*line)(void *context, char *line), void *context);

/* a line that a program said, on our standard error; context isn't used */
void program_line_forward(void *context, char *line);

/* where PATH has a program; NULL if it hasn't */
const char *program_find(const char *program);

/* the first line that a program prints; fatal if it fails, or prints none */
char *program_says(const char *const *words);

/* waits until a child ends; its exit status, or 128 and the number of the signal that ended it */
int process_wait(pid_t child);

#endif
