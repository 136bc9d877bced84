/* SPDX-License-Identifier: ISC */
/* timers.c -- lwIP's own timers, without those of DHCP and DNS: lease.c and dns.c run these */
#include "lwip/opt.h"

#undef LWIP_DHCP
#define LWIP_DHCP 0
#undef LWIP_DNS
#define LWIP_DNS 0

/* found from lwIP's folder of headers */
#include "../core/timeouts.c"
