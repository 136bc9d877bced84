/* SPDX-License-Identifier: ISC */
/* compose.h -- makes an appliance from a manifest */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "compose/request.h"

/* prints what is wrong and exits with status 1 after an error */
void compose(const struct request *request);

#endif
