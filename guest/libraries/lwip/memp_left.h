/* SPDX-License-Identifier: ISC */
/* memp_left.h -- how much of lwIP's pools is free */
#ifndef MEMP_LEFT_H
#define MEMP_LEFT_H

#include "lwip/memp.h"

/* elements of the pool that can still be allocated */
unsigned uk_lwip_memp_left(memp_t type);

#endif
