/* SPDX-License-Identifier: ISC */
/* process.h -- programs that the generator runs */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdio.h>
#include <sys/types.h>

/* waits until a child ends; its exit status, or 128 and the number of the signal that ended it */
int process_wait(pid_t child);

/* starts a program; what it prints can be read, until end of file. Fatal if there is no such program */
FILE *program_start(const char *const *words, pid_t *child);

/* the first line that a program prints; fatal if it fails, or prints none */
char *program_says(const char *const *words);

#endif
