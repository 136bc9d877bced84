/* SPDX-License-Identifier: ISC */
/*
 * lease6_message.c -- messages of DHCPv6 as bytes (RFC 8415)
 *
 * A client has one address of one interface (IA_NA), and is known by that interface's MAC address (DUID-LL).
 * Answers come from anybody on the link. Each option's length is checked against what contains it, and each
 * value when it is read; what is malformed anywhere is not an answer.
 */
#include "lease6_message.h"

#include <string.h>

enum option_code {
	CLIENT_ID = 1, SERVER_ID, ADDRESSES, ADDRESS = 5, REQUESTED, PREFERENCE, ELAPSED, STATUS = 13, RAPID_COMMIT, NAME_SERVERS = 23,
	REFRESH_TIME = 32, SOLICIT_MOST = 82, INFORM_MOST,
};

enum {
	HEADER_SIZE = 4, OPTION_SIZE = 4, CLIENT_ID_SIZE = 4 + NETIF_MAX_HWADDR_LEN,
	ADDRESSES_SIZE = 12, ADDRESS_SIZE = 24, IP_SIZE = 16,
	ASSOCIATION = 1,        /* the identifier of the only one */
	REFRESH_LEAST = 600, MOST_LEAST = 60, MOST_MOST = 86400,
};

struct option {
	unsigned code;
	const u8_t *bytes;
	size_t size;
};

struct options {
	const u8_t *at;
	size_t left;
	bool bad;               /* the rest is malformed */
};

/* those behind a head of so many bytes; bad if they are not even these */
static struct options options_after(const u8_t *bytes, size_t size, size_t head)
{
	return size < head ? (struct options){.bad = true} : (struct options){bytes + head, size - head, false};
}

static u32_t number(const u8_t *bytes, unsigned size)
{
	u32_t value = 0;

	while (size--)
		value = value << 8 | *bytes++;
	return value;
}

static u8_t *number_write(u8_t *at, u32_t value, unsigned size)
{
	for (unsigned i = size; i > 0; i--, value >>= 8)
		at[i - 1] = (u8_t)value;
	return at + size;
}

static u8_t *option_begin(u8_t *at, enum option_code code, size_t size)
{
	return number_write(number_write(at, code, 2), (u32_t)size, 2);
}

/* a link-layer address (3) of Ethernet (1) */
static void client_id_make(u8_t id[CLIENT_ID_SIZE], const struct netif *netif)
{
	memcpy(number_write(number_write(id, 3, 2), 1, 2), netif->hwaddr, NETIF_MAX_HWADDR_LEN);
}

/* the options that servers are to send */
static u8_t *requested_write(u8_t *at)
{
	static const u8_t codes[] = {NAME_SERVERS, REFRESH_TIME, SOLICIT_MOST, INFORM_MOST};

	at = option_begin(at, REQUESTED, 2 * sizeof(codes));
	for (size_t i = 0; i < sizeof(codes); i++)
		at = number_write(at, codes[i], 2);
	return at;
}

/* its times are the server's to choose */
static u8_t *addresses_write(u8_t *at, const ip6_addr_t *address)
{
	at = option_begin(at, ADDRESSES, ADDRESSES_SIZE + (address ? OPTION_SIZE + ADDRESS_SIZE : 0));
	at = number_write(at, ASSOCIATION, 4);
	memset(at, 0, 8);
	at += 8;
	if (!address)
		return at;
	at = option_begin(at, ADDRESS, ADDRESS_SIZE);
	memcpy(at, address->addr, IP_SIZE);
	memset(at + IP_SIZE, 0, 8);
	return at + ADDRESS_SIZE;
}

size_t lease6_write(u8_t bytes[LEASE6_QUESTION_MOST], const struct netif *netif, const struct lease6_question *question)
{
	u8_t *at = number_write(number_write(bytes, question->type, 1), question->transaction, 3);

	at = option_begin(at, CLIENT_ID, CLIENT_ID_SIZE);
	client_id_make(at, netif);
	at = option_begin(at + CLIENT_ID_SIZE, ELAPSED, 2);
	at = number_write(at, question->elapsed, 2);
	if (question->server) {
		at = option_begin(at, SERVER_ID, question->server->size);
		memcpy(at, question->server->id, question->server->size);
		at += question->server->size;
	}
	if (question->type == LEASE6_SOLICIT)
		at = option_begin(at, RAPID_COMMIT, 0);
	if (question->type != LEASE6_CONFIRM && question->type != LEASE6_DECLINE)
		at = requested_write(at);
	if (question->type != LEASE6_INFORMATION)
		at = addresses_write(at, question->address);
	return (size_t)(at - bytes);
}

/* false at the end, and if the next one is malformed */
static bool option_next(struct options *options, struct option *option)
{
	if (!options->left)
		return false;
	options->bad = options->left < OPTION_SIZE || number(options->at + 2, 2) > options->left - OPTION_SIZE;
	if (options->bad)
		return false;
	option->code = number(options->at, 2);
	option->size = number(options->at + 2, 2);
	option->bytes = options->at + OPTION_SIZE;
	options->at += OPTION_SIZE + option->size;
	options->left -= OPTION_SIZE + option->size;
	return true;
}

static void ip_read(ip6_addr_t *ip, const u8_t *bytes)
{
	ip6_addr_set_zero(ip);
	memcpy(ip->addr, bytes, IP_SIZE);
}

