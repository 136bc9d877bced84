/* SPDX-License-Identifier: ISC */
/* init.c -- lwIP's start, without that of UDP and DNS: udp.c and dns.c are only where they are used, and start then */
#include "lwip/udp.h"

#undef LWIP_DNS
#define LWIP_DNS 0
#define udp_init()

/* found from lwIP's folder of headers */
#include "../core/init.c"
