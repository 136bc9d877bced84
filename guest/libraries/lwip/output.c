/* SPDX-License-Identifier: ISC */
/* output.c -- lwIP's output of TCP, where the host cuts nothing */
#include <stdbool.h>

#include "lwip/priv/tcp_priv.h"

#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg tcp_split_of_lwip
#undef tcp_write
#define tcp_write tcp_write_of_lwip
/* found from lwIP's folder of headers */
#include "../core/tcp_out.c"
#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg lwip_tcp_split_unsent_seg
#undef tcp_write
#define tcp_write lwip_tcp_write

#include "piece_send.h"
#include "split.h"
#include "write.h"

err_t tcp_write(struct tcp_pcb *pcb, const void *bytes, u16_t size, u8_t flags);

err_t tcp_write(struct tcp_pcb *pcb, const void *bytes, u16_t size, u8_t flags)
{
	u16_t whole;

	segment_last(pcb, &whole);
	return write_behind(pcb, whole, bytes, size, flags);
}
