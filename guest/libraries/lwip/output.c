/* SPDX-License-Identifier: ISC */
/* output.c -- lwIP's output of TCP, where the host cuts nothing */
#include <stdbool.h>

#include "lwip/priv/tcp_priv.h"

#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg tcp_split_of_lwip
/* found from lwIP's folder of headers */
#include "../core/tcp_out.c"
#undef tcp_split_unsent_seg
#define tcp_split_unsent_seg lwip_tcp_split_unsent_seg

#include "piece_send.h"
#include "split.h"
