/* SPDX-License-Identifier: ISC */
/*
 * sbom.c -- the bill of materials of an appliance, as SPDX 2.3 has it in JSON
 *
 * Each origin is a package whose checksum is the origin's digest (origins.h);
 * each file of the application is a package of the purpose FILE. Half of the
 * packages are contained in the appliance by its monitor, half by its guest; an origin
 * that is in both is two packages, since the files differ.
 */
#include "emit/sbom.h"

#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/environment.h"
#include "base/text.h"
#include "base/version.h"

static const char no_assertion[] = "NOASSERTION", appliance_id[] = "SPDXRef-appliance";

struct sbom {
	json_t *packages, *relationships;
	unsigned number;
};

static const char *text_or(const json_t *object, const char *key, const char *otherwise)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : otherwise;
}

static json_t *package_make(const char *id, const char *name, const char *version, const char *licence, const char *digest)
{
	json_t *package = json_pack("{s:s, s:s, s:s, s:b}", "SPDXID", id, "name", name, "downloadLocation", no_assertion,
		"filesAnalyzed", 0);

	if (licence)
		json_object_set_new(package, "licenseDeclared", json_string(licence));
	if (version)
		json_object_set_new(package, "versionInfo", json_string(version));
	if (digest)
		json_object_set_new(package, "checksums", json_pack("[{s:s, s:s}]", "algorithm", "SHA256", "checksumValue", digest));
	return package;
}

static void relation_add(struct sbom *sbom, const char *from, const char *kind, const char *to)
{
	json_array_append_new(sbom->relationships, json_pack("{s:s, s:s, s:s}", "spdxElementId", from, "relationshipType", kind,
		"relatedSpdxElement", to));
}

static const char *package_add(struct sbom *sbom, const json_t *input, const char *half, const char *version)
{
	const char *id = str_format("SPDXRef-%u", ++sbom->number);
	json_t *package = package_make(id, text_or(input, "name", no_assertion), version,
		text_or(input, "licence", NULL), text_or(input, "sha256", NULL));

	if (half)
		json_object_set_new(package, "comment", json_string(str_format("in the %s", half)));
	json_array_append_new(sbom->packages, package);
	return id;
}

static void inputs_add(struct sbom *sbom, const json_t *inputs, const char *half)
{
	size_t i, f;
	json_t *input, *file;

	json_array_foreach(inputs, i, input) {
		const char *id = package_add(sbom, input, half, text_or(input, "version", NULL));

		relation_add(sbom, appliance_id, "CONTAINS", id);
		json_array_foreach(json_object_get(input, "files"), f, file) {
			const char *file_id = package_add(sbom, file, NULL, NULL);

			json_object_set_new(json_array_get(sbom->packages, json_array_size(sbom->packages) - 1),
					    "primaryPackagePurpose", json_string("FILE"));
			relation_add(sbom, id, "CONTAINS", file_id);
		}
	}
}

static void tools_add(struct sbom *sbom, const json_t *tools)
{
	size_t i;
	json_t *tool;

	json_array_foreach(tools, i, tool)
		relation_add(sbom, package_add(sbom, tool, NULL, text_or(tool, "version", NULL)), "BUILD_TOOL_OF", appliance_id);
}

/* SOURCE_DATE_EPOCH, or the beginning of time: an appliance has no date */
static const char *created(void)
{
	time_t date = (time_t)strtoll(environment_date(), NULL, 10);
	struct tm parts;
	char text[32];

	if (!gmtime_r(&date, &parts) || !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts))
		fatal("SOURCE_DATE_EPOCH is \"%s\" in the environment; accepted is a date", environment_date());
	return text[0] ? str_copy(text, strlen(text)) : NULL;
}

/* one for each content */
static const char *namespace_of(const char *name, const json_t *monitor, const json_t *guest, const json_t *tools)
{
	const json_t *const parts[] = {monitor, guest, tools};
	char digest[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX sum;

	SHA256Init(&sum);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		char *text = json_dumps(parts[i], JSON_COMPACT);

		if (!text)
			fatal("out of memory");
		SHA256Update(&sum, (const uint8_t *)text, strlen(text));
		free(text);
	}
	SHA256End(&sum, digest);
	return str_format("https://spdx.org/spdxdocs/ukgen-%s-%.32s", name, digest);
}

json_t *sbom_make(const char *name, const json_t *monitor, const json_t *guest, const json_t *tools)
{
	struct sbom sbom = {json_array(), json_array(), 0};
	json_t *appliance = package_make(appliance_id, name, NULL, NULL, NULL);

	json_object_set_new(appliance, "primaryPackagePurpose", json_string("APPLICATION"));
	json_array_append_new(sbom.packages, appliance);
	relation_add(&sbom, "SPDXRef-DOCUMENT", "DESCRIBES", appliance_id);
	inputs_add(&sbom, monitor, "monitor");
	inputs_add(&sbom, guest, "guest");
	tools_add(&sbom, tools);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:[s]}, s:o, s:o}", "spdxVersion", "SPDX-2.3", "dataLicense", "CC0-1.0",
		"SPDXID", "SPDXRef-DOCUMENT", "name", name, "documentNamespace", namespace_of(name, monitor, guest, tools),
		"creationInfo", "created", created(), "creators", "Tool: ukgen-" UKGEN_VERSION,
		"packages", sbom.packages, "relationships", sbom.relationships);
}
