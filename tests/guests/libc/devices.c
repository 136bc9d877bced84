/* SPDX-License-Identifier: ISC */
/*
 * devices.c -- calls on the devices of /dev, printed with their results
 *
 * As a process it must print the same, and leaves the machine's /dev alone. With an
 * argument, a guest also tries to change its own.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

#include "say.h"

/* the whole names: ukgen looks for them */
static const char *const names[] = {
	"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/stdin", "/dev/stdout", "/dev/stderr",
};

enum { MEMORY_DEVICES = 5, DEVICES = 8 };

static int filled_with(const unsigned char *bytes, size_t size, unsigned char value)
{
	while (size && bytes[size - 1] == value)
		size--;
	return !size;
}

static void state_say(const char *what, const struct stat *state)
{
	printf("%s: %o %u:%u %lld %lu\n", what, state->st_mode, major(state->st_rdev), minor(state->st_rdev), (long long)state->st_size,
	       (unsigned long)state->st_nlink);
}

static void look(const char *path, int file)
{
	struct stat state;

	SAY(stat(path, &state));
	state_say("stat", &state);
	SAY(lstat(path, &state));
	state_say("lstat", &state);
	SAY(fstat(file, &state));
	state_say("fstat", &state);
	SAY(access(path, R_OK | W_OK));
	SAY(access(path, X_OK));
}

static void use(const char *path)
{
	unsigned char bytes[5000], *map;
	struct pollfd wait = {.events = POLLIN | POLLOUT};
	int file = open(path, O_RDWR);

	printf("%s:\n", path);
	look(path, file);
	memset(bytes, 'x', sizeof(bytes));
	SAY(read(file, bytes, sizeof(bytes)));
	HOLDS(filled_with(bytes, sizeof(bytes), 0));
	HOLDS(filled_with(bytes, sizeof(bytes), 'x'));
	SAY(write(file, bytes, 100));
	SAY(pread(file, bytes, 10, 1000));
	SAY(pwrite(file, bytes, 10, 1000));
	SAY(lseek(file, 0, SEEK_CUR));
	SAY(lseek(file, 10, SEEK_END));
	SAY(lseek(file, 10, 77));
	SAY(ftruncate(file, 10));
	SAY(truncate(path, 10));
	SAY(fsync(file));
	SAY(flock(file, LOCK_EX));
	SAY(isatty(file));
	SAY(fcntl(file, F_GETFL) & O_ACCMODE);
	SAY(fchdir(file));
	SAY(openat(file, "x", O_RDONLY));
	wait.fd = file;
	SAY(poll(&wait, 1, 0));
	HOLDS(wait.revents & POLLIN);
	/* a guest maps what it can read; Linux only maps /dev/zero */
	map = strcmp(path, "/dev/zero") ? MAP_FAILED : mmap(NULL, 10, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	HOLDS(map == MAP_FAILED || filled_with(map, 4096, 0));
	close(file);
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
	HOLDS(file >= 0);
	SAY(read(file, bytes, 10));
	close(file);
	file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	SAY(write(file, bytes, 10));
	close(file);
	SAY(open(path, O_RDWR | O_CREAT | O_EXCL, 0600));
	SAY(open(path, O_RDONLY | O_DIRECTORY));
	SAY(mkdir(path, 0755));
}

static void refuse(void)
{
	char buffer[8];

	SAY(open("/dev", O_RDWR));
	SAY(open("/dev/", O_RDWR | O_CREAT, 0600));
	SAY(open("/dev/null/", O_RDWR));
	SAY(open("/dev/null/x", O_RDWR | O_CREAT, 0600));
	SAY(open("/dev/nothing-like-this", O_RDWR));
	SAY(readlink("/dev/null", buffer, sizeof(buffer)));
	SAY(rmdir("/dev/null"));
	SAY(chdir("/dev/null"));
	SAY(chdir("/dev"));
	SAY(access("null", F_OK));
	SAY(access("../dev/./null", F_OK));
	SAY(chdir("/"));
}

static void sizes(void)
{
	static unsigned char bytes[200000];
	struct iovec parts[] = {{bytes, 10}, {NULL, 0}, {bytes + 20, 10}};
	struct timeval none = {0};
	/* more than there is, of which nothing is read */
	volatile size_t beyond = 0x90000000;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC), zero = open("/dev/zero", O_RDONLY), random = open("/dev/urandom", O_RDONLY);
	fd_set set;

	SAY(write(null, bytes, beyond));
	SAY(fcntl(null, F_GETFD));
	memset(bytes, 'x', sizeof(bytes));
	SAY(readv(zero, parts, 3));
	HOLDS(filled_with(bytes, 10, 0) && filled_with(bytes + 10, 10, 'x') && filled_with(bytes + 20, 10, 0) && bytes[30] == 'x');
	SAY(readv(zero, parts, -1));
	SAY(read(random, bytes, sizeof(bytes)));
	HOLDS(!filled_with(bytes, 64, 'x') && !filled_with(bytes + sizeof(bytes) - 64, 64, 'x'));
	FD_ZERO(&set);
	FD_SET(zero, &set);
	SAY(select(zero + 1, &set, NULL, NULL, &none));
	close(null);
	close(zero);
	close(random);
}

