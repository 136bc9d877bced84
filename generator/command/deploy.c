/* SPDX-License-Identifier: ISC */
/* deploy.c -- ukgen deploy: writes the files from which systemd, Kubernetes or a compose program runs an appliance */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "deploy/deployment.h"
#include "deploy/names.h"

enum {
	NAME_MAX_LENGTH = 31,           /* of a user, the shortest of all that bear it */
	PORT_UNPRIVILEGED = 1024,
	PORT_OFFSET = 8000,             /* 80 is 8080 outside, 443 is 8443 */
};

static const struct target {
	const char *option;
	void (*write)(struct deployment *deployment);
} targets[] = {
	{"--compose", compose_write},
	{"--kubernetes", kubernetes_write},
	{"--systemd", systemd_write},
};

static const struct target *target_find(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++)
		if (!strcmp(word, targets[i].option))
			return &targets[i];
	return NULL;
}

/* the value of an option, if the word is that option; NULL if not */
static const char *value_of(const char *word, const char *option)
{
	size_t length = strlen(option);

	if (strncmp(word, option, length) || word[length] != '=')
		return NULL;
	if (!word[length + 1] || str_has_control(word))
		fatal("%s: no value that can be used; accepted is text without control characters", printable(word));
	return word + length + 1;
}

/* "8080:80", "80/tcp", "5353:53/udp" */
static void forward_read(struct deployment *deployment, const char *text)
{
	struct forward *forward = LIST_ADD(deployment->forwards, deployment->forward_count);
	const char *colon = strchr(text, ':');
	struct port outside = {0};

	if ((colon && (!port_parse(str_copy(text, (size_t)(colon - text)), &outside) || memchr(text, '/', (size_t)(colon - text)))) ||
	    !port_parse(colon ? colon + 1 : text, &forward->port))
		fatal("--port=%s: not a port; accepted are PORT and OUTSIDE:PORT, each " PORT_ACCEPTED, printable(text));
	forward->outside = outside.number;
}

/* those of the manifest, unless the command line has some; low ports are for root alone */
static void forwards_complete(struct deployment *deployment)
{
	for (size_t i = 0; !deployment->forward_count && i < deployment->app.ports.count; i++)
		*LIST_ADD(deployment->forwards, deployment->forward_count) = (struct forward){.port = deployment->app.ports.items[i]};
	for (size_t i = 0; i < deployment->forward_count; i++) {
		struct forward *forward = &deployment->forwards[i];

		if (!forward->outside)
			forward->outside = forward->port.number + (forward->port.number < PORT_UNPRIVILEGED ? PORT_OFFSET : 0);
		for (size_t j = 0; j < i; j++)
			if (deployment->forwards[j].outside == forward->outside && deployment->forwards[j].port.udp == forward->port.udp)
				fatal("two ports are %u/%s outside; choose with --port=OUTSIDE:PORT", forward->outside, port_protocol(&forward->port));
	}
	if (deployment->forward_count && !deployable_count(&deployment->app, true))
		fatal("%s: has no network, so it can't have ports", deployment->app.path);
}

