/* SPDX-License-Identifier: ISC */
/* version.c -- which ukgen this is, by its sources */
#include "base/version.h"

const char ukgen_digest[] =
#include "sources_digest.h"
;
