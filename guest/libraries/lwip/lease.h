/* SPDX-License-Identifier: ISC */
/* lease.h -- keeps the leases of interfaces whose address DHCP finds */
#ifndef LEASE_H
#define LEASE_H

#include <stdbool.h>

#include "lwip/err.h"

struct netif;

/* false in an application that was made without DHCP */
extern const bool lease_is_possible;

/* once, after lwip_init */
void lease_start(void);

/* looks for an address, and from then on renews leases; ERR_VAL where there is no DHCP */
err_t lease_seek(struct netif *netif);

#endif
