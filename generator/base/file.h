/* SPDX-License-Identifier: ISC */
/* file.h -- files read whole, folders made, and the clock of file systems */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>
#include <time.h>

/* whole file as a NUL-terminated string, or NULL with errno; *length may be NULL */
char *file_read(const char *path, size_t *length);

/* the same for an open file, a pipe or a device; reads at most limit + 1 bytes */
char *descriptor_read(int descriptor, size_t limit, size_t *length);

/* creates a folder and its parents; fatal on failure */
void folder_make(const char *path);

/* the time that the kernel gives a file which is made in this folder now; fatal on failure */
struct timespec folder_now(const char *path);

#endif
