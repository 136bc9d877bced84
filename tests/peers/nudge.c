/* SPDX-License-Identifier: ISC */
/*
 * nudge.c -- runs a program, and repeatedly stops it, continues it and sends it a signal that it ignores
 *
 * usage: nudge TURNS PROGRAM ARGUMENT...
 *
 * A turn takes 5 ms. Then the program is left alone until it ends. The status is the
 * program's, or 1 if it ended within a tenth of the turns.
 */
#include <err.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	int turns, turn = 0, status;
	bool ended = false;
	pid_t child;

	if (count < 3 || (turns = atoi(words[1])) <= 0)
		errx(2, "usage: nudge TURNS PROGRAM ARGUMENT...");
	child = fork();
	if (child < 0)
		err(2, "fork");
	if (!child) {
		execv(words[2], words + 2);
		err(2, "%s", words[2]);
	}
	for (; turn < turns && !(ended = waitpid(child, &status, WNOHANG) == child); turn++) {
		kill(child, SIGSTOP);
		kill(child, SIGCONT);
		kill(child, SIGWINCH);
		nanosleep(&pause, NULL);
	}
	if (!ended && waitpid(child, &status, 0) != child)
		err(2, "waitpid");
	if (turn < turns / 10)
		errx(1, "it ended after %d turns", turn);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
