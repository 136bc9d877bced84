/* SPDX-License-Identifier: ISC */
/* port.c -- a port at which an application listens, as manifests and command lines name it */
#include "input/port.h"

#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"

enum { PORT_MAX = 65535 };

bool port_parse(const char *text, struct port *port)
{
	*port = (struct port){0};
	if (*text < '1' || *text > '9')
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		port->number = port->number * 10 + (unsigned)(*text - '0');
		if (port->number > PORT_MAX)
			return false;
	}
	port->udp = !strcmp(text, "/udp");
	return port->udp || !*text || !strcmp(text, "/tcp");
}

bool port_read(const json_t *value, struct port *port)
{
	if (json_is_integer(value))
		return port_parse(str_format("%" JSON_INTEGER_FORMAT, json_integer_value(value)), port);
	return json_is_string(value) && port_parse(json_string_value(value), port);
}

bool ports_add(struct ports *list, struct port port)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].number == port.number && list->items[i].udp == port.udp)
			return false;
	*LIST_ADD(list->items, list->count) = port;
	return true;
}

void port_option(struct ports *list, const char *text)
{
	struct port port;

	if (!port_parse(text, &port))
		fatal("--port=%s: not a port; accepted are " PORT_ACCEPTED, printable(text));
	ports_add(list, port);
}

const char *port_protocol(const struct port *port)
{
	return port->udp ? "udp" : "tcp";
}
