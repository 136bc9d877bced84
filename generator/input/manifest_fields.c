/* SPDX-License-Identifier: ISC */
/* manifest_fields.c -- the readers of the manifest's single keys */
#include "input/manifest_fields.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "input/cflags.h"

#define PAGE_SIZE 4096

#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGIT "0123456789"

/* true if text is not empty and holds only characters of the set */
static bool text_of(const char *text, const char *set)
{
	return *text && text[strspn(text, set)] == 0;
}

bool name_is_usable(const char *name)
{
	return strlen(name) <= APPLICATION_NAME_MAX && text_of(name, UPPER LOWER DIGIT "._-") &&
	       strchr(UPPER LOWER DIGIT, *name);
}

void read_name(struct document *document, struct manifest *manifest, const json_t *value)
{
	if (!value) {
		document_error(document, "", "no \"name\"; the application's name is needed, as in \"name\": \"httpd\"");
		return;
	}
	if (!json_is_string(value)) {
		document_error(document, ".name", "\"name\" is %s; accepted is text", document_quote(value));
		return;
	}
	manifest->name = json_string_value(value);
	if (!name_is_usable(manifest->name))
		document_error(document, ".name",
			       "\"name\" is %s; accepted are 1 to %d letters, digits, '.', '_' and '-', "
			       "a letter or digit first",
			       document_quote(value), APPLICATION_NAME_MAX);
}

bool device_name_is_usable(const char *name)
{
	return strlen(name) <= NAME_LENGTH_MAX && text_of(name, UPPER LOWER DIGIT);
}

/* The strings of a list, each with its place; what isn't usable text is reported and left out. */
struct entries {
	struct strings values, places;
};

static struct entries read_list(struct document *document, const char *key, const json_t *list)
{
	struct entries entries = {0};
	const json_t *value;
	size_t i;

	if (list && !json_is_array(list))
		document_error(document, str_format(".%s", key), "\"%s\" is %s; accepted is a list of text", key,
			       document_quote(list));
	json_array_foreach(list, i, value) {
		const char *place = str_format(".%s[%zu]", key, i);

		if (!json_is_string(value)) {
			document_error(document, place, "entry of \"%s\" is %s; accepted is text", key,
				       document_quote(value));
		} else if (!*json_string_value(value)) {
			document_error(document, place, "entry of \"%s\" is empty; leave it out", key);
		} else if (str_has_control(json_string_value(value))) {
			document_error(document, place, "entry of \"%s\" is %s; control characters are not accepted",
				       key, document_quote(value));
		} else {
			strings_add(&entries.values, json_string_value(value));
			strings_add(&entries.places, place);
		}
	}
	return entries;
}

static bool ends_in_one_of(const char *text, const struct strings *endings)
{
	for (size_t i = 0; i < endings->count; i++)
		if (str_ends(text, endings->items[i]))
			return true;
	return false;
}

/* ".c, .cc or .S" */
static const char *alternatives(const struct strings *words)
{
	const char *text = words->items[0];

	for (size_t i = 1; i < words->count; i++)
		text = str_format("%s%s%s", text, i + 1 < words->count ? ", " : " or ", words->items[i]);
	return text;
}

/* what to do about a source that another project wrote */
static const char *remedy(const char *path)
{
	return strstr(path, "build/deps/") ? "; ./configure --deps fetches what is in build/deps" : "";
}

void read_paths(struct document *document, const struct manifest *manifest, const char *key, const json_t *value,
		const struct strings *endings, struct strings *paths)
{
	struct entries entries = read_list(document, key, value);

	for (size_t i = 0; i < entries.values.count; i++) {
		const char *name = entries.values.items[i], *place = entries.places.items[i];
		const char *path = path_join(manifest->folder, name);
		struct stat status;

		if (!ends_in_one_of(name, endings))
			document_error(document, place, "\"%s\" has \"%s\"; accepted are files ending in %s", key, name, alternatives(endings));
		else if (strings_contain(paths, path))
			document_error(document, place, "\"%s\" has \"%s\" twice; name each file once", key, name);
		else if (stat(path, &status))
			document_error(document, place, "\"%s\" has \"%s\", but there is no file %s%s", key, name, path, remedy(path));
		else if (S_ISDIR(status.st_mode))
			document_error(document, place, "\"%s\" has \"%s\", which is a folder; name the files in it",
				       key, name);
		strings_add(paths, path);
	}
}

void read_folders(struct document *document, const struct manifest *manifest, const char *key, const json_t *value,
		  struct strings *folders)
{
	struct entries entries = read_list(document, key, value);

