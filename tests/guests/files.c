/* SPDX-License-Identifier: ISC */
/* files.c -- prints the manifest's "files" from uk.h: path, permissions, size and the first bytes of each */
#include <string.h>

#include <solo5.h>
#include <uk.h>

static void print(const char *text, size_t size)
{
	solo5_console_write(text, size);
}

static void print_number(uint64_t number, unsigned base)
{
	char digits[24], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + number % base);
	while (number /= base);
	print(at, (size_t)(digits + sizeof(digits) - at));
}

static void walk(const struct uk_file *folder, char *path, size_t length)
{
	for (uint32_t i = 0; i < folder->count; i++) {
		const struct uk_file *file = &uk_files[folder->first + i];
		size_t name = strlen(file->name), shown = file->size < 10 ? file->size : 10;

		path[length] = '/';
		memcpy(path + length + 1, file->name, name);
		print(path, length + 1 + name);
		print(" ", 1);
		print_number(file->mode, 8);
		print(" ", 1);
		print_number(file->size, 10);
		print(" ", 1);
		print(file->data ? file->data : "", shown);
		print("\n", 1);
		walk(file, path, length + 1 + name);
	}
}

int solo5_app_main(const struct solo5_start_info *info)
{
	static char path[4096];

	(void)info;
	walk(&uk_files[0], path, 0);
	return 0;
}
