/* SPDX-License-Identifier: ISC */
/* lease_none.c -- without DHCP an interface has only the address it is given */
#include "lease.h"

#include "lwip/opt.h"

const bool lease_is_possible = false;

void lease_start(void)
{
}

err_t lease_seek(struct netif *netif)
{
	(void)netif;
	return LWIP_IPV6 ? ERR_OK : ERR_VAL;
}
