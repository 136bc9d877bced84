/* SPDX-License-Identifier: ISC */
/* udp.c -- lwIP's UDP, which the rest of lwIP uses once there is a control block */
#include "lwip/memp.h"

static void *block_get(memp_t pool);

#undef memp_malloc
#define memp_malloc block_get
/* found from lwIP's folder of headers */
#include "../core/udp.c"
#undef memp_malloc

#include "udp_entries.h"

static void *block_get(memp_t pool)
{
	static const struct udp_entries entries = {udp_input, udp_netif_ip_addr_changed};

	if (!udp_entries)
		udp_init();
	udp_entries = &entries;
	return lwip_memp_malloc(pool);
}
