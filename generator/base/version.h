/* SPDX-License-Identifier: ISC */
/* version.h -- ukgen's version, which every appliance carries, and the version of Solo5 that it serves */
#ifndef VERSION_H
#define VERSION_H

#define UKGEN_VERSION "0.1.0"

/* the version of Solo5's API, command lines and notes; also printed by the programs under Solo5's names */
#define SOLO5_VERSION "0.12.0"

/* SHA-256 of ukgen's own sources, in hexadecimal digits: of what sha256sum prints for them */
extern const char ukgen_digest[];

#endif
