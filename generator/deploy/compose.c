/* SPDX-License-Identifier: ISC */
/* compose.c -- a file for docker compose or podman-compose: the appliance, and passt for each of its networks */
#include <string.h>

#include "base/text.h"
#include "deploy/deployment.h"

static void hardening_print(FILE *out)
{
	fprintf(out, "    user: \"%d:%d\"\n    read_only: true\n    cap_drop: [ALL]\n    security_opt: [\"no-new-privileges:true\"]\n"
		"    restart: unless-stopped\n", DEPLOYMENT_USER, DEPLOYMENT_USER);
}

static void command_print(FILE *out, const struct deployment *deployment)
{
	const char *separator = "";

	fputs("    command: [", out);
	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];

		fprintf(out, "%s%s", separator, quoted(device_word(device, device->network ?
			str_format("unix:/run/network/%s/socket", device->name) : str_format("/disks/%s.img", device->name))));
		separator = ", ";
	}
	if (deployment->arguments.count)
		fprintf(out, "%s\"--\"", separator);
	for (size_t i = 0; i < deployment->arguments.count; i++)
		fprintf(out, ", %s", quoted(dollars_doubled(deployment->arguments.items[i])));
	fputs("]\n", out);
}

static void volumes_print(FILE *out, const struct deployment *deployment)
{
	if (deployment->app.device_count)
		fputs("    volumes:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];

		if (device->network)
			fprintf(out, "      - \"network-%s:/run/network/%s\"\n", device->name, device->name);
		else
			fprintf(out, "      - \"./%s.img:/disks/%s.img%s\"   # its owner: %d\n", device->name, device->name,
				device->readonly ? ":ro" : "", DEPLOYMENT_USER);
	}
}

static void appliance_print(FILE *out, const struct deployment *deployment)
{
	fprintf(out, "  %s:\n    image: %s\n", deployment->name, quoted(deployment->image));
	if (deployment->app.device_count || deployment->arguments.count)
		command_print(out, deployment);
	hardening_print(out);
	fprintf(out, "    network_mode: none\n    mem_limit: %llu\n    pids_limit: 8\n",
		(unsigned long long)(deployment->app.memory + DEPLOYMENT_OVERHEAD));
	if (deployment->app.kvm)
		fputs("    devices: [\"/dev/kvm:/dev/kvm\"]\n", out);
	if (deployment->app.kvm && deployment->kvm_group >= 0)
		fprintf(out, "    group_add: [\"%ld\"]   # of /dev/kvm\n", deployment->kvm_group);
	volumes_print(out, deployment);
	if (!deployable_count(&deployment->app, true))
		return;
	fputs("    depends_on:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network)
			fprintf(out, "      - network-%s\n", deployment->app.devices[i].name);
}

static void passt_print(FILE *out, const struct deployment *deployment, const struct deployable_device *device, bool forwards)
{
	const char *tcp = forwards_text(deployment, false), *udp = forwards_text(deployment, true);

	fprintf(out, "  network-%s:\n    image: %s\n    command: [\"--foreground\", \"--stderr\", \"--socket\", \"/run/network/%s/socket\"",
		device->name, quoted(deployment->passt_image), device->name);
	if (forwards && tcp)
		fprintf(out, ", \"--tcp-ports\", \"%s\"", tcp);
	if (forwards && udp)
		fprintf(out, ", \"--udp-ports\", \"%s\"", udp);
	fputs("]\n", out);
	hardening_print(out);
	fprintf(out, "    volumes:\n      - \"network-%s:/run/network/%s\"\n", device->name, device->name);
	if (forwards && deployment->forward_count)
		fputs("    ports:\n", out);
	for (size_t i = 0; forwards && i < deployment->forward_count; i++)
		fprintf(out, "      - \"%u:%u/%s\"\n", deployment->forwards[i].outside, deployment->forwards[i].outside,
			port_protocol(&deployment->forwards[i].port));
}

void compose_write(struct deployment *deployment)
{
	FILE *out = outputs_add(&deployment->outputs, "compose.yaml");
	size_t network = 0;

	fprintf(out, "# the appliance %s -- written by ukgen deploy\nservices:\n", deployment->name);
	appliance_print(out, deployment);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network)
			passt_print(out, deployment, &deployment->app.devices[i], network++ == 0);
	if (network)
		fputs("volumes:\n", out);
	for (size_t i = 0; i < deployment->app.device_count; i++)
		if (deployment->app.devices[i].network)
			fprintf(out, "  network-%s:\n    driver_opts: {type: tmpfs, device: tmpfs, o: \"uid=%d,gid=%d,mode=0700,size=64k\"}\n",
				deployment->app.devices[i].name, DEPLOYMENT_USER, DEPLOYMENT_USER);
}
