/* SPDX-License-Identifier: ISC */
/* timers.c -- lwIP's own timers, without those of DHCP: lease.c runs these */
#include "lwip/opt.h"

#undef LWIP_DHCP
#define LWIP_DHCP 0

/* found from lwIP's folder of headers */
#include "../core/timeouts.c"
