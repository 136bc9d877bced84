/* SPDX-License-Identifier: ISC */
/* datagram_receive6.c -- what the headers of datagrams of IPv6 say */
#include "datagram.h"

void datagram6_header(struct arrival *arrival)
{
	arrival->time_to_live = IP6H_HOPLIM(ip6_current_header());
	arrival->service = (u8_t)IP6H_TC(ip6_current_header());
}
