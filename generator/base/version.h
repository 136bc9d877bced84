/* SPDX-License-Identifier: ISC */
/* version.h -- ukgen's version, which every appliance carries, and the version of Solo5 that it serves */
#ifndef VERSION_H
#define VERSION_H

#define UKGEN_VERSION "0.1.0"

/* of Solo5's API, command lines and notes: what programs under its tools' names say, too */
#define SOLO5_VERSION "0.12.0"

#endif
