/* SPDX-License-Identifier: ISC */
/* offload.h -- segments of TCP that the host cuts and sums; only with LWIP_OFFLOAD */
#ifndef OFFLOAD_H
#define OFFLOAD_H

#include <solo5.h>
#include <stdbool.h>

#include "lwip/netif.h"

/* from netif_add on: lwIP need not compute checksums that the host computes */
void offload_begin(struct netif *netif, solo5_handle_t handle);

/* whether checksums of what comes are checked */
void offload_check(struct netif *netif, bool on);

/* sends a packet of TCP; false if it is something else */
bool offload_send(solo5_handle_t handle, struct pbuf *packet, solo5_result_t *result);

/* sends the segment that is held back for more data; to be called before the guest may sleep */
void offload_push(void);

#endif
