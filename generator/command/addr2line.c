/* SPDX-License-Identifier: ISC */
/* addr2line.c -- ukgen addr2line: names the function and the source line of addresses of an appliance's guest */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "command/places.h"

/* as a report prints it, or without 0x */
static const char *address_read(const char *word)
{
	const char *digits = str_starts(word, "0x") ? word + 2 : word;
	size_t count = strspn(digits, "0123456789abcdefABCDEF");

	if (!count || count > 16 || digits[count])
		fatal("\"%s\" is not an address; accepted are hexadecimal numbers such as 0x100042", printable(word));
	return str_format("0x%llx", strtoull(digits, NULL, 16));
}

static void address_print(const char *address, const struct strings *found)
{
	const char *place = found->count ? found->items[0] : "??";

	if (str_starts(place, "??"))
		place = "no function of the guest";
	else if (!place_is_known(place))
		place = str_format("%.*s, source line not known", (int)(strstr(place, " at ") - place), place);
	printf("%s: %s\n", address, place);
	for (size_t i = 1; i < found->count; i++)
		printf("      %s\n", found->items[i]);
}

/* words: [-B BUILDDIR] APPLIANCE ADDRESS... */
static int run(int count, char **words)
{
	struct strings addresses = {0}, found;
	const char *build = NULL;
	struct places places;

	if (count > 1 && !strcmp(words[0], "-B")) {
		build = words[1];
		words += 2;
		count -= 2;
	}
	if (count < 2 || words[0][0] == '-')
		fatal("addr2line takes an appliance and addresses; use ukgen addr2line [-B BUILDDIR] APPLIANCE ADDRESS ..., "
		      "or for a whole report ukgen explain APPLIANCE <REPORT");
	for (int i = 1; i < count; i++)
		strings_add(&addresses, address_read(words[i]));
	places_open(&places, places_guest("addr2line", build, words[0]), &addresses);
	for (size_t i = 0; i < addresses.count; i++) {
		places_read(&places, &found);
		address_print(addresses.items[i], &found);
	}
	return places_close(&places);
}

const struct command command_addr2line = {
	.name = "addr2line",
	.summary = "name the function and the source line of addresses of a guest",
	.usage =
		"usage: ukgen addr2line [-B BUILDDIR] APPLIANCE ADDRESS ...\n"
		"\n"
		"Prints the function and the source line of each address of an appliance's guest, a hexadecimal number as in a\n"
		"report or a debugger; then the functions that this one was compiled into. A return address belongs to the line\n"
		"behind the call: ukgen explain, which reads whole reports, allows for that. The guest's symbols are where\n"
		"ukgen explain finds them, and only those of the same build are taken.\n"
		"\n"
		"  -B BUILDDIR     the appliance's build folder (the appliance's own, or ukgen-build beside it)\n"
		"  --help          print this\n",
	.run = run,
};