static void list(void)
{
	DIR *folder = opendir("/dev");
	struct dirent *entry;
	int found[DEVICES] = {0};

	while ((entry = readdir(folder)))
		for (int i = 0; i < DEVICES; i++)
			if (!strcmp(entry->d_name, names[i] + 5))
				found[i] += i >= MEMORY_DEVICES || entry->d_type == DT_CHR;
	closedir(folder);
	for (int i = 0; i < DEVICES; i++)
		printf("%s: listed %d times\n", names[i], found[i]);
}

static void streams(void)
{
	char line[32] = "";
	FILE *out = fopen("/dev/stdout", "a"), *in;
	int error = open("/dev/stderr", O_RDWR);

	HOLDS(out != NULL);
	fputs("by its name\n", out);
	fclose(out);
	SAY(write(error, "also by its name\n", 17));
	close(error);
	in = fopen("/dev/stdin", "r");
	HOLDS(in != NULL);
	HOLDS(in && fgets(line, sizeof(line), in));
	printf("read: %s", line);
	fclose(in);
	SAY(access("/dev/stdout", W_OK));
	SAY(write(1, "still open\n", 11));
	close(2);
	SAY(open("/dev/stderr", O_WRONLY));
}

/* in a guest only */
static void change(void)
{
	struct stat state;
	char byte;
	int file;

	SAY(unlink("/dev/null"));
	SAY(rename("/dev/null", "/dev/other"));
	SAY(rename("/tmp", "/dev/null"));
	close(open("/plain", O_WRONLY | O_CREAT, 0600));
	SAY(rename("/plain", "/dev/null"));
	SAY(rename("/dev", "/devices"));
	SAY(rmdir("/dev"));
	SAY(link("/dev/null", "/null"));
	SAY(symlink("/dev/zero", "/zeroes"));
	file = open("/zeroes", O_RDONLY);
	SAY(read(file, &byte, 1));
	SAY(unlink("/dev/stdout"));
	SAY(chmod("/dev/null", 0600));
	SAY(stat("/dev/null", &state));
	state_say("stat", &state);
	SAY(stat("/dev/stdout", &state));
	state_say("stat", &state);
	SAY(chown("/dev/null", 0, 0));
	file = open("/dev/null", O_RDWR);
	SAY(fchmod(file, 0666));
	close(open("/dev/mine", O_WRONLY | O_CREAT, 0600));
	SAY(rename("/dev/mine", "/dev/my"));
	SAY(unlink("/dev/my"));
	SAY(mknod("/dev/mine", S_IFCHR | 0666, makedev(1, 3)));
	for (int i = 0; i < 1000; i++)
		close(open("/dev/stdout", O_WRONLY)), close(open("/dev/zero", O_RDONLY));
	SAY(open("/dev/null", O_RDWR));
}

int main(int count, char **words)
{
	(void)words;
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 0; i < MEMORY_DEVICES; i++)
		use(names[i]);
	sizes();
	refuse();
	list();
	if (count > 1)
		change();
	streams();
	return 0;
}
