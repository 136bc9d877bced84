/* SPDX-License-Identifier: ISC */
/*
 * deployment.h -- files from which a service manager or a cluster runs an appliance
 *
 * They are for an appliance and two kinds of devices: each disk gets an image or a
 * volume, each network a passt of its own, or a TAP interface.
 */
#ifndef DEPLOYMENT_H
#define DEPLOYMENT_H

#include <stdio.h>

#include "base/strings.h"
#include "deploy/deployable.h"
#include "deploy/outputs.h"

/* beyond --mem: the monitor, the kernel's tables for the guest, and what docs/limits.md counts */
#define DEPLOYMENT_OVERHEAD (UINT64_C(16) << 20)

/* the user in containers: none of any machine, by the custom of images without users */
#define DEPLOYMENT_USER 65532

/* a port of the guest's first network that others reach */
struct forward {
	unsigned outside;       /* the port of the machine or pod */
	struct port port;
};

struct deployment {
	struct deployable app;
	const char *name;       /* small letters, digits and single '-'; 31 at most */
	const char *program;    /* path of the appliance, for units */
	const char *image, *passt_image;        /* references of container images */
	const char *probe;      /* path of a page that answers while the appliance is well; NULL: not asked */
	long kvm_group;         /* ID of the group of /dev/kvm; -1: not known */
	bool tap;               /* networks are TAP interfaces, else passt */
	struct strings arguments;       /* for the guest */
	struct forward *forwards;
	size_t forward_count;
	struct outputs outputs;
};

/* the word that says where a device is */
char *device_word(const struct deployable_device *device, const char *place);

/* Ports in passt's form, "8080:80,8443:443"; NULL if there is none. */
char *forwards_text(const struct deployment *deployment, bool udp);

/* text, which has no control characters, in double quotes, as both YAML and JSON have it */
char *quoted(const char *text);

/* each '$' twice: one alone would begin a variable, in units, compose files and arguments of containers alike */
char *dollars_doubled(const char *text);

void systemd_write(struct deployment *deployment);
void compose_write(struct deployment *deployment);
void kubernetes_write(struct deployment *deployment);

#endif
