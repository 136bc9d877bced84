/* SPDX-License-Identifier: ISC */
/* manifest_deploy.c -- reads what the manifest says for ukgen oci and deploy: "ports" and "labels" */
#include "base/memory.h"
#include "base/text.h"
#include "input/document.h"
#include "input/manifest_fields.h"

void read_ports(struct document *document, struct manifest *manifest, const json_t *value)
{
	json_t *inner;
	size_t i;

	if (value && !json_is_array(value))
		document_error(document, ".ports", "\"ports\" is %s; accepted is a list such as [80, \"53/udp\"]", document_quote(value));
	json_array_foreach(value, i, inner) {
		const char *place = str_format(".ports[%zu]", i);
		struct port port;

		if (!port_read(inner, &port))
			document_error(document, place, "port %s; accepted are " PORT_ACCEPTED, document_quote(inner));
		else if (!ports_add(&manifest->ports, port))
			document_error(document, place, "port %u/%s is in the list already", port.number, port_protocol(&port));
	}
}

bool label_is_usable(const char *name, const json_t *value)
{
	return *name && !str_has_control(name) && json_is_string(value) && !str_has_control(json_string_value(value));
}

void read_labels(struct document *document, struct manifest *manifest, const json_t *value)
{
	const char *name;
	json_t *inner;

	if (value && !json_is_object(value))
		document_error(document, ".labels", "\"labels\" is %s; accepted is an object such as "
			       "{\"org.opencontainers.image.vendor\": \"Example\"}", document_quote(value));
	json_object_foreach((json_t *)value, name, inner)
		if (label_is_usable(name, inner))
			*LIST_ADD(manifest->labels, manifest->label_count) = (struct label){name, json_string_value(inner)};
		else
			document_error(document, document_place(".labels", name),
				       "label %s is %s; accepted are a name and text, without control characters",
				       document_quote_text(name), document_quote(inner));
}
