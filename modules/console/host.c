/* SPDX-License-Identifier: ISC */
/* console/host.c -- copies the guest's text to standard output */
#include "core.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static bool goes_on;                    /* --console-lost */

void option_console_lost(unsigned device, const char *value)
{
	(void)device;
	goes_on = !strcmp(value, "go-on");
	if (!goes_on && strcmp(value, "end"))
		fail("--console-lost=%s: accepted are end and go-on", value);
}

/* text that standard output doesn't accept is lost, as solo5.h says: a full disk may have room again later */
static void lost(void)
{
	static bool said;

	if (!said)
		message("standard output: %m; the guest's text is lost");
	said = true;
}

/* A program in a pipe without a reader ends by SIGPIPE; shells report 128 + SIGPIPE. */
int64_t host_console_write(const uint8_t *text, uint64_t size)
{
	if (output_write(STDOUT_FILENO, text, size))
		return RESULT_OK;
	if (errno != EPIPE && errno != ECONNRESET)
		lost();
	else if (!goes_on)
		guest_exit(128 + SIGPIPE);
	return RESULT_OK;
}
