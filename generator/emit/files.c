/* SPDX-License-Identifier: ISC */
/*
 * files.c -- gen/files.c and gen/files.data: the manifest's "files" as the guest's read-only data
 *
 * uk_files lists the root first, then the entries of each folder, so that those of
 * one folder are adjacent.
 */
#include <stdio.h>

#include "base/emit.h"
#include "base/memory.h"
#include "compose/paths.h"
#include "emit/c.h"
#include "emit/emitters.h"
#include "input/files.h"

/* alignment of a file's content, so that programs can read it as numbers */
enum { ALIGNMENT = 16 };

/* a whole tree, in the order of the table */
struct table {
	const struct packed_file **files;
	size_t count;
};

static void table_add(struct table *table, const struct packed_file *file)
{
	*LIST_ADD(table->files, table->count) = file;
}

/* breadth first: the list grows at its end during the loop */
static void table_fill(struct table *table, const struct packed_file *root)
{
	table_add(table, root);
	for (size_t i = 0; i < table->count; i++)
		for (size_t n = 0; n < table->files[i]->count; n++)
			table_add(table, &table->files[i]->files[n]);
}

static void emit_file(FILE *out, const struct packed_file *file, size_t first, size_t place)
{
	fprintf(out, "\t{");
	emit_string(out, file->name);
	if (file->bytes)
		fprintf(out, ", files_data + %zu, %zu, 0%o, 0, 0},\n", place, file->size, file->mode);
	else
		fprintf(out, ", 0, 0, 0%o, %zu, %zu},\n", file->mode, file->count ? first : 0, file->count);
}

void emit_files(const struct composition *composition)
{
	struct packed_file root;
	struct table table = {0};
	struct emit emit, data;
	size_t first = 1;

	files_read(&root, composition->manifest);
	table_fill(&table, &root);
	emit_begin(&emit, composition, "gen/files.c", "the files of the manifest's \"files\"", NULL);
	emit_open(&data, build_path(composition, "gen/files.data"));
	fprintf(emit.stream,
		"#include \"uk.h\"\n\n"
		"__asm__(\".section .rodata.files_data, \\\"a\\\"\\n\"\n"
		"\t\".balign %d\\n\"\n"
		"\t\"files_data: .incbin \\\"gen/files.data\\\"\\n\"\n"
		"\t\".previous\\n\");\n"
		"extern const char files_data[];\n\n"
		"const struct uk_file uk_files[] = {\n", ALIGNMENT);
	for (size_t i = 0; i < table.count; i++) {
		const struct packed_file *file = table.files[i];

		emit_file(emit.stream, file, first, (size_t)ftell(data.stream));
		first += file->count;
		if (file->bytes)
			fwrite(file->bytes, 1, file->size, data.stream);
		/* a zero byte after each, so that text is a string */
		do
			fputc(0, data.stream);
		while (ftell(data.stream) % ALIGNMENT);
	}
	fprintf(emit.stream, "};\n");
	emit_end(&emit, NULL);
	emit_close(&data);
}
