/* SPDX-License-Identifier: ISC */
/* files.c -- reads the folders of the manifest's "files" */
#include "input/files.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"

enum { FOLDER_MODE = 0755, FILE_MODE = 0644, PROGRAM_MODE = 0755, LINK_MODE = 0777 };

static void file_error(const struct packed_file *file, const char *what)
{
	error_at((struct position){.file = file->path}, "%s", what);
}

static struct packed_file *file_find(const struct packed_file *folder, const char *name)
{
	for (size_t i = 0; i < folder->count; i++)
		if (!strcmp(folder->files[i].name, name))
			return &folder->files[i];
	return NULL;
}

/* a file that changes while it is read would be packed in a state that it never had */
static void content_read(struct packed_file *file, const struct stat *before)
{
	struct stat after;

	file->bytes = file_read(file->path, &file->size);
	if (!file->bytes)
		file_error(file, str_format("%s; accepted are files that can be read", strerror(errno)));
	else if (stat(file->path, &after) || after.st_size != before->st_size || (size_t)after.st_size != file->size ||
		 memcmp(&after.st_mtim, &before->st_mtim, sizeof(after.st_mtim)))
		file_error(file, "changes while it is read; compose again when it is complete");
}

/* depth: the number of folders above the link, within the root */
static bool link_leaves(const char *target, size_t depth)
{
	char *text = str_copy(target, strlen(target)), *name;

	if (*target == '/')
		return false;   /* absolute: relative to the guest's root */
	while ((name = strsep(&text, "/"))) {
		if (!*name || !strcmp(name, "."))
			continue;
		if (strcmp(name, ".."))
			depth++;
		else if (!depth--)
			return true;
	}
	return false;
}

static void link_read(struct packed_file *file, size_t depth)
{
	char target[PATH_MAX];
	ssize_t length = readlink(file->path, target, sizeof(target) - 1);

	if (length <= 0) {
		file_error(file, strerror(errno));
		return;
	}
	file->bytes = str_copy(target, (size_t)length);
	file->size = (size_t)length;
	if (link_leaves(file->bytes, depth))
		file_error(file, str_format("the link leads to \"%s\", out of the folder; accepted are links within it", file->bytes));
}

static void folder_read(struct packed_file *folder, const char *path, size_t depth);

static void entry_read(struct packed_file *folder, const char *path, size_t depth)
{
	struct packed_file *file = file_find(folder, path_base(path));
	struct stat status;

	if (lstat(path, &status)) {
		error_at((struct position){.file = path}, "%s", strerror(errno));
		return;
	}
	if (file && S_ISDIR(file->mode) && S_ISDIR(status.st_mode)) {
		folder_read(file, path, depth + 1);
		return;
	}
	if (file) {
		error_at((struct position){.file = path}, "%s is of that name, too; a name is in one folder of \"files\"", file->path);
		return;
	}
	file = LIST_ADD(folder->files, folder->count);
	file->name = path_base(path);
	file->path = path;
	file->mode = S_ISDIR(status.st_mode) ? S_IFDIR | FOLDER_MODE : S_ISLNK(status.st_mode) ? S_IFLNK | LINK_MODE :
		S_IFREG | (status.st_mode & S_IXUSR ? PROGRAM_MODE : FILE_MODE);
	if (S_ISDIR(status.st_mode))
		folder_read(file, path, depth + 1);
	else if (S_ISLNK(status.st_mode))
		link_read(file, depth);
	else if (S_ISREG(status.st_mode))
		content_read(file, &status);
	else
		file_error(file, "is neither a file nor a folder nor a link; nothing else can be packed");
}

static void folder_read(struct packed_file *folder, const char *path, size_t depth)
{
	DIR *stream = opendir(path);
	struct dirent *entry;

	if (!stream) {
		error_at((struct position){.file = path}, "%s; accepted are folders that can be read", strerror(errno));
		return;
	}
	while ((entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			entry_read(folder, path_join(path, str_copy(entry->d_name, strlen(entry->d_name))), depth);
	closedir(stream);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct packed_file *)a)->name, ((const struct packed_file *)b)->name);
}

static void folder_sort(struct packed_file *folder)
{
	if (folder->count)
		qsort(folder->files, folder->count, sizeof(*folder->files), compare_names);
	for (size_t i = 0; i < folder->count; i++)
		folder_sort(&folder->files[i]);
}

void files_read(struct packed_file *root, const struct manifest *manifest)
{
	*root = (struct packed_file){.name = "", .path = manifest->path, .mode = S_IFDIR | FOLDER_MODE};
	for (size_t i = 0; i < manifest->files.count; i++)
		folder_read(root, manifest->files.items[i], 0);
	errors_exit();
	folder_sort(root);
}
