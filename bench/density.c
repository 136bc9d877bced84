/* SPDX-License-Identifier: ISC */
/*
 * density.c -- starts HTTP appliances one after another, sends each a request, then all of them again, and adds up their memory
 *
 * usage: density COUNT APPLIANCE
 *
 * Appliance i gets the TAP interface tapI, which must exist, and the address that
 * address_of returns. Prints a table.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { COUNT_MAX = 1000, ANSWER_TIME = 20000 /* ms */ };

static struct instance {
	pid_t process;
	double ready;           /* ms from launch to the answer's first byte */
	unsigned long private, shared;  /* KiB */
} instances[COUNT_MAX];

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

static void start(unsigned i, char *appliance)
{
	char net[32], ip[64];
	char *words[] = {appliance, net, "--", ip, NULL};
	posix_spawn_file_actions_t actions;
	double launched;

	snprintf(net, sizeof(net), "--net:service0=tap%u", i);
	snprintf(ip, sizeof(ip), "--ip=%s/16", address_of(i));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	launched = now();
	errno = posix_spawn(&instances[i].process, appliance, &actions, NULL, words, NULL);
	if (errno)
		die(strerror(errno), i);
	posix_spawn_file_actions_destroy(&actions);
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

static void memory_read(unsigned i)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", instances[i].process);
	instances[i].private = sum_of(path, "Private_");
	instances[i].shared = sum_of(path, "Shared_");
	if (!instances[i].private)
		die("ended too early", i);
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	static double times[COUNT_MAX];
	unsigned count = argc == 3 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	unsigned long before, after, private = 0, shared = 0;
	struct stat status;
	double began, took;

	if (!count || count > COUNT_MAX || stat(argv[2], &status)) {
		fprintf(stderr, "usage: density COUNT APPLIANCE; COUNT is 1 to %d\n", COUNT_MAX);
		return 1;
	}
	before = sum_of("/proc/meminfo", "MemAvailable:");
	began = now();
	for (unsigned i = 0; i < count; i++)
		start(i, argv[2]);
	took = now() - began;
	for (unsigned i = 0; i < count; i++)
		ask(i);
	for (unsigned i = 0; i < count; i++) {
		memory_read(i);
		private += instances[i].private;
		shared += instances[i].shared;
		times[i] = instances[i].ready;
	}
	after = sum_of("/proc/meminfo", "MemAvailable:");
	qsort(times, count, sizeof(times[0]), compare);
	printf("appliances, all answering       %10u\n", count);
	printf("size of the file                %10ld bytes\n", (long)status.st_size);
	printf("launch to first served byte     %10.1f ms (median; %.1f to %.1f)\n", times[count / 2], times[0], times[count - 1]);
	printf("started and asked               %10.1f a second\n", count * 1e3 / took);
	printf("private memory of each          %10lu KiB (mean)\n", private / count);
	printf("shared memory of each           %10lu KiB (mean)\n", shared / count);
	printf("memory that all took            %10.1f MiB (what the kernel keeps for them included)\n",
	       before > after ? (double)(before - after) / 1024 : 0.0);
	for (unsigned i = 0; i < count; i++)
		kill(instances[i].process, SIGKILL);
	return 0;
}