	for (size_t i = 0; i < entries.values.count; i++) {
		const char *name = entries.values.items[i], *place = entries.places.items[i];
		const char *path = path_join(manifest->folder, name);
		struct stat status;

		if (strings_contain(folders, path))
			document_error(document, place, "\"%s\" has \"%s\" twice; name each folder once", key, name);
		else if (stat(path, &status))
			document_error(document, place, "\"%s\" has \"%s\", but there is no folder %s%s", key, name, path, remedy(path));
		else if (!S_ISDIR(status.st_mode))
			document_error(document, place, "\"%s\" has \"%s\", which is not a folder; name the folder that it is in",
				       key, name);
		strings_add(folders, path);
	}
}

void read_libraries(struct document *document, struct manifest *manifest, const json_t *value)
{
	struct entries entries = read_list(document, "libraries", value);

	for (size_t i = 0; i < entries.values.count; i++) {
		const char *name = entries.values.items[i], *place = entries.places.items[i];

		if (str_starts(name, "-l") && name[2])
			document_error(document, place, "library \"%s\"; write the bare name, \"%s\"", name, name + 2);
		else if (!text_of(name, UPPER LOWER DIGIT "_.+-") || *name == '-')
			document_error(document, place,
				       "library \"%s\"; accepted are bare names such as \"m\", "
				       "and archives are named in \"objects\"",
				       name);
		strings_add(&manifest->libraries, name);
	}
}

void read_cflags(struct document *document, struct manifest *manifest, const json_t *value)
{
	struct entries entries = read_list(document, "cflags", value);

	for (size_t i = 0; i < entries.values.count; i++) {
		const char *word = entries.values.items[i], *reason = cflag_refusal(word);

		if (reason)
			document_error(document, entries.places.items[i], "\"cflags\" has \"%s\"; %s", word, reason);
	}
	cflags_resolve(&entries.values, manifest->folder);
	manifest->cflags = entries.values;
}

void read_memory(struct document *document, struct manifest *manifest, const json_t *value)
{
	json_int_t number = json_integer_value(value);
	uint64_t bytes = number > 0 ? (uint64_t)number : 0;

	if (!value)
		return;
	manifest->memory_where = document_position(document, ".memory");
	if (!json_is_integer(value) && !(json_is_string(value) && str_size(json_string_value(value), &bytes)))
		document_error(document, ".memory",
			       "\"memory\" is %s; accepted is a number of bytes, "
			       "or text such as \"512K\", \"16M\", \"1G\"",
			       document_quote(value));
	else if (bytes < MEMORY_MIN || bytes > MEMORY_MAX)
		document_error(document, ".memory", "\"memory\" is %s; accepted are \"64K\" to \"1T\"",
			       document_quote(value));
	else if (bytes % PAGE_SIZE)
		document_error(document, ".memory", "\"memory\" is %s; accepted are whole pages of %d bytes",
			       document_quote(value), PAGE_SIZE);
	manifest->memory = bytes;
}

/* the device before this one that has its name, or NULL */
static const struct device *device_namesake(const struct manifest *manifest, const struct device *device)
{
	for (const struct device *other = manifest->devices; other != device; other++)
		if (other->name && !strcmp(other->name, device->name))
			return other;
	return NULL;
}

static void read_device_name(struct document *document, const struct manifest *manifest, struct device *device,
			     const char *place, const json_t *value)
{
	const struct device *other;

	device->name = json_string_value(value);
	other = device_namesake(manifest, device);
	if (!device_name_is_usable(device->name))
		document_error(document, place, "device name %s; accepted are 1 to %d letters and digits",
			       document_quote(value), NAME_LENGTH_MAX);
	else if (other)
		document_error(document, place, "device name \"%s\" is already used in line %u; each device needs its own",
			       device->name,
			       document_position(document,
						 str_format(".devices[%td].name", other - manifest->devices)).line);
}

/* reports a device without a key that it needs, and the key that may have been meant */
static void device_lacks(struct document *document, const char *place, const struct device *device, const char *key)
{
	struct strings wanted = {.items = &key, .count = 1};

	for (size_t i = 0; i < device->property_count; i++)
		if (str_nearest(device->properties[i].key, &wanted)) {
			document_error(document, place, "device has no \"%s\"; is %s meant to be it?", key,
				       document_quote_text(device->properties[i].key));
			return;
		}
	document_error(document, place, "device has no \"%s\"; accepted is {\"name\": \"NAME\", \"type\": \"TYPE\"}",
		       key);
}

