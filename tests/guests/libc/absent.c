/* SPDX-License-Identifier: ISC */
/* absent.c -- file types and attributes that the tree doesn't support, and users and sessions that the guest doesn't have */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* what failed, as it should */
static void failed(const char *what, int did)
{
	if (did)
		perror(what);
	else
		printf("%s: done\n", what);
}

int main(void)
{
	const struct timespec times[2] = {{1000, 0}, {2000, 0}};
	const gid_t groups[] = {0, 1};
	struct statvfs before, after;
	struct stat state;
	int file = open("/file", O_RDWR | O_CREAT, 0644), other = open("/file", O_RDWR);

	setvbuf(stdout, NULL, _IOLBF, 0);
	failed("link", link("/file", "/second"));
	failed("mkfifo", mkfifo("/pipe", 0600));
	failed("chown", chown("/file", 1000, -1));
	failed("flock", flock(file, LOCK_EX) || flock(other, LOCK_EX));
	failed("mmap", mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED);
	failed("open O_TMPFILE", open("/", O_TMPFILE | O_RDWR, 0600) < 0);

	failed("setuid", setuid(1));
	failed("seteuid", seteuid(1));
	failed("setresgid", setresgid(-1, 0, 1));
	failed("setgroups", setgroups(2, groups));
	failed("setgroups of group 0", setgroups(1, groups));
	failed("setsid", setsid() < 0);
	failed("setpgid", setpgid(0, 0));

	statvfs("/", &before);
	if (pwrite(file, malloc(1020 * 1024), 1020 * 1024, 0) != 1020 * 1024)
		perror("write");
	fstatvfs(file, &after);
	printf("statvfs: %ld blocks fewer\n", (long)(before.f_bfree - after.f_bfree));
	if (futimens(file, times) || fstat(file, &state))
		perror("futimens");
	printf("accessed: %s\n", state.st_atime == 2000 ? "when modified" : "at another time");
	return 0;
}
