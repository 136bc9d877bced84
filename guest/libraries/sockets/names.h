/* SPDX-License-Identifier: ISC */
/*
 * names.h -- global names of this library, with a prefix: an application may define the short ones
 *
 * boot_libraries.bats finds a name that is missing here.
 */
#ifndef SOCKETS_NAMES_H
#define SOCKETS_NAMES_H

#include "../libc/calls/names.h"

#define address6_read guest_address6_read
#define address6_write guest_address6_write
#define address_read guest_address_read
#define address_write guest_address_write
#define ancillary6_read guest_ancillary6_read
#define ancillary6_write guest_ancillary6_write
#define ancillary_add guest_ancillary_add
#define ancillary_interface guest_ancillary_interface
#define ancillary_read guest_ancillary_read
#define ancillary_write guest_ancillary_write
#define buffer_add guest_buffer_add
#define buffer_add_packet guest_buffer_add_packet
#define buffer_admits guest_buffer_admits
#define buffer_copy guest_buffer_copy
#define buffer_drop guest_buffer_drop
#define datagram6_header guest_datagram6_header
#define datagram_bind guest_datagram_bind
#define datagram_connect guest_datagram_connect
#define datagram_drop guest_datagram_drop
#define datagram_errors6_start guest_datagram_errors6_start
#define datagram_errors_start guest_datagram_errors_start
#define datagram_may_send guest_datagram_may_send
#define datagram_port_need guest_datagram_port_need
#define datagram_quote_tell guest_datagram_quote_tell
#define datagram_receive guest_datagram_receive
#define datagram_received guest_datagram_received
#define datagram_send guest_datagram_send
#define network6_finds guest_network6_finds
#define network6_has guest_network6_has
#define network6_reaches guest_network6_reaches
#define network_deliver guest_network_deliver
#define network_finds guest_network_finds
#define network_has guest_network_has
#define network_is_broadcast guest_network_is_broadcast
#define network_reaches guest_network_reaches
#define network_source guest_network_source
#define network_start guest_network_start
#define network_target guest_network_target
#define options6_get guest_options6_get
#define options6_set guest_options6_set
#define socket_add guest_socket_add
#define socket_any guest_socket_any
#define socket_await guest_socket_await
#define socket_begin guest_socket_begin
#define socket_bound guest_socket_bound
#define socket_changed guest_socket_changed
#define socket_control guest_socket_control
#define socket_error_take guest_socket_error_take
#define socket_get guest_socket_get
#define socket_is_hasty guest_socket_is_hasty
#define socket_look guest_socket_look
#define socket_may_reach guest_socket_may_reach
#define socket_receive guest_socket_receive
#define socket_send guest_socket_send
#define socket_wait guest_socket_wait
#define socket_wait_end guest_socket_wait_end
#define socket_wrong guest_socket_wrong
#define stream_admit guest_stream_admit
#define stream_attach guest_stream_attach
#define stream_bind guest_stream_bind
#define stream_both_ended guest_stream_both_ended
#define stream_connect guest_stream_connect
#define stream_control_need guest_stream_control_need
#define stream_detach guest_stream_detach
#define stream_disconnect guest_stream_disconnect
#define stream_end guest_stream_end
#define stream_errno guest_stream_errno
#define stream_failed guest_stream_failed
#define stream_is_writable guest_stream_is_writable
#define stream_kind guest_stream_kind
#define stream_limit_begin guest_stream_limit_begin
#define stream_make guest_stream_make
#define stream_memory_freed guest_stream_memory_freed
#define stream_names_keep guest_stream_names_keep
#define stream_option_get guest_stream_option_get
#define stream_option_set guest_stream_option_set
#define stream_options_apply guest_stream_options_apply
#define stream_protocol guest_stream_protocol
#define stream_push guest_stream_push
#define stream_receive guest_stream_receive
#define stream_receive_segment guest_stream_receive_segment
#define stream_room guest_stream_room
#define stream_send guest_stream_send
#define stream_sent guest_stream_sent
#define stream_shut_down guest_stream_shut_down
#define watches_drop guest_watches_drop

#endif
