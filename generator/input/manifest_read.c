/* SPDX-License-Identifier: ISC */
/*
 * manifest_read.c -- reads manifests, in ukgen's format or Solo5's
 *
 * Reading continues after errors, so that one run shows all of them. What depends
 * on modules (device types, their properties, Kconfig symbols) is checked
 * elsewhere. The JSON nodes live as long as the manifest, which points into them.
 */
#include "input/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "input/document.h"
#include "input/manifest_fields.h"
#include "input/solo5_note.h"

#define STRINGS(...)                                                    \
	{                                                               \
		.items = (const char *[]){__VA_ARGS__},                 \
		.count = ARRAY_SIZE(((const char *[]){__VA_ARGS__})),   \
	}

static const char type_ours[] = "ukgen.manifest";
static const char type_solo5[] = "solo5.manifest";

static void read_type(struct document *document, const json_t *value, const struct strings *accepted)
{
	const char *type = json_string_value(value);
	char *list = str_format("\"%s\"", str_join(accepted, "\" and \""));
	const char *are = accepted->count > 1 ? "are" : "is";

	if (!value)
		document_error(document, "", "no \"type\"; accepted %s \"type\": %s", are, list);
	else if (!type || !strings_contain(accepted, type))
		document_error(document, ".type", "\"type\" is %s; accepted %s %s", document_quote(value), are, list);
}

static void read_version(struct document *document, const json_t *value)
{
	if (!value)
		document_error(document, "", "no \"version\"; accepted is \"version\": 1");
	else if (!json_is_integer(value) || json_integer_value(value) != 1)
		document_error(document, ".version", "\"version\" is %s; accepted is 1", document_quote(value));
}

static void read_ours(struct document *document, struct manifest *manifest)
{
	const struct strings keys = STRINGS("type", "version", "name", "sources", "objects", "libraries", "includes", "cflags",
					    "memory", "files", "mounts", "environment", "devices", "ports", "labels", "config");
	const struct strings source_endings = STRINGS(".c", ".cc", ".cpp", ".cxx", ".S"), object_endings = STRINGS(".o", ".a");
	const json_t *root = document->root;

	document_keys(document, root, "", &keys);
	read_name(document, manifest, json_object_get(root, "name"));
	read_paths(document, manifest, "sources", json_object_get(root, "sources"), &source_endings,
		   &manifest->sources);
	read_paths(document, manifest, "objects", json_object_get(root, "objects"), &object_endings,
		   &manifest->objects);
	read_libraries(document, manifest, json_object_get(root, "libraries"));
	read_cflags(document, manifest, json_object_get(root, "cflags"));
	read_memory(document, manifest, json_object_get(root, "memory"));
	read_folders(document, manifest, "includes", json_object_get(root, "includes"), &manifest->includes);
	manifest->files_where = document_position(document, ".files@");
	read_folders(document, manifest, "files", json_object_get(root, "files"), &manifest->files);
	read_mounts(document, manifest, json_object_get(root, "mounts"));
	read_environment(document, manifest, json_object_get(root, "environment"));
	read_devices(document, manifest, json_object_get(root, "devices"));
	read_ports(document, manifest, json_object_get(root, "ports"));
	read_labels(document, manifest, json_object_get(root, "labels"));
	read_config(document, manifest, json_object_get(root, "config"));
}

/* Solo5's manifests have no name: the application has the file's. */
static void read_name_of_file(struct manifest *manifest)
{
	static const char *const endings[] = {".json", ".manifest", ".o"};
	const char *base = path_base(manifest->path);
	size_t length = strlen(base);

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (str_ends(base, endings[i])) {
			length -= strlen(endings[i]);
			break;
		}
	manifest->name = str_copy(base, length);
	if (!name_is_usable(manifest->name))
		error_at((struct position){.file = manifest->path},
			 "\"%s\" can't be an application's name; rename the file to "
			 "1 to %d letters, digits, '.', '_' and '-', a letter or digit first",
			 manifest->name, APPLICATION_NAME_MAX);
}

/* The format of solo5-elftool: three keys, all needed. */
static void read_solo5(struct document *document, struct manifest *manifest)
{
	const struct strings keys = STRINGS("type", "version", "devices");
	const json_t *devices = json_object_get(document->root, "devices");

	document_keys(document, document->root, "", &keys);
	if (!devices)
		document_error(document, "", "no \"devices\"; a manifest without any has \"devices\": []");
	read_devices(document, manifest, devices);
}

