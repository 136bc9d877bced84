/* SPDX-License-Identifier: ISC */
/* init.c -- starts lwIP without UDP and DNS: udp.c and dns.c are linked only if used, and start themselves */
#include "lwip/udp.h"

#undef LWIP_DNS
#define LWIP_DNS 0
#undef udp_init
#define udp_init()

/* found from lwIP's folder of headers */
#include "../core/init.c"
