/* SPDX-License-Identifier: ISC */
/* cookie.h -- connections that are remembered by their clients: SYN cookies */
#ifndef COOKIE_H
#define COOKIE_H

#include <stdbool.h>

#include "lwip/arch.h"

struct tcp_hdr;

/* the answer to the SYN that lwIP is about to take will be a cookie, with what its options say */
void cookie_offer(const struct tcp_hdr *header, unsigned options_size);

/* a connection is forgotten whose client may bring a cookie back */
void cookie_needed(void);

/* the segment brings back a cookie: cookie_answer makes the connection of it */
bool cookie_returns(const struct tcp_hdr *header);

/* after a frame: makes the connection whose cookie came back, if one did */
void cookie_answer(void);

#endif
