/* SPDX-License-Identifier: ISC */
/*
 * fuzz_deploy.c -- hands random text to ukgen deploy as an appliance's description and, behind a zero, its record
 *
 * What is written must have no control characters but ends of lines: one more
 * line in a unit is one more setting.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit
 */
#include <string.h>

#include "deploy/deployment.h"
#include "ends.h"
#include "heap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *description, *record;
static struct deployment deployment;

static void (*const writers[])(struct deployment *deployment) = {systemd_write, compose_write, kubernetes_write};

static void read_it(const char *path)
{
	deployment.app.path = path;
	deployable_parse(&deployment.app, description, record);
	for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
		writers[i](&deployment);
	deployment.tap = true;
	systemd_write(&deployment);
}

static void output_check(const struct output *output)
{
	for (size_t i = 0; i < output->length; i++)
		if (((unsigned char)output->text[i] < ' ' && output->text[i] != '\n') || output->text[i] == 0x7f)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	size_t length;

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = 0;
	length = strlen(text);
	description = text;
	record = length < size ? text + length + 1 : NULL;
	deployment = (struct deployment){.name = "name", .program = "/program", .image = "image", .passt_image = "passt", .probe = "/"};
	ends(read_it, "input");
	for (size_t i = 0; i < deployment.outputs.count; i++) {
		struct output *output = deployment.outputs.items[i];

		fclose(output->stream);
		output_check(output);
		__real_free(output->text);
	}
	__real_free(text);
	heap_clear();
	return 0;
}