static void read_device(struct document *document, struct manifest *manifest, const char *place, const json_t *object)
{
	struct strings known = {.items = (const char *[]){"name", "type"}, .count = 2};
	struct device *device = LIST_ADD(manifest->devices, manifest->device_count);
	const char *key;
	json_t *value;

	if (!json_is_object(object)) {
		document_error(document, place, "device is %s; accepted is {\"name\": \"NAME\", \"type\": \"TYPE\"}",
			       document_quote(object));
		return;
	}
	json_object_foreach((json_t *)object, key, value) {
		const char *inner = document_place(place, key);

		if (!strings_contain(&known, key)) {
			if (!manifest->solo5)
				*LIST_ADD(device->properties, device->property_count) = (struct property){
					.key = key,
					.value = document_text(value),
					.where = document_position(document, str_format("%s@", inner)),
				};
		} else if (!json_is_string(value)) {
			document_error(document, inner, "device %s is %s; accepted is text", key, document_quote(value));
		} else if (!strcmp(key, "name")) {
			read_device_name(document, manifest, device, inner, value);
		} else {
			device->type = json_string_value(value);
			device->where = document_position(document, inner);
		}
	}
	if (manifest->solo5)
		document_keys(document, object, place, &known);
	for (size_t i = 0; i < known.count; i++)
		if (!json_object_get(object, known.items[i]))
			device_lacks(document, place, device, known.items[i]);
}

void read_devices(struct document *document, struct manifest *manifest, const json_t *value)
{
	if (!value)
		return;
	if (!json_is_array(value)) {
		document_error(document, ".devices", "\"devices\" is %s; accepted is a list of devices",
			       document_quote(value));
		return;
	}
	if (json_array_size(value) > DEVICES_MAX)
		document_error(document, str_format(".devices[%d]", DEVICES_MAX), "%zu devices; accepted are at most %d",
			       json_array_size(value), DEVICES_MAX);
	for (size_t i = 0; i < json_array_size(value) && i < DEVICES_MAX; i++)
		read_device(document, manifest, str_format(".devices[%zu]", i), json_array_get(value, i));
}

/* text as .config writes it: in quotes, quotes and backslashes escaped */
static char *config_text(const char *text)
{
	char *quoted = mem_zalloc(2 * strlen(text) + 3), *end = quoted;

	*end++ = '"';
	for (; *text; text++) {
		if (strchr("\"\\", *text))
			*end++ = '\\';
		*end++ = *text;
	}
	*end = '"';
	return quoted;
}

void read_environment(struct document *document, struct manifest *manifest, const json_t *value)
{
	const char *name;
	json_t *inner;

	if (!value)
		return;
	manifest->environment_where = document_position(document, ".environment@");
	if (!json_is_object(value))
		document_error(document, ".environment", "\"environment\" is %s; accepted is an object such as {\"TZ\": \"UTC\"}",
			       document_quote(value));
	json_object_foreach((json_t *)value, name, inner) {
		const char *place = document_place(".environment", name);

		if (!*name || strchr(name, '=') || str_has_control(name))
			document_error(document, str_format("%s@", place),
				       "setting %s; accepted are names without '=' and control characters",
				       document_quote_text(name));
		else if (!json_is_string(inner))
			document_error(document, place, "%s is %s; accepted is text", document_quote_text(name),
				       document_quote(inner));
		else
			strings_add(&manifest->environment, str_format("%s=%s", name, json_string_value(inner)));
	}
}

static void read_setting(struct document *document, struct manifest *manifest, const char *symbol, const json_t *value)
{
	const char *place = document_place(".config", symbol), *key_place = str_format("%s@", place);
	struct setting *setting = LIST_ADD(manifest->settings, manifest->setting_count);

	setting->symbol = symbol;
	setting->where = document_position(document, key_place);
	if (str_starts(symbol, "CONFIG_"))
		document_error(document, key_place, "symbol %s; write it without CONFIG_", document_quote_text(symbol));
	else if (!text_of(symbol, UPPER DIGIT "_"))
		document_error(document, key_place, "symbol %s; accepted are capitals, digits and '_'",
			       document_quote_text(symbol));
	if (json_is_boolean(value))
		setting->value = json_is_true(value) ? "y" : "n";
	else if (json_is_integer(value))
		setting->value = str_format("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (!json_is_string(value))
		document_error(document, place, "%s is %s; accepted are true, false, whole numbers and text",
			       document_quote_text(symbol), document_quote(value));
	else if (str_has_control(json_string_value(value)))
		document_error(document, place, "%s is %s; control characters are not accepted",
			       document_quote_text(symbol), document_quote(value));
	else
		setting->value = config_text(json_string_value(value));
}

void read_config(struct document *document, struct manifest *manifest, const json_t *value)
{
	const char *symbol;
	json_t *inner;

	if (value && !json_is_object(value))
		document_error(document, ".config", "\"config\" is %s; accepted is an object such as {\"STACK_KB\": 64}",
			       document_quote(value));
	json_object_foreach((json_t *)value, symbol, inner)
		read_setting(document, manifest, symbol, inner);
}
