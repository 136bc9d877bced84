/* SPDX-License-Identifier: ISC */
/* process.c -- programs that the generator runs */
#include "base/process.h"

#include <errno.h>
#include <sys/wait.h>

#include "base/diag.h"

int process_wait(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fatal("wait for a program:");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