static bool is_ours(const ip6_addr_t *ip, const struct lease6_question *question)
{
	return question->address && ip6_addr_cmp_zoneless(ip, question->address);
}

/* one that others can reach, and that can be this host's alone */
static bool address_is_usable(const ip6_addr_t *ip)
{
	return ip6_addr_isglobal(ip) || ip6_addr_isuniquelocal(ip);
}

static bool address_read(struct lease6_answer *answer, const struct option *option, const struct lease6_question *question)
{
	struct options options = options_after(option->bytes, option->size, ADDRESS_SIZE);
	struct option inner;
	u32_t preferred, valid;
	bool refused = false;
	ip6_addr_t ip;

	if (options.bad)
		return false;
	while (option_next(&options, &inner))
		refused |= inner.code == STATUS && (inner.size < 2 || number(inner.bytes, 2) != LEASE6_SUCCESS);
	ip_read(&ip, option->bytes);
	preferred = number(option->bytes + IP_SIZE, 4);
	valid = number(option->bytes + IP_SIZE + 4, 4);
	if (is_ours(&ip, question) && !valid)
		answer->ends = true;
	/* one is enough: that which is in use, or else the first */
	if (options.bad || refused || !valid || preferred > valid || !address_is_usable(&ip) || (answer->has_address && !is_ours(&ip, question)))
		return !options.bad;
	answer->has_address = true;
	answer->address = ip;
	answer->preferred = preferred;
	answer->valid = valid;
	return true;
}

static bool status_read(u16_t *status, const struct option *option)
{
	if (option->size < 2)
		return false;
	if (!*status)
		*status = (u16_t)number(option->bytes, 2);
	return true;
}

static bool addresses_read(struct lease6_answer *answer, const struct option *option, const struct lease6_question *question)
{
	struct options options = options_after(option->bytes, option->size, ADDRESSES_SIZE);
	struct option inner;
	u32_t renew, rebind;

	if (options.bad)
		return false;
	renew = number(option->bytes + 4, 4);
	rebind = number(option->bytes + 8, 4);
	/* RFC 8415, 21.4: then it is as if it weren't there */
	if (number(option->bytes, 4) != ASSOCIATION || (rebind && renew > rebind))
		return true;
	answer->renew = renew;
	answer->rebind = rebind;
	while (option_next(&options, &inner))
		if ((inner.code == STATUS && !status_read(&answer->status, &inner)) ||
		    (inner.code == ADDRESS && !address_read(answer, &inner, question)))
			return false;
	return !options.bad;
}

static bool server_read(struct lease6_answer *answer, const struct option *option)
{
	if (!option->size || option->size > sizeof(answer->server.id))
		return false;
	answer->server.size = (u16_t)option->size;
	memcpy(answer->server.id, option->bytes, option->size);
	return true;
}

static bool names_read(struct lease6_answer *answer, const struct option *option)
{
	for (size_t at = 0; at < option->size && answer->names_count < LEASE6_SERVERS; at += IP_SIZE) {
		ip6_addr_t *name = &answer->names[answer->names_count];

		if (option->size - at < IP_SIZE)
			return false;
		ip_read(name, option->bytes + at);
		answer->names_count += address_is_usable(name) || ip6_addr_islinklocal(name);
	}
	return true;
}

static u32_t most_read(const struct option *option)
{
	u32_t most = option->size == 4 ? number(option->bytes, 4) : 0;

	return most < MOST_LEAST || most > MOST_MOST ? 0 : most;
}

static bool option_read(struct lease6_answer *answer, const struct option *option, const struct lease6_question *question)
{
	switch (option->code) {
	case SERVER_ID:
		return server_read(answer, option);
	case ADDRESSES:
		return addresses_read(answer, option, question);
	case STATUS:
		return status_read(&answer->status, option);
	case NAME_SERVERS:
		return names_read(answer, option);
	case PREFERENCE:
		if (option->size == 1)
			answer->preference = option->bytes[0];
		return option->size == 1;
	case RAPID_COMMIT:
		answer->rapid = true;
		return true;
	case REFRESH_TIME:
		if (option->size == 4)
			answer->refresh = LWIP_MAX(number(option->bytes, 4), REFRESH_LEAST);
		return option->size == 4;
	case SOLICIT_MOST:
		answer->solicit_most = most_read(option);
		return true;
	case INFORM_MOST:
		answer->inform_most = most_read(option);
		return true;
	default:
		return true;
	}
}

bool lease6_read(struct lease6_answer *answer, const u8_t *bytes, size_t size, const struct netif *netif,
		 const struct lease6_question *question)
{
	struct options options = options_after(bytes, size, HEADER_SIZE);
	u8_t id[CLIENT_ID_SIZE];
	struct option option;
	bool is_ours = false;

	memset(answer, 0, sizeof(*answer));
	if (options.bad || (bytes[0] != LEASE6_ADVERTISE && bytes[0] != LEASE6_REPLY) || number(bytes + 1, 3) != question->transaction)
		return false;
	answer->type = bytes[0];
	client_id_make(id, netif);
	while (option_next(&options, &option)) {
		if (option.code == CLIENT_ID)
			is_ours = option.size == sizeof(id) && !memcmp(option.bytes, id, sizeof(id));
		else if (!option_read(answer, &option, question))
			return false;
	}
	return !options.bad && is_ours && answer->server.size;
}
