/* SPDX-License-Identifier: ISC */
/* netif.c -- lwIP's interfaces; they notify UDP of addresses only if UDP is linked */
#include "lwip/udp.h"

#include "udp_entries.h"

#undef udp_netif_ip_addr_changed
#define udp_netif_ip_addr_changed udp_entries_address_changed

/* found from lwIP's folder of headers */
#include "../core/netif.c"
