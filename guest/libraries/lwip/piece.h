/* SPDX-License-Identifier: ISC */
/* piece.h -- sends a part of what is not acknowledged again; the code is in piece_send.h, behind lwIP's tcp_out.c */
#ifndef PIECE_H
#define PIECE_H

#include "lwip/priv/tcp_priv.h"

/* At most one segment of the network's from there. Returns its size, FIN included; 0: there is none, or no memory. */
u16_t tcp_piece_send(struct tcp_pcb *pcb, u32_t from, u32_t most);

#endif
