/* SPDX-License-Identifier: ISC */
/* servers.h -- the name servers of the command line */
#ifndef SERVERS_H
#define SERVERS_H

#include "names.h"

/* makes lwIP query the name servers of --dns instead of DHCP's */
void servers_apply(void);

#endif
