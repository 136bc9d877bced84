/* SPDX-License-Identifier: ISC */
/* menuconfig.c -- ukgen menuconfig: lets the user choose modules and values for a manifest */
#include "command/application.h"
#include "command/request.h"
#include "compose/inputs.h"
#include "compose/needs.h"
#include "compose/selection.h"
#include "compose/start.h"

static int run(int count, char **words)
{
	struct request request = request_parse(&command_menuconfig, count, words);
	struct composition *composition = composition_start(&request);
	struct kconfig kconfig;

	inputs_find(composition, &request);
	application_build(composition);
	kconfig = kconfig_of(composition, needs_find(composition));
	return kconfig_menu(&kconfig);
}

const struct command command_menuconfig = {
	.name = "menuconfig",
	.summary = "choose modules and values in a menu",
	.usage =
		"usage: ukgen menuconfig [OPTION]... APP.manifest [OBJECT|ARCHIVE|SOURCE.c ...]\n"
		"\n"
		"Shows this application's choices of modules and values in a menu; what it needs is chosen already, and can't be\n"
		"left out. The choices are kept in NAME.config beside the manifest, and hold from the next build on.\n"
		"\n"
		REQUEST_OPTIONS
		"  --help          print this\n",
	.run = run,
};
