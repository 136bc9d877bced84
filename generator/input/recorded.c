/* SPDX-License-Identifier: ISC */
/* recorded.c -- reads what an appliance records of itself, as hostile input */
#include "input/recorded.h"

#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "input/manifest_fields.h"
#include "input/package.h"
#include "input/recorded_image.h"
#include "target/host.h"

/* what is longer is something else */
enum { RECORD_SIZE_MAX = 16 << 20, CALLS_MAX = 4096 };

_Noreturn static void damaged(const struct recorded *recorded, const char *what)
{
	fatal("%s: its record is damaged: %s", recorded->path, printable(what));
}

static json_t *field(const struct recorded *recorded, const json_t *object, const char *key, json_type type)
{
	json_t *value = json_object_get(object, key);

	if (!value || json_typeof(value) != type)
		damaged(recorded, str_format("\"%s\" is %s", key, value ? "of another type" : "missing"));
	return value;
}

static const char *text_of(const struct recorded *recorded, const json_t *value, const char *what)
{
	const char *text = json_string_value(value);

	if (!text || str_has_control(text))
		damaged(recorded, str_format("%s is not one line of text", what));
	return text;
}

static const char *text(const struct recorded *recorded, const json_t *object, const char *key)
{
	return text_of(recorded, field(recorded, object, key, JSON_STRING), str_format("\"%s\"", key));
}

static const char *identifier_of(const struct recorded *recorded, const json_t *value, const char *what)
{
	const char *name = text_of(recorded, value, what);

	if (!str_is_identifier(name))
		damaged(recorded, str_format("%s is \"%s\"", what, name));
	return name;
}

static uint64_t number(const struct recorded *recorded, const json_t *object, const char *key)
{
	json_int_t value = json_integer_value(field(recorded, object, key, JSON_INTEGER));

	if (value < 0)
		damaged(recorded, str_format("\"%s\" is negative", key));
	return (uint64_t)value;
}

static bool flag(const struct recorded *recorded, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_boolean(value))
		damaged(recorded, str_format("\"%s\" is neither true nor false", key));
	return json_is_true(value);
}

static struct strings texts(const struct recorded *recorded, const json_t *object, const char *key)
{
	const json_t *list = field(recorded, object, key, JSON_ARRAY);
	struct strings found = {0};
	json_t *value;
	size_t i;

	json_array_foreach(list, i, value)
		strings_add(&found, text_of(recorded, value, str_format("\"%s\"", key)));
	return found;
}

/*
 * Without what names files, whose folders are elsewhere, and without "config", which is
 * in the configuration. Errors name the appliance as if the manifest were in it.
 */
static void manifest_take(struct recorded *recorded, const json_t *record)
{
	static const char *const kept[] = {"type", "version", "name", "memory", "environment", "devices"};
	const json_t *whole = field(recorded, record, "manifest", JSON_OBJECT);
	json_t *part = json_object();
	char *lines;

	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		json_object_set(part, kept[i], json_object_get(whole, kept[i]));
	lines = json_dumps(part, JSON_COMPACT);
	if (!lines || strlen(lines) > MANIFEST_SIZE_MAX)
		damaged(recorded, "its manifest is too long");
	recorded->manifest = manifest_parse(str_format("%s/%s.json", recorded->path, recorded->name), lines, strlen(lines));
	if (!recorded->manifest)
		damaged(recorded, "its manifest has errors");
	if (strcmp(recorded->manifest->name, recorded->name))
		damaged(recorded, "its manifest has another name");
	recorded->manifest->text = json_dumps(whole, JSON_COMPACT);
}

static void memory_take(struct recorded *recorded, const json_t *guest)
{
	uint64_t memory = number(recorded, guest, "memory");

	if (memory < MEMORY_MIN || memory > MEMORY_MAX || memory % 4096 ||
	    (recorded->manifest->memory && recorded->manifest->memory != memory))
		damaged(recorded, str_format("\"memory\" is %lu", memory));
	recorded->manifest->memory = memory;
}

