/* SPDX-License-Identifier: ISC */
/*
 * httpd.c -- an HTTP server: its arguments, its interface, its loop
 *
 *	--ip=10.0.0.2/24 --gateway=10.0.0.1     its address; without --ip, DHCP finds one
 *	--port=80
 */
#include <string.h>
#include <uk.h>
#include <uk_lwip.h>

#include "server.h"

struct arguments {
	const char *ip, *gateway, *port;
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

/* sets the argument that the word names; false if there is none, or it has no value */
static bool word_take(struct arguments *arguments, const char *word)
{
	const struct {
		const char *name;
		const char **value;
	} names[] = {{"--ip=", &arguments->ip}, {"--gateway=", &arguments->gateway}, {"--port=", &arguments->port}};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i].name);

		if (strncmp(word, names[i].name, length) || !word[length])
			continue;
		*names[i].value = word + length;
		return true;
	}
	return false;
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
	struct arguments arguments = {.port = "80"};
	struct uk_lwip_address address;
	const char *wrong;
	u16_t port;

	if (!arguments_parse(&arguments))
		return fail("accepted are --ip=ADDRESS/BITS, --gateway=ADDRESS and --port=NUMBER", "");
	port = port_parse(arguments.port);
	if (!port)
		return fail("the port is a number from 1 to 65535, not ", arguments.port);
	if (!arguments.ip && arguments.gateway)
		return fail("--gateway is for an address given by --ip", "");
	if (arguments.ip && !uk_lwip_address_parse(&address, arguments.ip, arguments.gateway))
		return fail("addresses are written as in --ip=10.0.0.2/24 --gateway=10.0.0.1", "");
	wrong = content_start(info);
	if (wrong)
		return fail("the device \"storage\" ", wrong);
	if (uk_lwip_add(&netif, "service0", arguments.ip ? &address : NULL) != ERR_OK)
		return fail("the device \"service0\" cannot be used", "");
	if (!server_start(port))
		return fail("no memory to listen", "");
	netif_set_status_callback(&netif, announce);
	announce(&netif);
	while (!uk_stop_requested())
		uk_lwip_poll(UK_LWIP_FOREVER);
	server_stop();
	while (!server_has_ended())
		uk_lwip_poll(UK_LWIP_FOREVER);
	return 0;
}
