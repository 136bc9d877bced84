/* SPDX-License-Identifier: ISC */
/* guest_file.h -- the guest's ELF file with debug information, which an appliance's build leaves */
#ifndef GUEST_FILE_H
#define GUEST_FILE_H

/*
 * The path of the file for an appliance called name: NAME.guest.elf in build or, if
 * that is NULL, in the appliance's folder or its ukgen-build; else APPLIANCE.debug,
 * a copy. Fatal if there is none, or it is from another build.
 */
const char *guest_file_find(const char *command, const char *build, const char *appliance, const char *name);

#endif
