/* SPDX-License-Identifier: ISC */
/* port.h -- a port at which an application listens, as manifests and command lines name it */
#ifndef PORT_H
#define PORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct port {
	unsigned number;        /* 1 to 65535 */
	bool udp;               /* else TCP */
};

struct ports {
	struct port *items;
	size_t count;
};

#define PORT_ACCEPTED "1 to 65535, with /tcp or /udp behind it or neither"

/* "80", "80/tcp" or "53/udp"; false if it is something else */
bool port_parse(const char *text, struct port *port);

/* the same of a manifest's value, which may be a number, too */
bool port_read(const json_t *value, struct port *port);

/* adds the port that an option's value names; fatal if it is none */
void port_option(struct ports *list, const char *text);

/* adds a port; false if it is in the list */
bool ports_add(struct ports *list, struct port port);

/* "tcp" or "udp" */
const char *port_protocol(const struct port *port);

#endif
