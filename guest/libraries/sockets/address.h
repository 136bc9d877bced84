/* SPDX-License-Identifier: ISC */
/* address.h -- converts addresses between programs and lwIP */
#ifndef SOCKETS_ADDRESS_H
#define SOCKETS_ADDRESS_H

#include <sys/socket.h>

#include "names.h"

#include "lwip/ip_addr.h"

struct address {
	ip_addr_t ip;
	u16_t port;
};

/* for a socket of that family; a negative errno: EINVAL if it is too short or too long, EAFNOSUPPORT for another family */
long address_read(struct address *address, int family, const struct sockaddr *from, socklen_t size);

/* writes as much as there is room for; *size becomes the full size. to may be NULL. -EINVAL: *size is negative */
long address_write(const struct address *address, int family, struct sockaddr *to, socklen_t *size);

/* the same for AF_INET6 */
long address6_read(struct address *address, const struct sockaddr *from, socklen_t size);
void address6_write(const struct address *address, struct sockaddr *to, socklen_t *size);

#endif
