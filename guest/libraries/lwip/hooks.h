/* SPDX-License-Identifier: ISC */
/* hooks.h -- where lwIP asks us */
#ifndef HOOKS_H
#define HOOKS_H

#include "lwip/ip_addr.h"

u32_t uk_lwip_sequence(const ip_addr_t *local, u16_t local_port, const ip_addr_t *remote, u16_t remote_port);
#define LWIP_HOOK_TCP_ISN uk_lwip_sequence

#endif
