/* SPDX-License-Identifier: ISC */
/*
 * files.c -- ukgen files: lists, extracts and makes images of block devices with files
 *
 * What is in an image may be anybody's: names reach the terminal through
 * printable(), and nothing is extracted through a link, or over a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "input/files.h"
#include "input/volume.h"

enum { CHUNK = 1 << 20 };

/* valid until the next call; of a path that is longer than paths can be, the end, behind "..." */
static const char *node_path(const struct node *node)
{
	static char path[PATH_MAX];
	char *at = path + sizeof(path) - 1;

	for (; node->parent != node; node = node->parent) {
		size_t length = strlen(node->name);

		if ((size_t)(at - path) < length + strlen("/..."))
			return memcpy(at - 3, "...", 3);
		at -= length;
		memcpy(at, node->name, length);
		*--at = '/';
	}
	return at;
}

static void list_line(const struct node *node)
{
	static const char letters[] = "rwxrwxrwx";
	char mode[11] = {S_ISDIR(node->mode) ? 'd' : S_ISLNK(node->mode) ? 'l' : '-'};

	for (int i = 0; i < 9; i++)
		mode[1 + i] = node->mode & (mode_t)(0400 >> i) ? letters[i] : '-';
	printf("%s %12zu  %s", mode, node->size, printable(node_path(node)));
	if (S_ISLNK(node->mode))
		printf(" -> %s", printable((const char *)node->data));
	putchar('\n');
}

static int image_list(const char *image)
{
	bool damaged;
	struct store *store = volume_open(image, &damaged);
	struct node *root = &store->root.node;
	uint64_t blocks = store->blocks - store_data_start(store);

	for (struct node *node = node_after(root, root); node; node = node_after(node, root))
		list_line(node);
	printf("%llu of %llu KiB are free\n", (unsigned long long)store->free * STORE_BLOCK / 1024,
	       (unsigned long long)blocks * STORE_BLOCK / 1024);
	if (damaged)
		fatal("%s is damaged: what was written last is lost; what is listed can be read", image);
	return 0;
}

/* only what is in the image, so that holes stay holes */
static void content_extract(struct node *node, int file, const char *path)
{
	const struct store_node *stored = (struct store_node *)node;
	char *bytes = mem_zalloc(CHUNK);

	for (uint32_t i = 0; i < stored->count; i++) {
		uint64_t at = (uint64_t)stored->extents[i].logical * STORE_BLOCK;
		uint64_t end = at + (uint64_t)stored->extents[i].count * STORE_BLOCK;

		while (at < end) {
			long count = node_read(node, bytes, end - at < CHUNK ? end - at : CHUNK, at);

			if (count < 0)
				fatal("%s: the image can't be read", path);
			if (!count)
				break;
			if (pwrite(file, bytes, (size_t)count, (off_t)at) != count)
				fatal("%s:", path);
			at += (uint64_t)count;
		}
	}
	free(bytes);
	if (ftruncate(file, (off_t)node->size) || close(file))
		fatal("%s:", path);
}

static void folder_extract(struct node *folder, int to, const char *path);

/* what is there already, in the image twice or in the folder, is never written to */
static void node_extract(struct node *node, int to, const char *path)
{
	int file;

	if (S_ISLNK(node->mode)) {
		if (symlinkat((const char *)node->data, to, node->name))
			fatal("%s:", path);
		return;
	}
	if (S_ISDIR(node->mode) && mkdirat(to, node->name, 0700))
		fatal("%s:", path);
	file = openat(to, node->name, S_ISDIR(node->mode) ? O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC :
		      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		fatal("%s:", path);
	if (S_ISDIR(node->mode))
		folder_extract(node, file, path);
	/* without the bits that make a program somebody else's */
	if (fchmod(file, node->mode & 0777))
		fatal("%s:", path);
	if (S_ISREG(node->mode))
		content_extract(node, file, path);
	else
		close(file);
}

static void folder_extract(struct node *folder, int to, const char *path)
{
	for (struct node *node = folder->first; node; node = node->next)
		node_extract(node, to, printable(str_format("%s/%s", path, node->name)));
}

static int image_extract(const char *image, const char *folder)
{
	bool damaged;
	struct store *store = volume_open(image, &damaged);
	int to;

	if (mkdir(folder, 0777) && errno != EEXIST)
		fatal("%s:", folder);
	to = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (to < 0)
		fatal("%s:", folder);
	folder_extract(&store->root.node, to, folder);
	if (damaged)
		fatal("%s is damaged: what was written last is lost; what is in %s could be read", image, folder);
	return 0;
}

static int image_make(const char *size_text, int count, char **words)
{
	struct manifest manifest = {.path = words[0]};
	struct packed_file root;
	uint64_t size;

	if (!str_size(size_text, &size) || size < STORE_BLOCKS_MIN * STORE_BLOCK || size > UINT64_C(1) << 44)
		fatal("--make=%s: not the size of an image; accepted are 256K to 16T, such as 64M", printable(size_text));
	for (int i = 1; i < count; i++) {
		struct stat status;

		if (stat(words[i], &status))
			fatal("%s:", words[i]);
		if (!S_ISDIR(status.st_mode))
			fatal("%s is not a folder; name the folder that it is in", words[i]);
		strings_add(&manifest.files, words[i]);
	}
	files_read(&root, &manifest);
	volume_make(words[0], size, &root);
	return 0;
}

static int files(int count, char **words)
{
	const char *make = NULL, *extract = NULL;
	int names = 0;

	for (int i = 0; i < count; i++)
		if (str_starts(words[i], "--make="))
			make = words[i] + strlen("--make=");
		else if (str_starts(words[i], "--extract="))
			extract = words[i] + strlen("--extract=");
		else if (*words[i] == '-')
			fatal("unknown option \"%s\"; accepted are --make=SIZE and --extract=FOLDER", printable(words[i]));
		else
			words[names++] = words[i];
	if (!names)
		fatal("no image is named; see ukgen files --help");
	if (make && extract)
		fatal("--make and --extract together; accepted is one of them");
	if (!make && names > 1)
		fatal("\"%s\" is too much; only --make takes folders", printable(words[1]));
	return make ? image_make(make, names, words) : extract ? image_extract(words[0], extract) : image_list(words[0]);
}

const struct command command_files = {
	.name = "files",
	.summary = "list, extract or make the image of a device with files",
	.usage =
		"usage: ukgen files IMAGE\n"
		"       ukgen files --extract=FOLDER IMAGE\n"
		"       ukgen files --make=SIZE IMAGE [FOLDER...]\n"
		"\n"
		"Images of block devices that \"mounts\" in the manifest makes folders of. IMAGE\n"
		"is a file, or a block device. Lists what is in it, unless an option says otherwise.\n"
		"\n"
		"options:\n"
		"  --extract=FOLDER  copy all of it into a folder; files that are there are never written over\n"
		"  --make=SIZE       make a new image (64M), with what is in the folders\n"
		"  --help            print this\n",
	.run = files,
};
