/* SPDX-License-Identifier: ISC */
/* container_image.c -- an appliance as a container image of the Open Container Initiative's image format, 1.0 */
#include "deploy/container_image.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/emit.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "deploy/names.h"

/* when it was made is the same for all: it is part of the image's digest */
static const char created[] = "1970-01-01T00:00:00Z";

/* a file of the layout */
struct file {
	const char *name;
	char *bytes;
	size_t size;
	char digest[SHA256_DIGEST_STRING_LENGTH];
};

struct image {
	struct file **files;
	size_t count;
};

static const struct file *file_add(struct image *image, const char *name, char *bytes, size_t size)
{
	struct file *file = mem_zalloc(sizeof(*file));

	*LIST_ADD(image->files, image->count) = file;
	*file = (struct file){.name = name, .bytes = bytes, .size = size};
	SHA256Data((const uint8_t *)bytes, size, file->digest);
	if (!name)
		file->name = str_format("blobs/sha256/%s", file->digest);
	return file;
}

/* consumes the value */
static const struct file *file_add_json(struct image *image, const char *name, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT);

	if (!text)
		fatal("out of memory");
	json_decref(value);
	return file_add(image, name, text, strlen(text));
}

/* --- tar ------------------------------------------------------------------- */

static struct archive *tar_begin(FILE *stream)
{
	struct archive *archive = archive_write_new();

	/* plain ustar, unless a name is too long for it */
	if (!archive || archive_write_set_format_pax_restricted(archive) || archive_write_set_bytes_in_last_block(archive, 1) ||
	    archive_write_open_FILE(archive, stream))
		fatal("out of memory");
	return archive;
}

static void tar_add(struct archive *archive, const char *name, mode_t mode, const char *bytes, size_t size)
{
	struct archive_entry *entry = archive_entry_new();

	if (!entry)
		fatal("out of memory");
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, mode);
	archive_entry_set_size(entry, (la_int64_t)size);
	archive_entry_set_mtime(entry, 0, 0);
	if (archive_write_header(archive, entry) || archive_write_data(archive, bytes, size) != (la_ssize_t)size)
		fatal("tar: %s", archive_error_string(archive));
	archive_entry_free(entry);
}

static void tar_end(struct archive *archive)
{
	if (archive_write_close(archive))
		fatal("tar: %s", archive_error_string(archive));
	archive_write_free(archive);
}

/* --- what is in the image --------------------------------------------------- */

static const struct file *layer_add(struct image *image, const struct deployable *deployable)
{
	size_t size, layer_size;
	char *bytes = file_read(deployable->path, &size), *layer;
	FILE *stream = open_memstream(&layer, &layer_size);
	struct archive *archive;

	if (!bytes)
		fatal("read %s:", deployable->path);
	if (!stream)
		fatal("out of memory");
	archive = tar_begin(stream);
	tar_add(archive, deployable->name, 0755, bytes, size);
	tar_end(archive);
	free(bytes);
	if (fclose(stream))
		fatal("out of memory");
	return file_add(image, NULL, layer, layer_size);
}

static json_t *labels_make(const struct deployable *deployable)
{
	json_t *labels = json_pack("{s:s, s:s, s:s, s:s, s:s}", "org.opencontainers.image.title", deployable->name,
		"ukgen.version", deployable->version, "ukgen.build-id", deployable->build_id, "ukgen.isolation", deployable->isolation,
		"ukgen.memory", str_format("%llu", (unsigned long long)deployable->memory));

	for (size_t i = 0; i < deployable->label_count; i++)
		json_object_set_new(labels, deployable->labels[i].name, json_string(deployable->labels[i].value));
	return labels;
}

static json_t *ports_make(const struct deployable *deployable)
{
	json_t *ports = json_object();

	for (size_t i = 0; i < deployable->ports.count; i++) {
		const struct port *port = &deployable->ports.items[i];

		json_object_set_new(ports, str_format("%u/%s", port->number, port_protocol(port)), json_object());
	}
	return ports;
}

