/* SPDX-License-Identifier: ISC */
/* interface.h -- network devices as interfaces */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "uk_lwip.h"

/* as uk_lwip_add, but with address NULL nobody looks for one yet */
err_t interface_add(struct netif *netif, const char *device, const struct uk_lwip_address *address);

#endif
