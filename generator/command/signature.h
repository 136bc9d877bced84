/* SPDX-License-Identifier: ISC */
/* signature.h -- signatures of appliances, made and checked by minisign */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include <stdbool.h>

/* Writes APPLIANCE.minisig; fatal if that fails. */
void signature_make(const char *appliance, const char *key);

/* Checks APPLIANCE.minisig, and says what it signs; false if it isn't the key's signature of the file, and why. */
bool signature_check(const char *appliance, const char *key);

#endif
