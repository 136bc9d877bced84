/* SPDX-License-Identifier: ISC */
/* interface.h -- network devices as lwIP's interfaces */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "uk_lwip.h"

/* as uk_lwip_add, but with address NULL it doesn't start DHCP yet */
err_t interface_add(struct netif *netif, const char *device, const struct uk_lwip_address *address);

#endif
