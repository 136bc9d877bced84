/* SPDX-License-Identifier: ISC */
/* lease.h -- keeps the leases of interfaces whose address DHCP found */
#ifndef LEASE_H
#define LEASE_H

/* once, after lwip_init: from now on leases are renewed, and DHCP's timers run */
void lease_start(void);

#endif
