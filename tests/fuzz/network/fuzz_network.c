/* SPDX-License-Identifier: ISC */
/*
 * fuzz_network.c -- lwIP as guests have it, with a peer that sends what it likes
 *
 * The guest has IPv4 and IPv6, an echo server of TCP whose queue has room for four,
 * and one of UDP. The input is what the peer does: frames as they are, packets of
 * any protocol, segments of TCP near the numbers that the guest last sent, so that
 * connections are made and used, and time passes. Checksums are not looked at.
 * Each frame lies in memory of exactly its size.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk.h>
#include <uk_lwip.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/udp.h"

#include "interface.h"

enum { ECHO = 7, ECHO_DATAGRAMS = 9, BACKLOG = 4, FRAME_MOST = 1514, FRAME = 4096, TCP_AT = 34, SECOND = 1000000000 };

static const uint8_t *input;
static size_t input_left;
static uint64_t now = SECOND;
static uint8_t frame[FRAME], sent[2048];
static size_t frame_size;               /* 0: none is there */
static uint32_t guest_next, peer_next;  /* as the guest's last segment said */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned input_byte(void)
{
	if (!input_left)
		return 0;
	input_left--;
	return *input++;
}

/* at most so many bytes of it; how many */
static size_t input_bytes(uint8_t *to, size_t most)
{
	size_t size = input_left < most ? input_left : most;

	memcpy(to, input, size);
	input += size;
	input_left -= size;
	return size;
}

static uint32_t number_read(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void number_write(uint8_t *at, uint32_t number)
{
	for (int i = 3; i >= 0; i--, number >>= 8)
		at[i] = (uint8_t)number;
}

/* the guest's device */

solo5_time_t solo5_clock_monotonic(void)
{
	return now;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready)
{
	(void)ready;
	if (deadline > now && deadline != UINT64_MAX)
		now = deadline;
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
{
	(void)name;
	*handle = 0;
	*info = (struct solo5_net_info){.mac_address = {2, 0, 0, 0, 0, 7}, .mtu = 1500};
	return SOLO5_R_OK;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *bytes, size_t size)
{
	(void)handle;
	(void)bytes;
	(void)size;
	return SOLO5_R_OK;
}

void uk_random(void *bytes, size_t size)
{
	memset(bytes, 7, size);
}

bool uk_net_is_up(solo5_handle_t handle)
{
	(void)handle;
	return true;
}

solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **bytes)
{
	(void)handle;
	*bytes = sent;
	return SOLO5_R_OK;
}

solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size)
{
	(void)handle;
	if (size < TCP_AT + 20 || sent[12] != 8 || sent[13] || sent[23] != IP_PROTO_TCP)
		return SOLO5_R_OK;
	guest_next = number_read(sent + TCP_AT + 4) + !!(sent[TCP_AT + 13] & TCP_SYN);
	peer_next = number_read(sent + TCP_AT + 8);
	return SOLO5_R_OK;
}

solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **bytes, size_t *size)
{
	uint8_t *copy;

	(void)handle;
	if (!frame_size)
		return SOLO5_R_AGAIN;
	copy = malloc(frame_size);
	memcpy(copy, frame, frame_size);
	*bytes = copy;
	*size = frame_size;
	frame_size = 0;
	return SOLO5_R_OK;
}

solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *bytes)
{
	(void)handle;
	free((void *)bytes);
	return SOLO5_R_OK;
}

/* the application */

static err_t received(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
	uint8_t bytes[2000];
	uint16_t size;

	(void)argument;
	(void)error;
	if (!data) {
		tcp_close(pcb);
		return ERR_OK;
	}
	size = pbuf_copy_partial(data, bytes, sizeof(bytes), 0);
	tcp_recved(pcb, data->tot_len);
	pbuf_free(data);
	/* twice, so that more is on its way than came */
	for (int i = 0; i < 2; i++)
		tcp_write(pcb, bytes, size, TCP_WRITE_FLAG_COPY);
	tcp_output(pcb);
	return ERR_OK;
}

static err_t accepted(void *argument, struct tcp_pcb *pcb, err_t error)
{
	(void)argument;
	if (error != ERR_OK || !pcb)
		return ERR_VAL;
	tcp_recv(pcb, received);
	return ERR_OK;
}

static void datagram_received(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from, u16_t port)
{
	(void)argument;
	udp_sendto(pcb, data, from, port);
	pbuf_free(data);
}

