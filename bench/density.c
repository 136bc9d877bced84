/* SPDX-License-Identifier: ISC */
/*
 * density.c -- starts HTTP appliances one after another, sends each a request, then all of them again, and adds up their memory
 *
 * usage: density COUNT APPLIANCE [announced]
 *
 * Appliance i gets the TAP interface tapI, which must exist, and the address that
 * address_of returns. It is asked as soon as it was started; with the word "announced",
 * once it has said on standard output where it serves. Prints lines of a number, a tab, and what it is.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { COUNT_MAX = 1000, ANSWER_TIME = 20000 /* ms */ };

static struct instance {
	pid_t process;
	double ready;           /* ms from launch to the answer's first byte */
} instances[COUNT_MAX];

/* KiB, of all */
static unsigned long private, proportional;

static char text[65536];

static _Noreturn void die(const char *what, unsigned i)
{
	fprintf(stderr, "density: appliance %u: %s\n", i, what);
	exit(1);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static const char *address_of(unsigned i)
{
	static char address[32];

	snprintf(address, sizeof(address), "10.9.%u.%u", 1 + i / 250, 1 + i % 250);
	return address;
}

/* requests the page; returns when its first byte has arrived */
static void ask(unsigned i)
{
	static const char request[] = "GET / HTTP/1.1\r\nHost: density\r\nConnection: close\r\n\r\n";
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};
	struct timeval limit = {ANSWER_TIME / 1000, 0};
	int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	inet_pton(AF_INET, address_of(i), &address.sin_addr);
	setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (connect(file, (void *)&address, sizeof(address)) || write(file, request, sizeof(request) - 1) < 0)
		die(strerror(errno), i);
	if (read(file, text, sizeof(text)) < 15 || memcmp(text, "HTTP/1.1 200 OK", 15))
		die("no answer, or not the page", i);
	close(file);
}

/* standard output of the next appliance: the second end of a pipe, or nothing */
static void output_open(posix_spawn_file_actions_t *actions, const int *ends)
{
	posix_spawn_file_actions_init(actions);
	if (ends)
		posix_spawn_file_actions_adddup2(actions, ends[1], STDOUT_FILENO);
	else
		posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
}

/* returns when a line has come; it may come in parts */
static void line_await(int file, unsigned i)
{
	do
		if (read(file, text, 1) != 1)
			die("ended too early", i);
	while (*text != '\n');
}

static void start(unsigned i, char *appliance, const int *ends)
{
	char net[32], ip[64];
	char *words[] = {appliance, net, "--", ip, NULL};
	posix_spawn_file_actions_t actions;
	double launched;

	snprintf(net, sizeof(net), "--net:service0=tap%u", i);
	snprintf(ip, sizeof(ip), "--ip=%s/16", address_of(i));
	output_open(&actions, ends);
	launched = now();
	errno = posix_spawn(&instances[i].process, appliance, &actions, NULL, words, NULL);
	if (errno)
		die(strerror(errno), i);
	posix_spawn_file_actions_destroy(&actions);
	if (ends)
		line_await(ends[0], i);
	ask(i);
	instances[i].ready = now() - launched;
}

/* the sum of the lines of a file like /proc/PID/smaps_rollup that begin with a word */
static unsigned long sum_of(const char *path, const char *word)
{
	FILE *lines = fopen(path, "r");
	unsigned long sum = 0;

	if (!lines)
		return 0;
	while (fgets(text, sizeof(text), lines))
		if (!strncmp(text, word, strlen(word)))
			sum += strtoul(strchr(text, ':') + 1, NULL, 10);
	fclose(lines);
	return sum;
}

static void memory_add(unsigned i)
{
	char path[64];
	unsigned long own;

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", instances[i].process);
	own = sum_of(path, "Private_");
	if (!own)
		die("ended too early", i);
	private += own;
	proportional += sum_of(path, "Pss:");
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void table_print(unsigned count, double took, unsigned long all)
{
	static double times[COUNT_MAX];

	for (unsigned i = 0; i < count; i++)
		times[i] = instances[i].ready;
	qsort(times, count, sizeof(times[0]), compare);
	printf("%u\tappliances, all answering\n", count);
	printf("%.1f\tlaunch to first served byte, median, ms\n", times[count / 2]);
	printf("%.1f\tthe same, nine of ten are faster, ms\n", times[count * 9 / 10]);
	printf("%.1f\tthe same, the slowest, ms\n", times[count - 1]);
	printf("%.1f\tstarted and asked, a second\n", count * 1e3 / took);
	printf("%lu\tprivate memory of each, KiB\n", private / count);
	printf("%lu\tthe same and its part of what they share, KiB\n", proportional / count);
	printf("%lu\tthe same and what the kernel keeps for it, KiB *\n", all / count);
	printf("%.1f\tmemory that all took, MiB *\n", (double)all / 1024);
}

int main(int argc, char **argv)
{
	unsigned count = argc >= 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	bool announced = argc == 4 && !strcmp(argv[3], "announced");
	unsigned long before, after;
	double began, took;
	int ends[2];

	if (!count || count > COUNT_MAX || argc > 3 + announced) {
		fprintf(stderr, "usage: density COUNT APPLIANCE [announced]; COUNT is 1 to %d\n", COUNT_MAX);
		return 1;
	}
	if (pipe2(ends, O_CLOEXEC))
		die(strerror(errno), 0);
	before = sum_of("/proc/meminfo", "MemAvailable:");
	began = now();
	for (unsigned i = 0; i < count; i++)
		start(i, argv[2], announced ? ends : NULL);
	took = now() - began;
	for (unsigned i = 0; i < count; i++)
		ask(i);
	for (unsigned i = 0; i < count; i++)
		memory_add(i);
	after = sum_of("/proc/meminfo", "MemAvailable:");
	table_print(count, took, before > after ? before - after : 0);
	for (unsigned i = 0; i < count; i++)
		kill(instances[i].process, SIGKILL);
	return 0;
}
