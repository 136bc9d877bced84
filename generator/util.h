/* SPDX-License-Identifier: ISC */
/* util.h -- memory, strings, lists and files. The generator is a short-lived
 * program: what it allocates lives until it exits. */
#ifndef UTIL_H
#define UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "diag.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* zeroed memory; never returns NULL */
void *mem_zalloc(size_t size);

/* grows an array for one more element and returns the zeroed new one: struct x *e = LIST_ADD(list.items, list.count) */
void *list_grow(void *items_pointer, size_t *count, size_t element_size);
#define LIST_ADD(items, count) (list_grow(&(items), &(count), sizeof(*(items))), &(items)[(count) - 1])

struct strings {
	const char **items;
	size_t count;
};

void strings_add(struct strings *list, const char *string);
bool strings_contain(const struct strings *list, const char *string);
void strings_sort(struct strings *list);

char *str_format(const char *format, ...) PRINTF_LIKE(1);
char *str_copy(const char *string, size_t length);
char *str_upper(const char *string);      /* "net_tap" -> "NET_TAP" */
char *str_join(const struct strings *list, const char *separator);
bool str_starts(const char *string, const char *prefix);
bool str_ends(const char *string, const char *suffix);

/* true if one of count words is the string */
bool str_is_one_of(const char *string, const char *const *words, size_t count);

/* the candidate nearest to word, or NULL if none is near enough to suggest */
const char *str_nearest(const char *word, const struct strings *candidates);

char *path_join(const char *folder, const char *name);   /* name itself if absolute */
char *path_folder(const char *path);
const char *path_base(const char *path);
char *path_absolute(const char *path);                   /* need not exist */
bool path_exists(const char *path);

/* whole file as a NUL-terminated string, or NULL with errno; *length may be NULL */
char *file_read(const char *path, size_t *length);

/* waits until a child ends; its exit status, or 128 and the number of the signal that ended it */
int process_wait(pid_t child);

/* creates a folder and its parents; fatal on failure */
void folder_make(const char *path);

/*
 * A file to be emitted: write to stream, then call emit_close, which replaces
 * path only if the content differs, so that nothing is rebuilt needlessly,
 * and only as a whole, so that nothing half-written is left.
 */
struct emit {
	FILE *stream;
	const char *path;
	char *text;
	size_t length;
};

void emit_open(struct emit *emit, const char *path);
bool emit_close(struct emit *emit);                      /* true if the file changed */
bool emit_changed(void);                                 /* true once that was so for any file */

#endif
