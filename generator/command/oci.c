/* SPDX-License-Identifier: ISC */
/* oci.c -- ukgen oci: makes a container image of an appliance */
#include <string.h>

#include "base/diag.h"
#include "base/printable.h"
#include "base/text.h"
#include "command/command.h"
#include "deploy/container_image.h"
#include "deploy/deployable.h"

static int run(int count, char **words)
{
	const char *appliance = NULL, *output = NULL;
	struct deployable deployable;
	struct ports ports = {0};

	for (int i = 0; i < count; i++)
		if (!strcmp(words[i], "-o") && i + 1 < count)
			output = words[++i];
		else if (str_starts(words[i], "--port="))
			port_option(&ports, words[i] + strlen("--port="));
		else if (words[i][0] == '-')
			fatal("unknown option \"%s\"; oci accepts -o IMAGE.tar|DIR and --port=PORT", printable(words[i]));
		else if (appliance)
			fatal("oci takes one appliance, not \"%s\" and \"%s\"", printable(appliance), printable(words[i]));
		else
			appliance = words[i];
	if (!appliance)
		fatal("no appliance is named; use ukgen oci [-o IMAGE.tar|DIR] APPLIANCE");
	deployable_read(&deployable, "oci", appliance);
	for (size_t i = 0; i < ports.count; i++)
		ports_add(&deployable.ports, ports.items[i]);
	if (!output)
		output = str_format("%s.tar", deployable.name);
	if (str_ends(output, ".tar"))
		container_image_write_archive(&deployable, output);
	else
		container_image_write_folder(&deployable, output);
	return 0;
}

const struct command command_oci = {
	.name = "oci",
	.summary = "make a container image of an appliance",
	.usage =
		"usage: ukgen oci [-o IMAGE.tar|DIR] [--port=PORT]... APPLIANCE\n"
		"\n"
		"Makes an OCI image with one layer and one file, the appliance, which containers of it run. The same appliance\n"
		"gives the same bytes. \"labels\" and \"ports\" of the manifest become the image's.\n"
		"\n"
		"  -o IMAGE.tar    the archive to make, for podman load, ctr image import or docker load (NAME.tar)\n"
		"  -o DIR          the folder to make, an image layout, for skopeo, umoci or buildah\n"
		"  --port=PORT     a port at which it listens, such as 80 or 53/udp; may be given several times\n"
		"  --help          print this\n",
	.run = run,
};
