/* SPDX-License-Identifier: ISC */
/*
 * launch.c -- times processes from launch to exit, taking turns
 *
 * usage: launch RUNS COMMAND...     a command is one word: a program without arguments
 *
 * Prints one line for each command: its median in microseconds. The commands take
 * turns, so a change of the machine's speed affects all of them. Each round begins with
 * another, and every other pass over these rounds goes backwards, so that of three commands
 * the first two run equally often after the third, which may do more to the caches.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double run(char *program, const posix_spawn_file_actions_t *actions)
{
	char *words[] = {program, NULL};
	double start = now();
	int status;
	pid_t child;

	if (posix_spawn(&child, program, actions, NULL, words, environ) || waitpid(child, &status, 0) != child) {
		perror(program);
		exit(1);
	}
	if (status) {
		fprintf(stderr, "launch: %s: status 0x%x\n", program, (unsigned)status);
		exit(1);
	}
	return now() - start;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* whose turn it is: the first pass of three is 0 1 2, 1 2 0, 2 0 1, the second the same backwards */
static int command_at(int turn, int commands)
{
	int pass = commands * commands, at = turn % pass;

	if (turn / pass % 2)
		at = pass - 1 - at;
	return (at / commands + at) % commands;
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0, commands = argc - 2;
	posix_spawn_file_actions_t actions;
	double *times;

	if (runs < 1) {
		fprintf(stderr, "usage: launch RUNS COMMAND...\n");
		return 1;
	}
	times = calloc((size_t)(runs * commands), sizeof(*times));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	for (int r = -1; r < runs; r++)         /* the first round warms the caches */
		for (int turn = 0; turn < commands; turn++) {
			int c = command_at((r + 1) * commands + turn, commands);
			double took = run(argv[c + 2], &actions);

			if (r >= 0)
				times[c * runs + r] = took;
		}
	for (int c = 0; c < commands; c++) {
		qsort(times + c * runs, (size_t)runs, sizeof(*times), compare);
		printf("%.1f\n", times[c * runs + runs / 2]);
	}
	return 0;
}
