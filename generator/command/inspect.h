/* SPDX-License-Identifier: ISC */
/* inspect.h -- shows what an appliance holds, without running it */
#ifndef INSPECT_H
#define INSPECT_H

#include <stdbool.h>

/* prints the description found in the file; as JSON if json */
void inspect(const char *appliance, bool json);

#endif
