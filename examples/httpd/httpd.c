/* SPDX-License-Identifier: ISC */
/*
 * httpd.c -- an HTTP server: its arguments, its interface, its loop
 *
 *	--ip=10.0.0.2/24 --gateway=10.0.0.1     its address; without --ip, it uses DHCP
 *	--hostname=NAME                         its name for the DHCP server
 *	--port=80                               443 with TLS
 */
#include <string.h>
#include <uk.h>
#include <uk_lwip.h>

#include "channel.h"
#include "server.h"

struct arguments {
	struct uk_lwip_arguments network;
	const char *port;
};

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static int fail(const char *what, const char *more)
{
	say("httpd: ");
	say(what);
	say(more);
	say("\n");
	return 1;
}

/* keeps the argument that the word is; false if it is none, or has no value */
static bool word_take(struct arguments *arguments, const char *word)
{
	static const char name[] = "--port=";

	if (uk_lwip_argument(&arguments->network, word))
		return true;
	if (strncmp(word, name, sizeof(name) - 1) || !word[sizeof(name) - 1])
		return false;
	arguments->port = word + sizeof(name) - 1;
	return true;
}

static bool arguments_parse(struct arguments *arguments)
{
	char **words;
	int count;

	uk_arguments(&count, &words);
	for (int i = 1; i < count; i++)
		if (!word_take(arguments, words[i]))
			return false;
	return true;
}

static u16_t port_parse(const char *text)
{
	unsigned port = 0;

	for (; *text >= '0' && *text <= '9' && port < 65536; text++)
		port = port * 10 + (unsigned)(*text - '0');
	return *text || port > 65535 ? 0 : (u16_t)port;
}

/* tells the address once it is known */
static void announce(struct netif *netif)
{
	char text[IP4ADDR_STRLEN_MAX];

	if (ip4_addr_isany(netif_ip4_addr(netif)))
		return;
	say("httpd: serving at ");
	say(ip4addr_ntoa_r(netif_ip4_addr(netif), text, sizeof(text)));
	say("\n");
}

int solo5_app_main(const struct solo5_start_info *info)
{
	static struct netif netif;
	struct arguments arguments = {.port = channel_port};
	const char *wrong;
	u16_t port;

	if (!arguments_parse(&arguments))
		return fail("accepted are --ip=ADDRESS/BITS, --gateway=ADDRESS, --dns=ADDRESS, --hostname=NAME and --port=NUMBER", "");
	port = port_parse(arguments.port);
	if (!port)
		return fail("the port is a number from 1 to 65535, not ", arguments.port);
	wrong = uk_lwip_arguments_check(&arguments.network);
	if (wrong)
		return fail(wrong, "");
	wrong = content_start(info);
	if (wrong)
		return fail("the device \"storage\" ", wrong);
	wrong = channel_start();
	if (wrong)
		return fail(wrong, "");
	if (uk_lwip_start(&netif, "service0", &arguments.network) != ERR_OK)
		return fail("the device \"service0\" cannot be used", "");
	if (!server_start(port))
		return fail("no memory to listen", "");
	netif_set_status_callback(&netif, announce);
	/* a bridge and the host learn the address from lwIP's announcement, so that leaves first */
	uk_lwip_poll(1);
	announce(&netif);
	while (!uk_stop_requested())
		uk_lwip_poll(UK_LWIP_FOREVER);
	server_stop();
	while (!server_has_ended())
		uk_lwip_poll(UK_LWIP_FOREVER);
	return 0;
}
