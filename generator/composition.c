/* SPDX-License-Identifier: ISC */
/* composition.c -- what is known of one appliance, and the runs of ninja that make it */
#include "composition.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct module *composition_device_module(const struct modules *modules, const char *type)
{
	for (size_t i = 0; i < modules->count; i++)
		if (modules->items[i]->device_type && !strcmp(modules->items[i]->device_type, type))
			return modules->items[i];
	return NULL;
}

void composition_descriptor(const struct modules *modules, const char *name, size_t *first, size_t *count)
{
	*first = DESCRIPTOR_FIRST;
	for (size_t m = 0; m < modules->count; m++)
		for (size_t i = 0; i < modules->items[m]->descriptor_count; i++) {
			const struct descriptor *descriptor = &modules->items[m]->descriptors[i];

			*count = descriptor->each ? modules->items[m]->device_count : 1;
			if (!strcmp(descriptor->name, name))
				return;
			*first += *count;
		}
	fatal("descriptor \"%s\" is declared by no selected module", name);
}

const struct object *input_read(const struct composition *composition, size_t i)
{
	struct object *object = &composition->objects[i];

	if (!object->path)
		object_read(object, input_object(composition, i), composition->architecture);
	return object;
}

char *build_path(const struct composition *composition, const char *name)
{
	return path_join(composition->build, name);
}

/* passes on what ninja says, but for its remark that there was nothing to do */
static void output_forward(int file)
{
	FILE *lines = fdopen(file, "r");
	char *line = NULL;
	size_t size = 0;

	if (!lines)
		fatal("read from ninja:");
	while (getline(&line, &size, lines) > 0)
		if (strcmp(line, "ninja: no work to do.\n"))
			fputs(line, stderr);
	free(line);
	fclose(lines);
}

void ninja_run(const struct composition *composition, const char *file, const char *target)
{
	const char *words[] = {
		"ninja", "-C", composition->build, "-f", file, composition->verbose ? "-v" : "--quiet", target, NULL,
	};
	posix_spawn_file_actions_t actions;
	int error, ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) || posix_spawn_file_actions_init(&actions) ||
	    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO))
		fatal("run ninja:");
	error = posix_spawnp(&child, "ninja", &actions, NULL, (char **)words, environ);
	if (error) {
		errno = error;
		fatal("run ninja (Debian package ninja-build):");
	}
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	output_forward(ends[0]);
	if (process_wait(child))
		fatal("building %s failed; see above", target);
}