static void config_take(struct recorded *recorded, const json_t *record)
{
	json_t *config = field(recorded, record, "config", JSON_OBJECT), *value;
	const char *symbol;

	json_object_foreach(config, symbol, value) {
		struct setting *setting = LIST_ADD(recorded->settings, recorded->setting_count);

		/* symbols may begin with a digit */
		if (!str_is_identifier(str_format("_%s", symbol)))
			damaged(recorded, str_format("\"%s\" is in \"config\"", symbol));
		setting->symbol = symbol;
		setting->value = text_of(recorded, value, str_format("%s in \"config\"", symbol));
		setting->where = (struct position){.file = recorded->path};
	}
}

static void needs_take(struct recorded *recorded, const json_t *guest)
{
	const json_t *needs = field(recorded, guest, "needs", JSON_ARRAY);
	json_t *need;
	size_t i;

	json_array_foreach(needs, i, need)
		*LIST_ADD(recorded->needs, recorded->need_count) = (struct need){
			identifier_of(recorded, json_array_get(need, 0), "what \"needs\" has"),
			text_of(recorded, json_array_get(need, 1), "a cause in \"needs\"")};
}

static void modules_take(struct recorded *recorded, const json_t *guest)
{
	json_t *modules = field(recorded, guest, "sources", JSON_OBJECT), *sources;
	const char *name;

	json_object_foreach(modules, name, sources)
		*LIST_ADD(recorded->modules, recorded->module_count) =
			(struct recorded_module){name, texts(recorded, modules, name)};
}

static void calls_take(struct recorded *recorded, const json_t *description)
{
	const json_t *calls = field(recorded, description, "hypercalls", JSON_ARRAY);
	json_t *entry;
	size_t i;

	if (json_array_size(calls) > CALLS_MAX)
		damaged(recorded, str_format("it has %zu hypercalls", json_array_size(calls)));
	json_array_foreach(calls, i, entry) {
		struct recorded_call call = {
			.name = identifier_of(recorded, json_object_get(entry, "name"), "the name of a hypercall"),
			.module = text(recorded, entry, "module"),
			.number = (unsigned)number(recorded, entry, "number"),
			.doorbell = json_object_get(entry, "doorbells") != NULL,
		};

		for (size_t n = 0; n < recorded->call_count; n++)
			if (!strcmp(recorded->calls[n].name, call.name) && recorded->calls[n].doorbell == call.doorbell)
				damaged(recorded, str_format("hypercall %s is there twice", call.name));
		*LIST_ADD(recorded->calls, recorded->call_count) = call;
	}
}

static void segments_take(struct recorded *recorded, const json_t *guest)
{
	const json_t *segments = field(recorded, guest, "segments", JSON_ARRAY);
	json_t *entry;
	size_t i;

	json_array_foreach(segments, i, entry)
		guest_segment_add(recorded->guest, &(struct segment){
			.address = number(recorded, entry, "address"),
			.size = number(recorded, entry, "size"),
			.file_size = number(recorded, entry, "file_size"),
			.writable = flag(recorded, entry, "writable"),
			.executable = flag(recorded, entry, "executable"),
		});
	guest_segments_end(recorded->guest);
}

/* the monitor reads and writes there; that the guest may write there, emit_shared checks */
static void shared_take(struct recorded *recorded, const json_t *guest)
{
	json_t *shared = field(recorded, guest, "shared", JSON_OBJECT), *place;
	const char *name;

	json_object_foreach(shared, name, place) {
		json_int_t address = json_integer_value(json_array_get(place, 0)), size = json_integer_value(json_array_get(place, 1));
		json_int_t alignment = size & -size;

		if (address <= 0 || size <= 0 || address % (alignment > 8 ? 8 : alignment))
			damaged(recorded, str_format("\"%s\" has no place", name));
		*LIST_ADD(recorded->guest->variables, recorded->guest->variable_count) =
			(struct variable){name, (uint64_t)address, (uint64_t)size};
	}
}

