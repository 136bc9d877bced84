/* SPDX-License-Identifier: ISC */
/* peer.h -- the guest's network device, and a peer on it that does what the input says */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PEER_SECOND = 1000000000, PEER_FRAME_MOST = 1514, PEER_PACKET4 = 14, PEER_DATA4 = PEER_PACKET4 + 20 };

/* the input, from its beginning */
void input_begin(const uint8_t *data, size_t size);
bool input_is_left(void);

/* the next byte; 0 if none is left */
unsigned input_byte(void);

/* at most so many bytes; how many there were */
size_t input_bytes(uint8_t *to, size_t most);

/* monotonic time in nanoseconds; the program lets it pass */
extern uint64_t peer_now;

/* whether the interface has a carrier */
extern bool peer_link;

/* called with each frame that the guest sends, unless it is NULL */
extern void (*peer_sees)(const uint8_t *frame, size_t size);

/* the frame that the guest gets next; of size 0: none */
extern uint8_t peer_frame[4096];
extern size_t peer_frame_size;

/* makes it a packet of IPv4 for the guest from 10.9.0.1, with so many bytes of data behind its header, which are 0 */
void peer_packet4(unsigned protocol, size_t size);

/* the same for IPv6, from fd00::1 or fe80::1 to fd00::2; peer_frame_size is left to the caller */
void peer_packet6(unsigned protocol, size_t size, bool link);

/* makes it a datagram of IPv4 from 10.9.0.HOST, with bytes */
void peer_datagram(unsigned host, unsigned from, unsigned to, const uint8_t *bytes, size_t size);

/* makes it a segment with bytes that continues the guest's connection of IPv4 */
void peer_segment(const uint8_t *bytes, size_t size);

/* makes a frame, or lets time pass, as the input says */
void peer_turn(void);

/* the guest knows its peer's address on the link */
void peer_known(void);

/* the guest knows nobody, and has no fragments: nothing that came from the peer is left */
void peer_forgotten(void);

/* the memory that lwIP has in use, of its heap and of each pool: equal before and after an input */
void peer_memory_note(void);
void peer_memory_check(void);

#endif
