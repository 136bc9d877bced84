/* SPDX-License-Identifier: ISC */
/* host.c -- the hosts that appliances can be made for */
#include "target/host.h"

#include <string.h>

#include "base/memory.h"
#include "machine/layout.h"

static const struct host hosts[] = {
	{
		"kvm", "HOST_KVM", "KVM: the guest is a virtual machine", "hvt", "virtual machine", true,
		LOW_ADDRESS, VM_IMAGE_ADDRESS,
		"rcrt1.o", "-static-pie -Wl,--spare-dynamic-tags=1,-z,norelro,-z,now",
	},
	{
		"process", "HOST_PROCESS", "process: the guest is code of a confined process, for machines without KVM", "spt", "process", false,
		PROCESS_LOW_ADDRESS, PROCESS_IMAGE_ADDRESS,
		"crt1.o", "-static -no-pie",
	},
};

const struct host *host_at(size_t i)
{
	return i < ARRAY_SIZE(hosts) ? &hosts[i] : NULL;
}

const struct host *host_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(hosts); i++)
		if (!strcmp(hosts[i].name, name))
			return &hosts[i];
	return NULL;
}
