/* SPDX-License-Identifier: ISC */
/* outputs.c -- several files that are written together: all, or none if one is there already */
#include "deploy/outputs.h"

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"

FILE *outputs_add(struct outputs *outputs, const char *name)
{
	struct output *output = mem_zalloc(sizeof(*output));

	*LIST_ADD(outputs->items, outputs->count) = output;
	output->name = name;
	output->stream = open_memstream(&output->text, &output->length);
	if (!output->stream)
		fatal("out of memory");
	return output->stream;
}

void outputs_write(const struct outputs *outputs, const char *folder)
{
	for (size_t i = 0; i < outputs->count; i++)
		if (path_exists(path_join(folder, outputs->items[i]->name)))
			fatal("%s is there already; move it away, or choose another folder with -o",
			      path_join(folder, outputs->items[i]->name));
	folder_make(folder);
	for (size_t i = 0; i < outputs->count; i++) {
		struct output *output = outputs->items[i];
		struct emit emit;

		if (fclose(output->stream))
			fatal("out of memory");
		emit_open(&emit, path_join(folder, output->name));
		fwrite(output->text, 1, output->length, emit.stream);
		emit_close(&emit);
		puts(emit.path);
	}
}
