/* SPDX-License-Identifier: ISC */
/* verify_compare.h -- where two appliances differ, and what they record of why */
#ifndef VERIFY_COMPARE_H
#define VERIFY_COMPARE_H

#include <stdbool.h>

/*
 * Prints which parts of an appliance differ from the one built again, and which tools,
 * inputs and settings are others; false if the two files are the same.
 */
bool appliances_differ(const char *appliance, const char *again);

#endif