static struct manifest *parse(const char *path, const char *text, size_t length, const struct strings *formats, const char *least)
{
	struct manifest *manifest = mem_zalloc(sizeof(*manifest));
	struct document document;
	const json_t *type;
	const char *name;

	manifest->path = path;
	manifest->folder = path_folder(path);
	if (!document_parse(&document, path, text, length, least))
		return NULL;
	if (!json_is_object(document.root)) {
		document_error(&document, "", "the manifest is %s; accepted is an object",
			       document_quote(document.root));
		return NULL;
	}
	type = json_object_get(document.root, "type");
	read_type(&document, type, formats);
	read_version(&document, json_object_get(document.root, "version"));
	/* for an invalid type the nearest or else the first is assumed, so that the rest is checked, too */
	name = json_string_value(type) ? str_nearest(json_string_value(type), formats) : NULL;
	manifest->solo5 = !strcmp(name ? name : formats->items[0], type_solo5);
	manifest->text = json_dumps(document.root, JSON_COMPACT);
	if (manifest->solo5)
		read_solo5(&document, manifest);
	else
		read_ours(&document, manifest);
	return document.errors ? NULL : manifest;
}

struct manifest *manifest_parse(const char *path, const char *text, size_t length)
{
	const struct strings formats = STRINGS(type_ours, type_solo5);
	unsigned before = error_count();
	struct manifest *manifest = parse(path, text, length, &formats,
					  "{\"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"NAME\"}");

	if (manifest && manifest->solo5)
		read_name_of_file(manifest);
	return error_count() == before ? manifest : NULL;
}

struct manifest *manifest_parse_solo5(const char *path, const char *text, size_t length)
{
	const struct strings formats = STRINGS(type_solo5);

	return parse(path, text, length, &formats, "{\"type\": \"solo5.manifest\", \"version\": 1, \"devices\": []}");
}

/* reports files that can't be manifests before reading them: folders, endless devices */
static void file_check(const char *path)
{
	struct position where = {.file = path};
	struct stat status;

	if (stat(path, &status)) {
		if (errno != ENOENT)
			fatal("read %s:", path);
		error_at(where, "no such file; name a manifest that exists");
	} else if (S_ISDIR(status.st_mode)) {
		error_at(where, "a folder; name the manifest in it");
	} else if (!S_ISREG(status.st_mode)) {
		error_at(where, "not a regular file; a manifest is a file of JSON text");
	} else if (status.st_size > MANIFEST_SIZE_MAX) {
		error_at(where, "%lld bytes; a manifest has at most %d", (long long)status.st_size, MANIFEST_SIZE_MAX);
	}
	errors_exit();
}

/* the manifest that a note was made from */
static char *solo5_text(const struct manifest *manifest)
{
	json_t *devices = json_array(), *root;
	char *text;

	for (size_t i = 0; i < manifest->device_count; i++)
		json_array_append_new(devices, json_pack("{s:s, s:s}", "name", manifest->devices[i].name, "type", manifest->devices[i].type));
	root = json_pack("{s:s, s:i, s:o}", "type", type_solo5, "version", 1, "devices", devices);
	text = json_dumps(root, JSON_COMPACT);
	json_decref(root);
	return text;
}

struct manifest *manifest_read_object(const char *object, const char *path)
{
	struct manifest *manifest = NULL;
	struct note note;
	size_t count = note_read(object, NOTE_MANIFEST, &note);

	if (count != 1)
		error_at((struct position){.file = path}, count ?
			 "%zu Solo5 manifests in it; link one" :
			 "no Solo5 manifest in it; link the object of what solo5-elftool gen-manifest made, or give a manifest",
			 count);
	else
		manifest = note_manifest(path, &note);
	if (manifest) {
		read_name_of_file(manifest);
		manifest->text = solo5_text(manifest);
	}
	errors_exit();
	manifest->object = object;
	return manifest;
}

struct manifest *manifest_read(const char *path)
{
	struct manifest *manifest;
	size_t length;
	char *text;

	if (note_may_be_in(path))
		return manifest_read_object(path, path);
	file_check(path);
	text = file_read(path, &length);
	if (!text)
		fatal("read %s:", path);
	manifest = manifest_parse(path, text, length);
	errors_exit();
	return manifest;
}