static void start(void)
{
	static struct netif netif;
	static bool started;
	struct uk_lwip_arguments arguments = {.ip = "10.9.0.2/24", .gateway = "10.9.0.1", .ip6 = "fd00::2/64"};
	struct tcp_pcb *listener;
	struct udp_pcb *datagrams;

	if (started)
		return;
	started = true;
	if (uk_lwip_start(&netif, "service0", &arguments) != ERR_OK)
		abort();
	listener = tcp_new_ip_type(IPADDR_TYPE_ANY);
	tcp_bind(listener, IP_ANY_TYPE, ECHO);
	tcp_accept(tcp_listen_with_backlog(listener, BACKLOG), accepted);
	datagrams = udp_new_ip_type(IPADDR_TYPE_ANY);
	udp_bind(datagrams, IP_ANY_TYPE, ECHO_DATAGRAMS);
	udp_recv(datagrams, datagram_received, NULL);
	/* addresses of IPv6 are asked for first */
	for (int i = 0; i < 40; i++)
		uk_lwip_poll(now + SECOND / 10);
}

/* the peer */

static void head_make(const char *type)
{
	static const uint8_t addresses[] = {2, 0, 0, 0, 0, 7, 2, 0, 0, 0, 0, 1};

	memset(frame, 0, sizeof(frame));
	memcpy(frame, addresses, sizeof(addresses));
	memcpy(frame + 12, type, 2);
}

static void ip4_make(unsigned protocol, size_t size)
{
	head_make("\x08\x00");
	frame[14] = 0x45;
	frame[16] = (uint8_t)((20 + size) >> 8);
	frame[17] = (uint8_t)(20 + size);
	frame[22] = 64;
	frame[23] = (uint8_t)protocol;
	memcpy(frame + 26, "\x0a\x09\x00\x01\x0a\x09\x00\x02", 8);
	frame_size = TCP_AT + size;
}

static void segment_make(void)
{
	unsigned flags = input_byte(), port = input_byte() % 8, ahead = input_byte(), behind = input_byte();
	unsigned options = input_byte() % 11 * 4, size = input_byte() * 5, had;
	uint8_t *tcp = frame + TCP_AT;

	ip4_make(IP_PROTO_TCP, 20 + options + size);
	tcp[0] = 40;
	tcp[1] = (uint8_t)port;
	tcp[3] = ECHO;
	number_write(tcp + 4, peer_next + (ahead < 128 ? ahead : (ahead - 256) * TCP_MSS));
	number_write(tcp + 8, guest_next - (behind < 200 ? behind * 37 : 0) + (behind >= 250 ? behind - 250 : 0));
	tcp[12] = (uint8_t)((5 + options / 4) << 4);
	tcp[13] = (uint8_t)flags;
	input_bytes(tcp + 14, 2);
	input_bytes(tcp + 20, options);
	had = options >= 12 ? input_byte() : 0;
	/* a range that it has */
	if (had & 1) {
		memcpy(tcp + 20, "\x01\x01\x05\x0a", 4);
		number_write(tcp + 24, guest_next - input_byte() * 100);
		number_write(tcp + 28, number_read(tcp + 24) + input_byte() * 50);
	}
}

static void packet4_make(void)
{
	size_t size = input_byte() * 3;
	unsigned flags = input_byte(), offset = input_byte();

	ip4_make(input_byte(), size);
	frame[20] = flags & 0x3f;
	frame[21] = (uint8_t)offset;
	input_bytes(frame + TCP_AT, size);
}

static void packet6_make(void)
{
	size_t size = input_byte() * 3;
	bool link = input_byte() & 1;

	head_make("\x86\xdd");
	frame[14] = 0x60;
	frame[18] = (uint8_t)(size >> 8);
	frame[19] = (uint8_t)size;
	frame[20] = (uint8_t)input_byte();
	frame[21] = 255;
	memcpy(frame + 22, link ? "\xfe\x80" : "\xfd", 2);
	frame[37] = 1;
	frame[38] = 0xfd;
	frame[53] = 2;
	frame_size = 54 + input_bytes(frame + 54, size);
}

static void raw_make(bool for_guest)
{
	size_t size = input_byte() * 4 + input_byte() % 4;

	memset(frame, 0, sizeof(frame));
	frame_size = input_bytes(frame, size < FRAME_MOST ? size : FRAME_MOST);
	if (for_guest)
		memcpy(frame, "\x02\x00\x00\x00\x00\x07", 6);
}

static void turn(void)
{
	unsigned what = input_byte();
	bool other = what & 32;

	switch (what % 5) {
	case 0:
		raw_make(other);
		break;
	case 1:
	case 2:
		segment_make();
		break;
	case 3:
		now += (uint64_t)input_byte() * (other ? SECOND / 10 : SECOND / 1000);
		break;
	default:
		if (other)
			packet4_make();
		else
			packet6_make();
	}
	uk_lwip_move();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start();
	input = data;
	input_left = size;
	while (input_left)
		turn();
	/* the next input finds no connection, and no fragment that waits */
	while (tcp_active_pcbs)
		tcp_abort(tcp_active_pcbs);
	while (tcp_tw_pcbs)
		tcp_abort(tcp_tw_pcbs);
	now += 30ull * SECOND;
	for (int i = 0; i < 5; i++)
		uk_lwip_move();
	return 0;
}
