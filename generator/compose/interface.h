/* SPDX-License-Identifier: ISC */
/* interface.h -- what a guest was compiled against, so that a monitor made elsewhere can be told to fit */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "compose/composition.h"

/*
 * SHA-256, in hexadecimal digits, of what both halves must agree on: gen/abi.h,
 * the layout of memory, the way out of the guest, and the headers of selected
 * modules that have a guest half. After emit_abi.
 */
const char *interface_digest(const struct composition *composition);

#endif