static void program_check(const char *program)
{
	if (*program != '/' || program[strspn(program, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-")])
		fatal("--program=%s: not a path; accepted are absolute ones of letters, digits and /._+-", printable(program));
}

static void defaults_set(struct deployment *deployment)
{
	if (!deployment->name)
		deployment->name = deployment->app.name;
	deployment->name = name_lower(deployment->name, "");
	if (!*deployment->name || strlen(deployment->name) > NAME_MAX_LENGTH)
		fatal("\"%s\" can't be a name there; give one of 1 to %d letters, digits and '-' with --name=NAME", deployment->name, NAME_MAX_LENGTH);
	if (!deployment->image)
		deployment->image = str_format("localhost/%s:latest", name_lower(deployment->app.name, "._-"));
	if (!deployment->program)
		deployment->program = str_format("/usr/local/lib/appliances/%s", deployment->app.name);
	program_check(deployment->program);
	forwards_complete(deployment);
}

static long group_read(const char *text)
{
	char *end;
	long group = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || group > 4294967294)
		fatal("--kvm-group=%s: not the ID of a group; accepted are 0 to 4294967294", printable(text));
	return group;
}

static int run(int count, char **words)
{
	struct deployment deployment = {.passt_image = "localhost/passt:latest", .kvm_group = -1};
	const char *appliance = NULL, *folder = ".", *value;
	const struct target *target = NULL;
	int i;

	for (i = 0; i < count && strcmp(words[i], "--"); i++) {
		const char *word = words[i];
		const struct target *named = target_find(word);

		if (named && target && named != target)
			fatal("%s and %s; accepted is one of them", target->option, word);
		else if (named)
			target = named;
		else if (!strcmp(word, "-o") && i + 1 < count)
			folder = words[++i];
		else if (!strcmp(word, "--tap"))
			deployment.tap = true;
		else if ((value = value_of(word, "--name")))
			deployment.name = value;
		else if ((value = value_of(word, "--program")))
			deployment.program = value;
		else if ((value = value_of(word, "--image")))
			deployment.image = value;
		else if ((value = value_of(word, "--passt-image")))
			deployment.passt_image = value;
		else if ((value = value_of(word, "--probe")))
			deployment.probe = value;
		else if ((value = value_of(word, "--kvm-group")))
			deployment.kvm_group = group_read(value);
		else if ((value = value_of(word, "--port")))
			forward_read(&deployment, value);
		else if (*word == '-')
			fatal("unknown option \"%s\"; see ukgen deploy --help", printable(word));
		else if (appliance)
			fatal("deploy takes one appliance, not \"%s\" and \"%s\"; the guest's arguments follow --", printable(appliance), printable(word));
		else
			appliance = word;
	}
	for (i++; i < count; i++) {
		if (str_has_control(words[i]))
			fatal("argument \"%s\" has control characters, which no such file can hold", printable(words[i]));
		strings_add(&deployment.arguments, words[i]);
	}
	if (!appliance || !target)
		fatal("deploy needs an appliance and what to write: --compose, --kubernetes or --systemd");
	if (deployment.tap && target->write != systemd_write)
		fatal("--tap is for --systemd only: containers have networks of their own");
	deployable_read(&deployment.app, "deploy", appliance);
	defaults_set(&deployment);
	target->write(&deployment);
	outputs_write(&deployment.outputs, folder);
	return 0;
}

const struct command command_deploy = {
	.name = "deploy",
	.summary = "write files for systemd, Kubernetes or compose programs",
	.usage =
		"usage: ukgen deploy --systemd|--compose|--kubernetes [OPTION]... APPLIANCE [-- ARGUMENT...]\n"
		"\n"
		"Writes the files from which an appliance is run: units of systemd, a compose file, or Kubernetes objects. Its\n"
		"networks are passt's, its disks files or volumes. ARGUMENTs are the guest's.\n"
		"\n"
		"  -o DIR          the folder for them (this one); files that are there are never written over\n"
		"  --name=NAME     what it is called there (the appliance's name)\n"
		"  --port=[OUTSIDE:]PORT\n"
		"                  a port at which it listens, such as 80 or 5353:53/udp, and the port by which others reach it\n"
		"                  (the same, or 8000 more if only root could have it); may be given several times\n"
		"                  (\"ports\" of the manifest)\n"
		"  --program=PATH  where the appliance will be, for systemd (/usr/local/lib/appliances/NAME)\n"
		"  --tap           networks are TAP interfaces that systemd-networkd makes, instead of passt's\n"
		"  --image=IMAGE   its container image (localhost/NAME:latest, as podman calls what ukgen oci made)\n"
		"  --passt-image=IMAGE\n"
		"                  a container image that runs passt (localhost/passt:latest)\n"
		"  --probe=PATH    a page, such as /stats, that Kubernetes asks for at the first port to see whether it is well\n"
		"  --kvm-group=ID  the group of /dev/kvm on the machines that run it, for containers\n"
		"  --help          print this\n",
	.run = run,
};
