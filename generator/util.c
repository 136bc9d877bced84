/* SPDX-License-Identifier: ISC */
/* util.c -- memory, strings, lists and files */
#include "util.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void *mem_zalloc(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		fatal("out of memory");
	return memory;
}

void *list_grow(void *items_pointer, size_t *count, size_t element_size)
{
	void *items;

	memcpy(&items, items_pointer, sizeof(items));
	/* capacity is the next power of two: grow when count reaches one */
	if ((*count & (*count - 1)) == 0) {
		size_t capacity = *count ? *count * 2 : 1;

		items = realloc(items, capacity * element_size);
		if (!items)
			fatal("out of memory");
		memcpy(items_pointer, &items, sizeof(items));
	}
	memset((char *)items + *count * element_size, 0, element_size);
	++*count;
	return items;
}

void strings_add(struct strings *list, const char *string)
{
	*LIST_ADD(list->items, list->count) = string;
}

bool strings_contain(const struct strings *list, const char *string)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i], string))
			return true;
	return false;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strings_sort(struct strings *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_strings);
}

char *str_format(const char *format, ...)
{
	va_list args;
	char *string;

	va_start(args, format);
	if (vasprintf(&string, format, args) < 0)
		fatal("out of memory");
	va_end(args);
	return string;
}

char *str_copy(const char *string, size_t length)
{
	char *copy = mem_zalloc(length + 1);

	memcpy(copy, string, length);
	return copy;
}

char *str_upper(const char *string)
{
	char *upper = str_copy(string, strlen(string));

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return upper;
}

char *str_join(const struct strings *list, const char *separator)
{
	char *joined = str_copy("", 0);

	for (size_t i = 0; i < list->count; i++)
		joined = str_format("%s%s%s", joined, i ? separator : "", list->items[i]);
	return joined;
}

bool str_starts(const char *string, const char *prefix)
{
	return !strncmp(string, prefix, strlen(prefix));
}

bool str_ends(const char *string, const char *suffix)
{
	size_t length = strlen(string), tail = strlen(suffix);

	return length >= tail && !strcmp(string + length - tail, suffix);
}

/* Levenshtein distance: the number of characters to insert, delete or replace */
static size_t str_distance(const char *a, const char *b)
{
	size_t width = strlen(b) + 1;
	size_t *row = mem_zalloc(width * sizeof(*row));
	size_t distance;

	for (size_t j = 0; j < width; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j < width; j++) {
			size_t best = diagonal + (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]));

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	distance = row[width - 1];
	free(row);
	return distance;
}

bool str_is_one_of(const char *string, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i], string))
			return true;
	return false;
}

const char *str_nearest(const char *word, const struct strings *candidates)
{
	const char *nearest = NULL;
	size_t best = strlen(word) / 2 + 1;   /* half the word wrong is another word */

	for (size_t i = 0; i < candidates->count; i++) {
		size_t distance = str_distance(word, candidates->items[i]);

		if (distance < best) {
			best = distance;
			nearest = candidates->items[i];
		}
	}
	return nearest;
}

char *path_join(const char *folder, const char *name)
{
	if (name[0] == '/' || !strcmp(folder, "."))
		return str_copy(name, strlen(name));
	return str_format("%s/%s", folder, name);
}

char *path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return str_copy(".", 1);
	return str_copy(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *path_absolute(const char *path)
{
	char *folder;

	if (path[0] == '/')
		return str_copy(path, strlen(path));
	folder = getcwd(NULL, 0);
	if (!folder)
		fatal("current folder:");
	return str_format("%s/%s", folder, path);
}

bool path_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

char *file_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0, used = 0;

	if (!file)
		return NULL;
	for (;;) {
		if (used + 1 >= size) {
			size = size ? size * 2 : 4096;
			text = realloc(text, size);
			if (!text)
				fatal("out of memory");
		}
		size_t got = fread(text + used, 1, size - used - 1, file);

		used += got;
		if (!got)
			break;
	}
	if (ferror(file)) {
		int error = errno;

		fclose(file);
		free(text);
		errno = error;
		return NULL;
	}
	fclose(file);
	text[used] = 0;
	if (length)
		*length = used;
	return text;
}

int process_wait(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fatal("wait for a program:");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void folder_make(const char *path)
{
	char *partial = str_copy(path, strlen(path));

	for (char *slash = partial + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		if (mkdir(partial, 0777) && errno != EEXIST)
			fatal("create folder %s:", partial);
		*slash = '/';
	}
	if (mkdir(path, 0777) && errno != EEXIST)
		fatal("create folder %s:", path);
	free(partial);
}

static bool changed;

void emit_open(struct emit *emit, const char *path)
{
	*emit = (struct emit){.path = path};
	emit->stream = open_memstream(&emit->text, &emit->length);
	if (!emit->stream)
		fatal("out of memory");
}

bool emit_close(struct emit *emit)
{
	size_t length;
	char *old, *temporary;
	FILE *file;

	if (fclose(emit->stream))
		fatal("out of memory");
	old = file_read(emit->path, &length);
	if (old && length == emit->length && !memcmp(old, emit->text, length)) {
		free(old);
		free(emit->text);
		return false;
	}
	free(old);
	changed = true;

	temporary = str_format("%s.new", emit->path);
	file = fopen(temporary, "we");
	if (!file)
		fatal("write %s:", temporary);
	if (fwrite(emit->text, 1, emit->length, file) != emit->length || fflush(file)) {
		int error = errno;

		unlink(temporary);
		errno = error;
		fatal("write %s:", emit->path);
	}
	fclose(file);
	if (rename(temporary, emit->path))
		fatal("rename %s:", temporary);
	free(emit->text);
	return true;
}

bool emit_changed(void)
{
	return changed;
}
