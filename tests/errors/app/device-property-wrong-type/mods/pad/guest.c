/* SPDX-License-Identifier: ISC */
/* pad/guest.c -- asks for a number */
#include "guest.h"
