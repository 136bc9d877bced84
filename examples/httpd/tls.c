/* SPDX-License-Identifier: ISC */
/*
 * tls.c -- encrypted connections: TLS over lwIP
 *
 * Mbed TLS reads from received frames, and writes into lwIP's send buffer. Records
 * for which lwIP has no room stay in Mbed TLS, which takes no more data until they
 * are sent.
 */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <stdio.h>
#include <stdlib.h>

#include "channel.h"

enum {
	RECORD_MOST = 16384,
	RECORD_HEAD = 64,               /* more than any cipher adds to a record */
	TICKET_SECONDS = 3600,
};

struct session {
	mbedtls_ssl_context ssl;
};

const char channel_port[] = "443";

static mbedtls_ssl_config config;
static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context generator;
static mbedtls_ssl_ticket_context tickets;
static mbedtls_x509_crt chain;
static mbedtls_pk_context key;

static const int ciphers[] = {
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, 0,
};

/* of those that a client has, the first is used */
static const mbedtls_ecp_group_id curves[] = {
	MBEDTLS_ECP_DP_CURVE25519, MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_SECP384R1, MBEDTLS_ECP_DP_NONE,
};

static const char *key_read(void)
{
	mbedtls_x509_crt_init(&chain);
	mbedtls_pk_init(&key);
	if (mbedtls_x509_crt_parse_file(&chain, "/tls/certificate.pem"))
		return "/tls/certificate.pem is not there, or not a chain of certificates in PEM";
	if (mbedtls_pk_parse_keyfile(&key, "/tls/key.pem", NULL))
		return "/tls/key.pem is not there, or not a private key in PEM without a password";
	if (mbedtls_pk_check_pair(&chain.pk, &key))
		return "/tls/key.pem is not the key of the first certificate in /tls/certificate.pem";
	return NULL;
}

/* an expired certificate is served: a client that knows of it may accept it, and one that does not says what is wrong */
static void dates_look(void)
{
	for (const mbedtls_x509_crt *certificate = &chain; certificate; certificate = certificate->next)
		if (mbedtls_x509_time_is_past(&certificate->valid_to))
			puts("httpd: warning: a certificate in /tls/certificate.pem has expired; clients will refuse it");
		else if (mbedtls_x509_time_is_future(&certificate->valid_from))
			puts("httpd: warning: a certificate in /tls/certificate.pem is not valid yet; clients will refuse it");
}

const char *channel_start(void)
{
	static const char *protocols[] = {"http/1.1", NULL};
	const char *wrong = key_read();

	if (wrong)
		return wrong;
	dates_look();
	mbedtls_entropy_init(&entropy);
	mbedtls_ctr_drbg_init(&generator);
	mbedtls_ssl_config_init(&config);
	mbedtls_ssl_ticket_init(&tickets);
	if (mbedtls_ctr_drbg_seed(&generator, mbedtls_entropy_func, &entropy, NULL, 0) ||
	    mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT) ||
	    mbedtls_ssl_ticket_setup(&tickets, mbedtls_ctr_drbg_random, &generator, MBEDTLS_CIPHER_AES_256_GCM, TICKET_SECONDS) ||
	    mbedtls_ssl_conf_alpn_protocols(&config, protocols) || mbedtls_ssl_conf_own_cert(&config, &chain, &key))
		return "there is no memory for TLS";
	mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &generator);
	mbedtls_ssl_conf_ciphersuites(&config, ciphers);
	mbedtls_ssl_conf_curves(&config, curves);
	mbedtls_ssl_conf_session_tickets_cb(&config, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse, &tickets);
	return NULL;
}

static int send(void *argument, const unsigned char *bytes, size_t size)
{
	struct channel *channel = argument;
	size_t room = tcp_sndbuf(channel->pcb), part = size < room ? size : room;

	if (!part || tcp_write(channel->pcb, bytes, (u16_t)part, TCP_WRITE_FLAG_COPY) != ERR_OK)
		return MBEDTLS_ERR_SSL_WANT_WRITE;
	return (int)part;
}

static int receive(void *argument, unsigned char *bytes, size_t size)
{
	struct channel *channel = argument;
	u16_t length = channel->pending ? pbuf_copy_partial(channel->pending, bytes, (u16_t)(size < 0xffff ? size : 0xffff), 0) : 0;

	if (!length)
		return MBEDTLS_ERR_SSL_WANT_READ;
	channel->pending = pbuf_free_header(channel->pending, length);
	tcp_recved(channel->pcb, length);
	return length;
}

bool channel_open(struct channel *channel, struct tcp_pcb *pcb)
{
	*channel = (struct channel){.pcb = pcb, .session = malloc(sizeof(*channel->session)), .opening = true};
	if (!channel->session)
		return false;
	mbedtls_ssl_init(&channel->session->ssl);
	if (mbedtls_ssl_setup(&channel->session->ssl, &config)) {
		channel_close(channel);
		return false;
	}
	mbedtls_ssl_set_bio(&channel->session->ssl, channel, send, receive, NULL);
	return true;
}

/* the handshake is part of reading */
long channel_read(struct channel *channel, char *to, size_t room)
{
	mbedtls_ssl_context *ssl = &channel->session->ssl;
	bool had = channel->unsent && ssl->state == MBEDTLS_SSL_HANDSHAKE_OVER;
	int length;

	if (!room || channel->ended)
		return 0;
	length = mbedtls_ssl_read(ssl, (unsigned char *)to, room);
	channel->opening = ssl->state != MBEDTLS_SSL_HANDSHAKE_OVER;
	channel->unsent = had || length == MBEDTLS_ERR_SSL_WANT_WRITE;
	if (length == MBEDTLS_ERR_SSL_WANT_READ || length == MBEDTLS_ERR_SSL_WANT_WRITE)
		return 0;
	channel->ended = !length || length == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY;
	return channel->ended ? 0 : length < 0 ? -1 : length;
}

size_t channel_room(struct channel *channel)
{
	size_t room = tcp_sndbuf(channel->pcb);

	/* with nothing to write, Mbed TLS sends what it still has */
	if (channel->unsent)
		channel->unsent = mbedtls_ssl_write(&channel->session->ssl, NULL, 0) < 0;
	if (channel->unsent || room <= RECORD_HEAD)
		return 0;
	return room - RECORD_HEAD < RECORD_MOST ? room - RECORD_HEAD : RECORD_MOST;
}

/* channel_room has said that there is room, so that it is one record */
bool channel_write(struct channel *channel, const void *bytes, size_t size, bool more)
{
	(void)more;
	channel->unsent = mbedtls_ssl_write(&channel->session->ssl, bytes, size) < 0;
	return true;
}

void channel_end(struct channel *channel)
{
	mbedtls_ssl_close_notify(&channel->session->ssl);
}

void channel_close(struct channel *channel)
{
	if (channel->session)
		mbedtls_ssl_free(&channel->session->ssl);
	free(channel->session);
	channel->session = NULL;
}
