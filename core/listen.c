/* SPDX-License-Identifier: ISC */
/* listen.c -- listens at a path, for modules with an option that names one */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core.h"

/* a socket that an earlier appliance left: nothing listens there */
static void abandoned_remove(const struct sockaddr_un *address)
{
	int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct stat status;

	if (!lstat(address->sun_path, &status) && S_ISSOCK(status.st_mode) &&
	    connect(probe, (const struct sockaddr *)address, sizeof(*address)) && errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(probe);
}

int listen_unix(const char *option, const char *path, int waiting)
{
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (!*path || strlen(path) >= sizeof(address.sun_path))
		fail("--%s=unix:%s: a socket's path has 1 to %lu characters", option, path, (unsigned long)sizeof(address.sun_path) - 1);
	strcpy(address.sun_path, path);
	abandoned_remove(&address);
	if (listener < 0 || bind(listener, (const struct sockaddr *)&address, sizeof(address)) || listen(listener, waiting))
		fail("--%s=unix:%s:", option, path);
	return listener;
}
