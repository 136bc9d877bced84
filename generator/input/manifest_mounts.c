/* SPDX-License-Identifier: ISC */
/* manifest_mounts.c -- reads the manifest's "mounts" */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "input/document.h"
#include "input/manifest_fields.h"

/* absolute, not the root; each name as it is, once */
static bool folder_is_usable(const char *folder)
{
	if (*folder != '/' || !folder[1] || str_has_control(folder))
		return false;
	while (*folder++) {
		size_t length = strcspn(folder, "/");

		if (!length || length > 255 || (length <= 2 && !strncmp(folder, "..", length)))
			return false;
		folder += length;
	}
	return true;
}

/* true if a folder is another one, or in it */
static bool is_within(const char *folder, const char *other)
{
	size_t length = strlen(other);

	return !strncmp(folder, other, length) && (!folder[length] || folder[length] == '/');
}

static const struct mount *overlap_find(const struct manifest *manifest, const char *folder)
{
	for (size_t i = 0; i < manifest->mount_count; i++)
		if (is_within(folder, manifest->mounts[i].folder) || is_within(manifest->mounts[i].folder, folder))
			return &manifest->mounts[i];
	return NULL;
}

void read_mounts(struct document *document, struct manifest *manifest, const json_t *value)
{
	const char *device;
	json_t *inner;

	if (value && !json_is_object(value))
		document_error(document, ".mounts", "\"mounts\" is %s; accepted is an object such as {\"storage\": \"/data\"}",
			       document_quote(value));
	json_object_foreach((json_t *)value, device, inner) {
		const char *place = document_place(".mounts", device), *folder = json_string_value(inner);
		const struct mount *other = folder ? overlap_find(manifest, folder) : NULL;

		if (!folder || !folder_is_usable(folder))
			document_error(document, place, "the folder of %s is %s; accepted are paths such as \"/data\", of names without \".\" and \"..\"",
				       document_quote_text(device), document_quote(inner));
		else if (other)
			document_error(document, place, strcmp(folder, other->folder) ?
				       "%s and the folder of %s are one in the other; accepted are folders apart" :
				       "%s is the folder of %s already; each device has its own",
				       document_quote(inner), document_quote_text(other->device));
		else
			*LIST_ADD(manifest->mounts, manifest->mount_count) = (struct mount){
				device, folder, document_position(document, str_format("%s@", place))};
	}
}
