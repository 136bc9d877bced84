/* SPDX-License-Identifier: ISC */
/* pad/host.c -- answers with a number */
#include "core.h"
