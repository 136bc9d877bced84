/* SPDX-License-Identifier: ISC */
/* version.h -- ukgen's version, which every appliance carries */
#ifndef VERSION_H
#define VERSION_H

#define UKGEN_VERSION "0.1.0"

#endif