static void guest_take(struct recorded *recorded, const json_t *record)
{
	const json_t *guest = field(recorded, record, "guest", JSON_OBJECT);

	recorded->guest_record = (json_t *)guest;
	recorded->interface = text(recorded, guest, "interface");
	recorded->libraries = texts(recorded, guest, "libraries");
	recorded->guest_symbols = texts(recorded, guest, "config");
	field(recorded, guest, "inputs", JSON_ARRAY);
	memory_take(recorded, guest);
	needs_take(recorded, guest);
	modules_take(recorded, guest);
	segments_take(recorded, guest);
	shared_take(recorded, guest);
	recorded->guest->entry = recorded->guest->start = number(recorded, guest, "entry");
	recorded->guest->guarded_end = number(recorded, guest, "guarded_end");
	image_take(recorded->guest, number(recorded, guest, "symbols"));
}

static void description_take(struct recorded *recorded, const json_t *record)
{
	const json_t *description = field(recorded, record, "appliance", JSON_OBJECT);
	const struct host *host;

	recorded->host = text(recorded, description, "host");
	host = host_named(recorded->host);
	if (!host)
		damaged(recorded, str_format("\"host\" is \"%s\"", recorded->host));
	guest_begin(recorded->guest, recorded->path, host->image_address);
	recorded->described = field(recorded, description, "modules", JSON_ARRAY);
	recorded->library_calls = field(recorded, description, "library_calls", JSON_ARRAY);
	calls_take(recorded, description);
}

/* the one date in an appliance: that of its bill of materials */
static void date_take(struct recorded *recorded, const json_t *record)
{
	const json_t *sbom = field(recorded, record, "sbom", JSON_OBJECT);
	const char *created = text(recorded, field(recorded, sbom, "creationInfo", JSON_OBJECT), "created"), *end;
	struct tm parts = {0};
	time_t date;

	end = strptime(created, "%Y-%m-%dT%H:%M:%SZ", &parts);
	date = end && !*end ? timegm(&parts) : -1;
	if (date < 0)
		damaged(recorded, str_format("\"created\" is \"%s\"", created));
	recorded->date = str_format("%ld", (long)date);
}

static json_t *record_load(const char *command, const char *path)
{
	const char *lines = package_text(command, path);
	json_error_t error;
	json_t *record;

	if (!lines)
		fatal("%s: has no record of what it was made from; %s takes an appliance made by ukgen", path, command);
	if (strlen(lines) > RECORD_SIZE_MAX)
		fatal("%s: its record is damaged: it is longer than %d bytes", path, RECORD_SIZE_MAX);
	record = json_loads(lines, JSON_REJECT_DUPLICATES, &error);
	if (!record)
		fatal("%s: its record is damaged: %s", path, printable(error.text));
	return record;
}

struct recorded *recorded_read(const char *command, const char *path)
{
	struct recorded *recorded = mem_zalloc(sizeof(*recorded));
	const json_t *record = record_load(command, path);
	uint64_t form;

	recorded->path = path;
	recorded->guest = mem_zalloc(sizeof(*recorded->guest));
	if (strcmp(text(recorded, record, "type"), PACKAGE_TYPE))
		fatal("%s: was not made by ukgen; %s takes an appliance that was", path, command);
	form = number(recorded, record, "record");
	if (form != PACKAGE_RECORD)
		fatal("%s: its record is of form %lu, made by ukgen %s; this ukgen reads form %d", path, form,
		      printable(text(recorded, record, "version")), PACKAGE_RECORD);
	recorded->name = text(recorded, record, "name");
	if (!name_is_usable(recorded->name))
		damaged(recorded, "\"name\" can't be an application's");
	recorded->architecture = text(recorded, record, "architecture");
	manifest_take(recorded, record);
	config_take(recorded, record);
	description_take(recorded, record);
	guest_take(recorded, record);
	date_take(recorded, record);
	return recorded;
}

json_int_t recorded_guest_bytes(const struct recorded *recorded, const char *module)
{
	json_t *entry;
	size_t i;

	json_array_foreach(recorded->described, i, entry) {
		const char *name = json_string_value(json_object_get(entry, "name"));

		if (name && !strcmp(name, module))
			return json_integer_value(json_object_get(entry, "guest_bytes"));
	}
	return 0;
}
