/* SPDX-License-Identifier: ISC */
/*
 * systemd.c -- units: the appliance's, and for each network one that runs passt, or files for systemd-networkd
 *
 * With passt, both run as the same user that is made when they start. A TAP
 * interface needs a user that is there before: systemd-sysusers makes it.
 */
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "deploy/deployment.h"

/* what no unit of an appliance needs */
static const char *const switches[] = {
	"CapabilityBoundingSet=", "NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=yes",
	"ProtectClock=yes", "ProtectHostname=yes", "ProtectKernelLogs=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
	"ProtectControlGroups=yes", "ProtectProc=invisible", "ProcSubset=pid", "RestrictNamespaces=yes", "RestrictRealtime=yes",
	"RestrictSUIDSGID=yes", "LockPersonality=yes", "RemoveIPC=yes", "KeyringMode=private", "SystemCallArchitectures=native",
	"UMask=0077",
	/* with what an appliance confines itself by, and what shows its memory; its own filter is exact, and comes on top */
	"SystemCallFilter=@system-service seccomp chroot landlock_create_ruleset landlock_add_rule landlock_restrict_self mincore",
};

/* the same, as far as passt runs with them: it makes namespaces, in which it confines itself */
static const char *const passt_switches[] = {
	"NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "ProtectClock=yes", "ProtectKernelLogs=yes",
	"ProtectKernelModules=yes", "ProtectControlGroups=yes", "RestrictRealtime=yes", "RestrictSUIDSGID=yes",
	"LockPersonality=yes", "DevicePolicy=closed", "SystemCallArchitectures=native", "UMask=0077",
};

static void lines_print(FILE *out, const char *const *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\n", lines[i]);
}

/* a word of a command line, as units want it */
static void word_print(FILE *out, const char *word)
{
	fputs(" \"", out);
	for (word = dollars_doubled(word); *word; word++) {
		if (strchr("\"\\", *word))
			fputc('\\', out);
		else if (*word == '%')
			fputc('%', out);
		fputc(*word, out);
	}
	fputc('"', out);
}

/* of an interface; a name has at most 15 characters, and a manifest at most 63 devices */
static const char *interface_name(const struct deployment *deployment, size_t network)
{
	return str_format("%.*s%zu", 13, deployment->name, network);
}

static const char *network_name(const struct deployment *deployment, const struct deployable_device *device)
{
	return str_format("%s-%s", deployment->name, device->name);
}

static void passt_write(struct deployment *deployment, const struct deployable_device *device, bool forwards)
{
	const char *name = network_name(deployment, device), *tcp = forwards_text(deployment, false), *udp = forwards_text(deployment, true);
	FILE *out = outputs_add(&deployment->outputs, str_format("%s.service", name));

	fprintf(out, "# network %s of the appliance %s, by passt -- written by ukgen deploy\n\n[Unit]\n"
		"Description=Network %s of the appliance %s\nAfter=network-online.target\nWants=network-online.target\nPartOf=%s.service\n\n"
		"[Service]\nExecStart=/usr/bin/passt --foreground --socket /run/%s/socket", device->name, deployment->name,
		device->name, deployment->name, deployment->name, name);
	if (forwards && tcp)
		fprintf(out, " --tcp-ports %s", tcp);
	if (forwards && udp)
		fprintf(out, " --udp-ports %s", udp);
	fprintf(out, "\n# the appliance starts when the socket is there\n"
		"ExecStartPost=/usr/bin/timeout 10 /bin/sh -c 'until test -S /run/%s/socket; do sleep 0.05; done'\n"
		"Restart=always\nUser=%s\nDynamicUser=yes\nRuntimeDirectory=%s\nRuntimeDirectoryMode=0700\n", name, deployment->name, name);
	lines_print(out, passt_switches, ARRAY_SIZE(passt_switches));
}

static void networkd_write(struct deployment *deployment, const struct deployable_device *device, size_t network)
{
	const char *interface = interface_name(deployment, network);
	FILE *out = outputs_add(&deployment->outputs, str_format("%s.netdev", interface));

	fprintf(out, "# network %s of the appliance %s -- written by ukgen deploy\n\n"
		"[NetDev]\nName=%s\nKind=tap\n\n[Tap]\nUser=%s\n", device->name, deployment->name, interface, deployment->name);
	out = outputs_add(&deployment->outputs, str_format("%s.network", interface));
	fprintf(out, "# network %s of the appliance %s -- written by ukgen deploy\n\n[Match]\nName=%s\n\n"
		"# any free private addresses; the guest gets one by DHCP, and reaches what this machine reaches\n"
		"[Network]\nAddress=0.0.0.0/28\nDHCPServer=yes\nIPMasquerade=ipv4\nLinkLocalAddressing=no\nConfigureWithoutCarrier=yes\n",
		device->name, deployment->name, interface);
}

