/* SPDX-License-Identifier: ISC */
/* config.c -- gen/config.h: the values that Kconfig chose, as constants; symbols that are off are not defined */
#include "emit/emitters.h"

#include <stdio.h>

#include "base/emit.h"
#include "emit/c.h"

void emit_config(const struct composition *composition)
{
	struct emit emit;

	emit_begin(&emit, composition, "gen/config.h", "the values that Kconfig chose", "CONFIG_H");
	for (size_t i = 0; i < composition->config->setting_count; i++) {
		const struct setting *setting = &composition->config->settings[i];

		fprintf(emit.stream, "#define CONFIG_%s %s\n", setting->symbol,
			setting->value[0] == 'y' && !setting->value[1] ? "1" : setting->value);
	}
	emit_end(&emit, "CONFIG_H");
}
