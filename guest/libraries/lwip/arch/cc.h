/* SPDX-License-Identifier: ISC */
/* cc.h -- lwIP's requirements of compiler and C library: a guest has mem*, str* and headers without functions */
#ifndef ARCH_CC_H
#define ARCH_CC_H

#include <stdint.h>

#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_CTYPE_H 1

/* unused: the guest has no printf, and LWIP_DEBUG is off */
#define LWIP_PLATFORM_DIAG(text) do { } while (0)

/* the monitor's report of the trap names the function */
#define LWIP_PLATFORM_ASSERT(text) __builtin_trap()

uint32_t uk_lwip_random(void);
#define LWIP_RAND() uk_lwip_random()

#endif
