/* SPDX-License-Identifier: ISC */
/* inspect_package.h -- ukgen inspect: what an appliance was made from */
#ifndef INSPECT_PACKAGE_H
#define INSPECT_PACKAGE_H

/* Prints the build id, and whether the file is the one that it was made for; nothing if there is none. */
void print_build_id(const char *appliance);

/* Prints what monitor and guest were made from; nothing of an appliance without a record. */
void inspect_package(const char *appliance);

/* Prints the bill of materials as JSON; fatal if there is none. */
void inspect_sbom(const char *appliance);

#endif