static const struct file *config_add(struct image *image, const struct deployable *deployable, const struct file *layer)
{
	json_t *config = json_pack("{s:[s], s:s, s:s, s:o}", "Entrypoint", str_format("/%s", deployable->name),
		"WorkingDir", "/", "StopSignal", "SIGTERM", "Labels", labels_make(deployable));

	if (deployable->ports.count)
		json_object_set_new(config, "ExposedPorts", ports_make(deployable));
	return file_add_json(image, NULL, json_pack("{s:s, s:s, s:s, s:o, s:{s:s, s:[s]}, s:[{s:s, s:s}]}",
		"created", created, "architecture", deployable->architecture, "os", "linux", "config", config,
		"rootfs", "type", "layers", "diff_ids", str_format("sha256:%s", layer->digest),
		"history", "created", created, "created_by", str_format("ukgen %s", deployable->version)));
}

static json_t *blob_make(const struct file *file, const char *type)
{
	return json_pack("{s:s, s:s, s:I}", "mediaType", type, "digest", str_format("sha256:%s", file->digest),
			 "size", (json_int_t)file->size);
}

/* the layout; reference is what the image is called in it */
static void image_make(struct image *image, const struct deployable *deployable, const char *reference)
{
	static const char type_manifest[] = "application/vnd.oci.image.manifest.v1+json";
	const struct file *layer = layer_add(image, deployable), *config = config_add(image, deployable, layer), *manifest;
	const char *name = name_lower(deployable->name, "._-");
	json_t *entry;

	manifest = file_add_json(image, NULL, json_pack("{s:i, s:s, s:o, s:[o]}", "schemaVersion", 2, "mediaType", type_manifest,
		"config", blob_make(config, "application/vnd.oci.image.config.v1+json"),
		"layers", blob_make(layer, "application/vnd.oci.image.layer.v1.tar")));
	entry = blob_make(manifest, type_manifest);
	json_object_set_new(entry, "platform", json_pack("{s:s, s:s}", "architecture", deployable->architecture, "os", "linux"));
	json_object_set_new(entry, "annotations", json_pack("{s:s, s:s}", "org.opencontainers.image.ref.name", reference,
		"io.containerd.image.name", str_format("localhost/%s:latest", name)));
	file_add_json(image, "index.json", json_pack("{s:i, s:s, s:[o]}", "schemaVersion", 2,
		"mediaType", "application/vnd.oci.image.index.v1+json", "manifests", entry));
	file_add_json(image, "oci-layout", json_pack("{s:s}", "imageLayoutVersion", "1.0.0"));
	/* what Docker's releases before 25 look for in an archive */
	file_add_json(image, "manifest.json", json_pack("[{s:s, s:[s], s:[s]}]", "Config", config->name,
		"RepoTags", str_format("%s:latest", name), "Layers", layer->name));
}

/* --- where it goes ---------------------------------------------------------- */

static void folder_check(const char *folder)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;

	if (!stream) {
		if (errno == ENOENT)
			return;
		fatal("%s:", folder);
	}
	while ((entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			fatal("%s isn't empty; an image is written to a new folder, or to a file whose name ends in .tar", folder);
	closedir(stream);
}

void container_image_write_folder(const struct deployable *deployable, const char *folder)
{
	struct image image = {0};

	folder_check(folder);
	image_make(&image, deployable, "latest");
	folder_make(path_join(folder, "blobs/sha256"));
	for (size_t i = 0; i < image.count; i++) {
		struct emit emit;

		emit_open(&emit, path_join(folder, image.files[i]->name));
		fwrite(image.files[i]->bytes, 1, image.files[i]->size, emit.stream);
		emit_close(&emit);
	}
}

void container_image_write_archive(const struct deployable *deployable, const char *path)
{
	struct image image = {0};
	struct archive *archive;
	struct emit emit;

	image_make(&image, deployable, str_format("%s:latest", name_lower(deployable->name, "._-")));
	emit_open(&emit, path);
	archive = tar_begin(emit.stream);
	for (size_t i = 0; i < image.count; i++)
		tar_add(archive, image.files[i]->name, 0644, image.files[i]->bytes, image.files[i]->size);
	tar_end(archive);
	emit_close(&emit);
}
