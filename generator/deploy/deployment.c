/* SPDX-License-Identifier: ISC */
/* deployment.c -- what the files of all deployments have in common */
#include "deploy/deployment.h"

#include <jansson.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"

char *device_word(const struct deployable_device *device, const char *place)
{
	return str_format("--%s:%s=%s", device->option, device->name, place);
}

char *forwards_text(const struct deployment *deployment, bool udp)
{
	struct strings list = {0};

	for (size_t i = 0; i < deployment->forward_count; i++) {
		const struct forward *forward = &deployment->forwards[i];

		if (forward->port.udp == udp)
			strings_add(&list, str_format("%u:%u", forward->outside, forward->port.number));
	}
	return list.count ? str_join(&list, ",") : NULL;
}

char *quoted(const char *text)
{
	json_t *string = json_string(text);
	char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;

	if (!quoted)
		fatal("\"%s\" isn't UTF-8", printable(text));
	json_decref(string);
	return quoted;
}

char *dollars_doubled(const char *text)
{
	char *doubled = mem_zalloc(2 * strlen(text) + 1), *to = doubled;

	for (; *text; text++) {
		if (*text == '$')
			*to++ = '$';
		*to++ = *text;
	}
	return doubled;
}
