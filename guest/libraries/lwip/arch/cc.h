/* SPDX-License-Identifier: ISC */
/* cc.h -- what lwIP asks of compiler and C library: the guest has mem*, str* and headers without functions */
#ifndef ARCH_CC_H
#define ARCH_CC_H

#include <stdint.h>

#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_CTYPE_H 1

/* never to be used: the guest has no printf, and all LWIP_DEBUG is off */
#define LWIP_PLATFORM_DIAG(text) do { } while (0)

/* the monitor reports the trap with the function that it is in */
#define LWIP_PLATFORM_ASSERT(text) __builtin_trap()

uint32_t uk_lwip_random(void);
#define LWIP_RAND() uk_lwip_random()

#endif
