/* SPDX-License-Identifier: ISC */
/*
 * new.c -- ukgen new: makes a folder with a manifest and a source to start from
 *
 * The source is put together from parts in templates/new/, without the first
 * line of each.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "base/root.h"
#include "base/text.h"
#include "command/command.h"
#include "compose/start.h"
#include "input/manifest.h"
#include "input/manifest_fields.h"

enum { DISK_SIZE = 1 << 20 };

/* what an option adds: a device, and the part of the source that uses it */
struct part {
	const char *option;
	const char *type, *device;
	const char *function;
	const char *file;
};

enum { BLOCK, NET, PART_COUNT };

static const struct part parts[PART_COUNT] = {
	[BLOCK] = {"--block", "BLOCK_BASIC", "storage", "storage_use", "block.c"},
	[NET] = {"--net", "NET_BASIC", "service", "service_use", "net.c"},
};

struct project {
	const char *name;
	bool has[PART_COUNT];
	bool has_any;
	bool libc;              /* it begins with main, and has a C library */
};

static struct project project_read(int count, char **words)
{
	struct project project = {0};

	for (int i = 0; i < count; i++) {
		size_t part = 0;

		while (part < PART_COUNT && strcmp(words[i], parts[part].option))
			part++;
		if (part < PART_COUNT)
			project.has[part] = project.has_any = true;
		else if (!strcmp(words[i], "--libc"))
			project.libc = true;
		else if (words[i][0] == '-')
			fatal("unknown option \"%s\"; new accepts --block, --libc and --net", words[i]);
		else if (project.name)
			fatal("new takes one name, not \"%s\" and \"%s\"", project.name, words[i]);
		else
			project.name = words[i];
	}
	if (!project.name)
		fatal("new needs the name of an application; use ukgen new [--block] [--libc] [--net] NAME");
	if (!name_is_usable(project.name) || name_is_kept(project.name))
		fatal("\"%s\" can't be an application's name; accepted are 1 to %d letters, digits, '.', '_' and '-', "
		      "a letter or digit first, and no name of a file in ukgen's build folder", project.name, APPLICATION_NAME_MAX);
	return project;
}

static FILE *file_begin(const char *path)
{
	FILE *file = fopen(path, "wxe");

	if (!file)
		fatal("write %s:", path);
	return file;
}

static void file_end(FILE *file, const char *path)
{
	if (fclose(file))
		fatal("write %s:", path);
}

static void manifest_write(const struct project *project)
{
	const char *path = path_join(project->name, "app.manifest"), *separator = "";
	FILE *file = file_begin(path);

	fprintf(file, "{\n\t\"type\": \"ukgen.manifest\",\n\t\"version\": 1,\n\t\"name\": \"%s\",\n\t\"sources\": [\"%s.c\"],\n"
		"%s\t\"memory\": \"2M\"", project->name, project->name, project->libc ? "\t\"libraries\": [\"libc\"],\n" : "");
	if (project->has_any)
		fprintf(file, ",\n\t\"devices\": [");
	for (size_t i = 0; i < PART_COUNT; i++)
		if (project->has[i]) {
			fprintf(file, "%s\n\t\t{ \"name\": \"%s\", \"type\": \"%s\" }", separator, parts[i].device, parts[i].type);
			separator = ",";
		}
	fprintf(file, "%s\n}\n", project->has_any ? "\n\t]" : "");
	file_end(file, path);
}

static void part_copy(FILE *file, const char *name)
{
	const char *path = path_join(root_find(), str_format("templates/new/%s", name));
	const char *text = file_read(path, NULL), *line = text ? strchr(text, '\n') : NULL;

	if (!line)
		fatal("read %s:", path);
	fputs(line + 1, file);
}

static void source_write(const struct project *project)
{
	const char *path = path_join(project->name, str_format("%s.c", project->name));
	FILE *file = file_begin(path);

	part_copy(file, project->libc ? "start_libc.c" : "start.c");
	if (project->has_any)
		part_copy(file, "number.c");
	for (size_t i = 0; i < PART_COUNT; i++)
		if (project->has[i])
			part_copy(file, parts[i].file);
	fprintf(file, "\nint %s\n{\n\tsay(\"Hello, \");\n\tsay(%s);\n\tsay(\"!\\n\");\n",
		project->libc ? "main(int argc, char **argv)" : "solo5_app_main(const struct solo5_start_info *info)",
		project->libc ? "argc > 1 ? argv[1] : \"world\"" : "*info->cmdline ? info->cmdline : \"world\"");
	for (size_t i = 0; i < PART_COUNT; i++)
		if (project->has[i])
			fprintf(file, "\t%s();\n", parts[i].function);
	fprintf(file, "\treturn %s;\n}\n", project->libc ? "0" : "SOLO5_EXIT_SUCCESS");
	file_end(file, path);
}

/* the command lines that build and run it */
static void next_print(const struct project *project)
{
	const char *name = project->name;

	printf("Made %s/. To build and run it:\n\n", name);
	if (project->has[NET])
		printf("    sudo ip tuntap add tap100 mode tap user $USER && sudo ip link set tap100 up    # once\n");
	printf("    ukgen %s/app.manifest\n    %s/ukgen-build/%s", name, name, name);
	if (project->has[BLOCK])
		printf(" --block:storage=%s/disk.img", name);
	if (project->has[NET])
		printf(" --net:service=tap100");
	putchar('\n');
}

static int run(int count, char **words)
{
	struct project project = project_read(count, words);

	if (mkdir(project.name, 0777)) {
		if (errno == EEXIST)
			fatal("%s exists; choose another name, or move it away", project.name);
		fatal("create folder %s:", project.name);
	}
	manifest_write(&project);
	source_write(&project);
	if (project.has[BLOCK]) {
		const char *path = path_join(project.name, "disk.img");
		FILE *file = file_begin(path);

		if (ftruncate(fileno(file), DISK_SIZE))
			fatal("write %s:", path);
		file_end(file, path);
	}
	next_print(&project);
	return 0;
}

const struct command command_new = {
	.name = "new",
	.summary = "make a folder with a manifest and a source to begin with",
	.usage =
		"usage: ukgen new [--block] [--libc] [--net] NAME\n"
		"\n"
		"Makes the folder NAME with a manifest and a C source that build and run as they are, and shows the commands.\n"
		"\n"
		"  --block         with a block device, storage, and an image for it\n"
		"  --libc          with a C library, and main\n"
		"  --net           with a network device, service\n"
		"  --help          print this\n",
	.run = run,
};
