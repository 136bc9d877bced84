/* SPDX-License-Identifier: ISC */
/* received.h -- received frames as packets of lwIP */
#ifndef RECEIVED_H
#define RECEIVED_H

#include <solo5.h>
#include <stdbool.h>

#include "lwip/pbuf.h"

/* the longest frame of an interface of lwIP */
enum { FRAME_MTU = 1500, FRAME_MOST = FRAME_MTU + SOLO5_NET_HLEN };

/*
 * Takes one frame, or a part of one, out of a device's ring; false if there is none, or nowhere to put it. *packet is the whole
 * frame; NULL if more of it has to come, or it was dropped. *is_summed: the checksum of TCP or UDP is known to be right.
 */
bool received_take(solo5_handle_t handle, struct pbuf **packet, bool *is_summed);

#endif
