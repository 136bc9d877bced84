/* SPDX-License-Identifier: ISC */
/* servers.h -- the name servers that the command line gave */
#ifndef SERVERS_H
#define SERVERS_H

/* has lwIP ask the name servers of --dns, whatever DHCP said */
void servers_apply(void);

#endif
