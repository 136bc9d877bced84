/* SPDX-License-Identifier: ISC */
/*
 * archive.c -- the files of a tar archive on the block device "storage"
 *
 * The index is made once, in the heap. The device is read through one window, so
 * small files that are requested repeatedly cost no exit. The archive may be
 * damaged, so everything in it is checked.
 */
#include <string.h>
#include <uk.h>

#include "content.h"

enum {
	TAR_BLOCK = 512,
	WINDOW = 32768,         /* a multiple of every block size */
	BUCKETS = 1024,
};

/* POSIX.1-1988, ustar interchange format */
struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100];
	char magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], pad[12];
};

struct file {
	struct file *next;      /* in its bucket; the latest of a name comes first, as with tar */
	uint64_t offset, size;
	char name[];            /* without "./" or "/" before it */
};

static struct file *buckets[BUCKETS];
static uint8_t *heap, *heap_end;

static solo5_handle_t storage;
static struct solo5_block_info storage_info;
static uint8_t window[WINDOW];
static uint64_t window_start;
static size_t window_length;

/* what the device holds at offset, which is below its capacity: as many bytes as the window has of it */
static const uint8_t *storage_read(uint64_t offset, size_t *length)
{
	if (offset < window_start || offset - window_start >= window_length) {
		window_start = offset & ~(storage_info.block_size - 1);
		window_length = storage_info.capacity - window_start < WINDOW ? storage_info.capacity - window_start : WINDOW;
		if (uk_block_read(storage, window_start, window, window_length) != SOLO5_R_OK) {
			window_length = 0;
			return NULL;
		}
	}
	*length = window_length - (offset - window_start);
	return window + (offset - window_start);
}

/* octal digits up to a blank or NUL; false for anything else, such as GNU's binary sizes */
static bool number_read(const char *text, size_t length, uint64_t *number)
{
	size_t i = 0;

	*number = 0;
	while (i < length && text[i] == ' ')
		i++;
	for (; i < length && text[i] && text[i] != ' '; i++) {
		if (text[i] < '0' || text[i] > '7')
			return false;
		*number = *number << 3 | (uint64_t)(text[i] - '0');
	}
	return true;
}

static bool checksum_is_right(const struct header *header)
{
	const uint8_t *bytes = (const uint8_t *)header;
	size_t field = offsetof(struct header, checksum);
	uint64_t sum = 0, wanted;

	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= field && i < field + sizeof(header->checksum) ? ' ' : bytes[i];
	return number_read(header->checksum, sizeof(header->checksum), &wanted) && sum == wanted;
}

static struct file **bucket_of(const char *name)
{
	uint32_t hash = 2166136261;     /* FNV-1a */

	for (; *name; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619;
	return &buckets[hash % BUCKETS];
}

static bool file_add(const struct header *header, uint64_t offset, uint64_t size)
{
	bool prefixed = !memcmp(header->magic, "ustar", 6) && header->prefix[0];
	size_t prefix = prefixed ? strnlen(header->prefix, sizeof(header->prefix)) : 0;
	size_t length = strnlen(header->name, sizeof(header->name));
	size_t need = (sizeof(struct file) + prefix + 1 + length + 1 + 15) & ~(size_t)15;
	struct file *file = (struct file *)heap, **bucket;
	char *name = file->name;

	if ((size_t)(heap_end - heap) < need)
		return false;
	heap += need;
	if (prefix) {
		memcpy(name, header->prefix, prefix);
		name[prefix++] = '/';
	}
	memcpy(name + prefix, header->name, length);
	name[prefix + length] = 0;
	while (*name == '/' || (name[0] == '.' && name[1] == '/'))
		name += *name == '/' ? 1 : 2;
	memmove(file->name, name, strlen(name) + 1);
	bucket = bucket_of(file->name);
	file->offset = offset;
	file->size = size;
	file->next = *bucket;
	*bucket = file;
	return true;
}

/* reads the header at offset, and moves offset on to the next one; false at the end, and then *wrong says if something is */
static bool entry_read(uint64_t *offset, const char **wrong)
{
	struct header header;
	const uint8_t *bytes;
	uint64_t size, left = storage_info.capacity - *offset;
	size_t length;

	if (left < TAR_BLOCK)
		return false;
	bytes = storage_read(*offset, &length);
	if (!bytes) {
		*wrong = "cannot be read";
		return false;
	}
	memcpy(&header, bytes, TAR_BLOCK);
	if (!header.name[0])
		return false;
	*wrong = "is no tar archive, or a damaged one";
	if (!checksum_is_right(&header))
		return false;
	*wrong = "has a long name or a file of 8 GiB; make the archive by tar --format=ustar";
	if (!number_read(header.size, sizeof(header.size), &size) || strchr("LKxS", header.type ? header.type : '0'))
		return false;
	*wrong = "ends within a file";
	if (size > left - TAR_BLOCK)
		return false;
	*offset += TAR_BLOCK;
	*wrong = "has more files than the memory holds";
	if ((header.type == '0' || !header.type) && !file_add(&header, *offset, size))
		return false;
	*wrong = NULL;
	size = (size + TAR_BLOCK - 1) & ~(uint64_t)(TAR_BLOCK - 1);
	*offset += size < storage_info.capacity - *offset ? size : storage_info.capacity - *offset;
	return true;
}

const char *content_start(const struct solo5_start_info *info)
{
	const char *wrong = NULL;
	uint64_t offset = 0;

	heap = (uint8_t *)((info->heap_start + 15) & ~(uintptr_t)15);
	heap_end = (uint8_t *)info->heap_start + info->heap_size;
	if (solo5_block_acquire("storage", &storage, &storage_info) != SOLO5_R_OK)
		return "is not in the manifest";
	while (entry_read(&offset, &wrong))
		;
	return wrong;
}

static const char *type_of(const char *name)
{
	static const char *const types[][2] = {
		{".html", "text/html"}, {".css", "text/css"}, {".js", "text/javascript"}, {".json", "application/json"},
		{".txt", "text/plain"}, {".xml", "application/xml"}, {".svg", "image/svg+xml"}, {".png", "image/png"},
		{".jpg", "image/jpeg"}, {".gif", "image/gif"}, {".webp", "image/webp"}, {".ico", "image/x-icon"},
		{".woff2", "font/woff2"}, {".wasm", "application/wasm"}, {".pdf", "application/pdf"},
	};
	const char *ending = strrchr(name, '.');

	for (size_t i = 0; ending && i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(ending, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

bool content_find(const char *path, struct content *content)
{
	static const char index[] = "index.html";
	char name[512 + sizeof(index)];         /* a path of the longest request, and what a folder's page is called */
	size_t length = strlen(path + 1);
	const struct file *file;

	if (length > sizeof(name) - sizeof(index))
		return false;
	memcpy(name, path + 1, length + 1);
	if (!length || name[length - 1] == '/')
		memcpy(name + length, index, sizeof(index));
	for (file = *bucket_of(name); file; file = file->next)
		if (!strcmp(file->name, name)) {
			*content = (struct content){type_of(name), file->size, file->offset};
			return true;
		}
	return false;
}

const uint8_t *content_bytes(const struct content *content, uint64_t offset, size_t *length)
{
	const uint8_t *bytes = storage_read(content->offset + offset, length);

	if (bytes && *length > content->size - offset)
		*length = content->size - offset;
	return bytes;
}
