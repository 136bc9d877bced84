/* SPDX-License-Identifier: ISC */
/* memp.c -- lwIP's pools; unlike with lwIP's own memp.c, elements that were never used were never touched */
#include "memp_left.h"

#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"
#include "lwip/mld6.h"
#include "lwip/pbuf.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/raw.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ppp/ppp_opts.h"        /* its number of timers is part of a count */

/* while it is free */
struct piece {
	struct piece *next;
};

struct pool {
	unsigned char *pieces;
	size_t size;            /* of one */
	unsigned count, used;   /* those from used on were never allocated */
	unsigned in_use;
	struct piece *free;
};

#define LWIP_MEMPOOL(name, count, size, text) \
	static unsigned char pieces_##name[(count) * LWIP_MEM_ALIGN_SIZE(size)] __attribute__((aligned(16)));
#include "lwip/priv/memp_std.h"

static struct pool pools[MEMP_MAX] = {
#define LWIP_MEMPOOL(name, number, length, text) \
	[MEMP_##name] = {.pieces = pieces_##name, .size = LWIP_MEM_ALIGN_SIZE(length), .count = (number)},
#include "lwip/priv/memp_std.h"
};

void memp_init(void)
{
}

void *memp_malloc(memp_t type)
{
	struct pool *pool = &pools[type];
	struct piece *piece = pool->free;

	if (piece)
		pool->free = piece->next;
	else if (pool->used < pool->count)
		piece = (struct piece *)(pool->pieces + pool->size * pool->used++);
	pool->in_use += piece != NULL;
	return piece;
}

void memp_free(memp_t type, void *memory)
{
	struct piece *piece = memory;

	if (!piece)
		return;
	piece->next = pools[type].free;
	pools[type].free = piece;
	pools[type].in_use--;
}

unsigned uk_lwip_memp_left(memp_t type)
{
	return pools[type].count - pools[type].in_use;
}