static void dependencies_print(FILE *out, const struct deployment *deployment)
{
	size_t network = 0;

	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];
		const char *unit;

		if (!device->network)
			continue;
		unit = deployment->tap ? str_format("sys-subsystem-net-devices-%s.device", interface_name(deployment, network++)) :
			str_format("%s.service", network_name(deployment, device));
		fprintf(out, "%s=%s\nAfter=%s\n", deployment->tap ? "BindsTo" : "Requires", unit, unit);
	}
}

static void command_print(FILE *out, const struct deployment *deployment)
{
	size_t network = 0;

	fprintf(out, "ExecStart=%s", deployment->program);
	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];

		fprintf(out, " %s", device_word(device, !device->network ?
			str_format("%%S/%s/%s.img", deployment->name, device->name) :
			deployment->tap ? interface_name(deployment, network++) :
			str_format("unix:/run/%s/socket", network_name(deployment, device))));
	}
	if (deployment->arguments.count)
		fputs(" --", out);
	for (size_t i = 0; i < deployment->arguments.count; i++)
		word_print(out, deployment->arguments.items[i]);
	fputc('\n', out);
}

static void user_print(FILE *out, const struct deployment *deployment)
{
	fprintf(out, "User=%s\n", deployment->name);
	if (!deployment->tap)
		fputs("DynamicUser=yes\n", out);
	if (deployment->app.kvm)
		fputs("SupplementaryGroups=kvm\n", out);
	if (deployable_count(&deployment->app, false))
		fprintf(out, "# the images of its disks, NAME.img: systemd gives them to the user\n"
			"StateDirectory=%s\nStateDirectoryMode=0700\n", deployment->name);
}

static void devices_print(FILE *out, const struct deployment *deployment)
{
	bool interfaces = deployment->tap && deployable_count(&deployment->app, true);

	fputs("DevicePolicy=closed\n", out);
	if (!deployment->app.kvm && !interfaces)
		fputs("PrivateDevices=yes\nPrivateUsers=yes\n", out);
	if (deployment->app.kvm)        /* the process host makes the guest's text executable */
		fputs("DeviceAllow=/dev/kvm rw\nMemoryDenyWriteExecute=yes\n", out);
	if (!interfaces)
		fputs("PrivateNetwork=yes\nRestrictAddressFamilies=AF_UNIX\nIPAddressDeny=any\n", out);
	else
		fputs("DeviceAllow=/dev/net/tun rw\nRestrictAddressFamilies=AF_UNIX\nIPAddressDeny=any\n", out);
}

static void unit_write(struct deployment *deployment)
{
	FILE *out = outputs_add(&deployment->outputs, str_format("%s.service", deployment->name));

	fprintf(out, "# the appliance %s -- written by ukgen deploy\n\n[Unit]\nDescription=Appliance %s\n", deployment->name, deployment->name);
	dependencies_print(out, deployment);
	fputs("\n[Service]\n", out);
	command_print(out, deployment);
	user_print(out, deployment);
	fprintf(out, "# the guest's memory, and what the monitor and the kernel need for it\n"
		"MemoryMax=%llu\nMemorySwapMax=0\nTasksMax=8\n"
		"# the end by SIGTERM is a clean one\nSuccessExitStatus=143\nRestart=on-failure\nRestartSec=1\n",
		(unsigned long long)(deployment->app.memory + DEPLOYMENT_OVERHEAD));
	devices_print(out, deployment);
	lines_print(out, switches, ARRAY_SIZE(switches));
	fputs("\n[Install]\nWantedBy=multi-user.target\n", out);
}

void systemd_write(struct deployment *deployment)
{
	size_t network = 0;

	unit_write(deployment);
	for (size_t i = 0; i < deployment->app.device_count; i++) {
		const struct deployable_device *device = &deployment->app.devices[i];

		if (device->network && deployment->tap)
			networkd_write(deployment, device, network++);
		else if (device->network)
			passt_write(deployment, device, network++ == 0);
	}
	if (deployment->tap)
		fprintf(outputs_add(&deployment->outputs, str_format("%s.sysusers", deployment->name)),
			"# the user of the appliance %s, for sysusers.d -- written by ukgen deploy\nu %s - \"Appliance %s\"\n",
			deployment->name, deployment->name, deployment->name);
}
