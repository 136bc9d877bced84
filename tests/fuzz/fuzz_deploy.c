/* SPDX-License-Identifier: ISC */
/*
 * fuzz_deploy.c -- gives ukgen deploy random text as an appliance's description and, after a zero byte, its record
 *
 * The output must not contain control characters other than newlines: an injected line
 * in a unit would be a setting.
 *
 *   FUZZ_WRAP = -Wl,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=vasprintf,--wrap=exit
 */
#include <string.h>

#include "deploy/deployment.h"
#include "ends.h"
#include "heap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *description, *record;
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
	description = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	record = length < size ? json_loads(text + length + 1, JSON_REJECT_DUPLICATES, NULL) : NULL;
	deployment = (struct deployment){.name = "name", .program = "/program", .image = "image", .passt_image = "passt", .probe = "/"};
	ends(read_it, "input");
	for (size_t i = 0; i < deployment.outputs.count; i++) {
		struct output *output = deployment.outputs.items[i];

		fclose(output->stream);
		output_check(output);
		__real_free(output->text);
	}
	json_decref(description);
	json_decref(record);
	__real_free(text);
	heap_clear();
	return 0;
}
