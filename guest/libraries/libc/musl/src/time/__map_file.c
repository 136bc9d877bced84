/* SPDX-License-Identifier: ISC */
/*
 * __map_file.c -- maps files of time zones, locales and messages: those of the manifest's "files", as they were packed
 *
 * So a program that uses local time needs no descriptors.
 */
#include <features.h>
#include <string.h>
#include <sys/stat.h>
#include <uk.h>

enum { DEPTH = 16, LINKS = 8 };

/* the file, after the folders on its path */
struct way {
	const struct uk_file *files[DEPTH];
	int depth, links;
};

static int walk(struct way *way, const char *path);

static int step(struct way *way, const char *name, size_t length)
{
	const struct uk_file *folder = way->files[way->depth], *file = NULL;

	for (uint32_t i = 0; i < folder->count && !file; i++) {
		file = &uk_files[folder->first + i];
		if (strncmp(file->name, name, length) || file->name[length])
			file = NULL;
	}
	if (!file)
		return 0;
	if (S_ISLNK(file->mode))
		return way->links-- > 0 && walk(way, file->data);
	if (way->depth == DEPTH - 1)
		return 0;
	way->files[++way->depth] = file;
	return 1;
}

static int walk(struct way *way, const char *path)
{
	size_t length;

	if (*path == '/')
		way->depth = 0;
	for (;; path += length) {
		path += strspn(path, "/");
		length = strcspn(path, "/");
		if (!length)
			return 1;
		if (length == 2 && !strncmp(path, "..", 2))
			way->depth -= way->depth > 0;
		else if ((length != 1 || *path != '.') && !step(way, path, length))
			return 0;
	}
}

hidden const unsigned char *__map_file(const char *path, size_t *size)
{
	struct way way = {.files = {uk_files}, .links = LINKS};

	if (!walk(&way, path))
		return NULL;
	*size = way.files[way.depth]->size;
	return (const unsigned char *)way.files[way.depth]->data;
}
