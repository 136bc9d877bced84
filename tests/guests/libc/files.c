/* SPDX-License-Identifier: ISC */
/*
 * files.c -- calls on files and folders, printed with their results
 *
 * Runs in a folder with the content of root/: the current one, or its argument. As a
 * process it must print the same.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include "say.h"

/* the same for what returns a descriptor, which is closed */
#define SAY_OPEN(call) \
	do { \
		int descriptor_; \
		errno = 0; \
		descriptor_ = call; \
		printf("%s: %s\n", #call, descriptor_ < 0 ? strerror(errno) : "open"); \
		if (descriptor_ >= 0) \
			close(descriptor_); \
	} while (0)

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path)
{
	char *names[64];
	size_t count = 0;
	DIR *folder = opendir(path);
	struct dirent *entry;

	printf("%s:", path);
	while (folder && (entry = readdir(folder)))
		names[count++] = strdup(entry->d_name);
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++)
		printf(" %s", names[i]);
	puts("");
	if (folder)
		closedir(folder);
}

static void opening(void)
{
	char name[300];

	SAY_OPEN(open("lines", O_RDONLY));
	SAY_OPEN(open("nothing", O_RDONLY));
	SAY_OPEN(open("", O_RDONLY));
	SAY_OPEN(open("lines/", O_RDONLY));
	SAY_OPEN(open("lines/more", O_RDONLY));
	SAY_OPEN(open("nothing/more", O_RDONLY));
	SAY_OPEN(open("./sub/../sub//digits", O_RDONLY));
	SAY_OPEN(open("sub", O_RDONLY));
	SAY_OPEN(open("sub/", O_RDONLY | O_DIRECTORY));
	SAY_OPEN(open("sub", O_WRONLY));
	SAY_OPEN(open("sub", O_RDWR | O_CREAT, 0600));
	SAY_OPEN(open("lines", O_RDONLY | O_DIRECTORY));
	SAY_OPEN(open("lines", O_RDWR | O_CREAT | O_EXCL, 0600));
	SAY_OPEN(open("link", O_RDONLY));
	SAY_OPEN(open("link", O_RDONLY | O_NOFOLLOW));
	SAY_OPEN(open("link/", O_RDONLY));
	SAY_OPEN(open("sub/folder/file", O_RDONLY));
	SAY_OPEN(open("loop", O_RDONLY));
	SAY_OPEN(open("dangling", O_RDONLY));
	SAY_OPEN(open("dangling", O_RDWR | O_CREAT | O_EXCL, 0600));
	SAY_OPEN(open("dangling", O_RDWR | O_CREAT, 0600));
	SAY_OPEN(open("nothing", O_RDONLY));
	SAY_OPEN(open("new/", O_RDWR | O_CREAT, 0600));
	memset(name, 'n', sizeof(name));
	name[256] = 0;
	SAY_OPEN(open(name, O_RDWR | O_CREAT, 0600));
	name[255] = 0;
	SAY_OPEN(open(name, O_RDWR | O_CREAT, 0600));
	SAY(unlink(name));
	SAY_OPEN(openat(99, "lines", O_RDONLY));
	SAY(close(open("lines", O_RDONLY)));
}

static void content(void)
{
	struct iovec parts[] = {{(char[4]){0}, 4}, {(char[20]){0}, 20}};
	char buffer[32] = "";
	int file = open("sub/digits", O_RDWR), folder = open("sub", O_RDONLY), second;
	unsigned char *map;

	SAY(read(file, buffer, 4));
	SAY(lseek(file, 0, SEEK_CUR));
	SAY(pread(file, buffer, 5, 7));
	printf("%.3s\n", buffer);
	SAY(pread(file, buffer, 5, -1));
	SAY(pread(file, buffer, 5, 100));
	SAY(readv(file, parts, 2));
	printf("%s\n", (char *)parts[1].iov_base);
	SAY(read(file, buffer, 4));
	SAY(lseek(file, -3, SEEK_END));
	SAY(lseek(file, -30, SEEK_END));
	SAY(lseek(file, 0, 77));
	SAY(lseek(file, 15, SEEK_SET));
	SAY(write(file, "AB", 2));
	SAY(lseek(file, 0, SEEK_END));
	SAY(pread(file, buffer, 32, 8));
	HOLDS(!memcmp(buffer, "89\0\0\0\0\0AB", 9));
	SAY(pwrite(file, "xyz", 3, 1));
	SAY(pwrite(file, "xyz", 3, -1));
	SAY(ftruncate(file, 5));
	SAY(ftruncate(file, -1));
	memset(buffer, 0, sizeof(buffer));
	SAY(pread(file, buffer, 32, 0));
	puts(buffer);
	SAY(ftruncate(file, 8));
	SAY(pread(file, buffer, 32, 0));
	HOLDS(!memcmp(buffer, "0xyz4\0\0\0", 8));
	map = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	HOLDS(map != MAP_FAILED && map[1] == 'x' && map[100] == 0);
	map[1] = 'm';
	SAY(pread(file, buffer, 2, 0));
	HOLDS(buffer[1] == 'x');
	HOLDS(mmap(NULL, 8, PROT_READ, MAP_PRIVATE, folder, 0) == MAP_FAILED && errno == ENODEV);
	HOLDS(mmap(NULL, 8, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED && errno == EBADF);
	HOLDS(mmap(NULL, 8, PROT_READ, MAP_PRIVATE, file, 100) == MAP_FAILED && errno == EINVAL);
	second = dup(file);
	SAY(lseek(second, 2, SEEK_SET));
	SAY(lseek(file, 0, SEEK_CUR));
	SAY(fcntl(second, F_GETFD));
	SAY(fcntl(second, F_SETFD, FD_CLOEXEC));
	SAY(fcntl(second, F_GETFD));
	SAY(fcntl(file, F_GETFD));
	close(second);
	second = openat(AT_FDCWD, "lines", O_RDONLY | O_CLOEXEC);
	SAY(fcntl(second, F_GETFD));
	SAY(fcntl(second, F_GETFL) & (O_ACCMODE | O_CLOEXEC));
	SAY(fsync(file));
	SAY(fsync(99));
	SAY(flock(file, LOCK_EX));
	SAY(read(folder, buffer, 1));
	SAY(pread(folder, buffer, 1, 0));
	SAY(write(folder, buffer, 1));
	SAY(ftruncate(folder, 0));
	close(second);
	close(file);
	close(folder);
	file = open("sub/digits", O_WRONLY | O_APPEND);
	SAY(read(file, buffer, 1));
	SAY(write(file, "end", 3));
	SAY(lseek(file, 0, SEEK_CUR));
	close(file);
	file = open("sub/digits", O_RDONLY);
	SAY(write(file, "x", 1));
	SAY(ftruncate(file, 0));
	close(file);
	SAY(truncate("sub/digits", 2));
	SAY(truncate("nothing", 2));
	SAY(truncate("sub", 2));
	SAY_OPEN(open("lines", O_WRONLY | O_TRUNC));
	file = open("lines", O_RDONLY);
	SAY(read(file, buffer, 1));
	close(file);
}

static void states(void)
{
	struct stat state, other;

	SAY(stat("sub/deeper/file", &state));
	printf("%o %lld %ld\n", state.st_mode, (long long)state.st_size, (long)state.st_nlink);
	SAY(stat("program", &state));
	printf("%o\n", state.st_mode);
	SAY(stat("sub", &state));
	HOLDS(S_ISDIR(state.st_mode));
	SAY(lstat("link", &state));
	printf("%o %lld\n", state.st_mode, (long long)state.st_size);
	SAY(stat("link", &state));
	SAY(stat("sub/digits", &other));
	HOLDS(state.st_ino == other.st_ino && state.st_dev == other.st_dev);
	SAY(stat("nothing", &state));
	SAY(stat("lines/x", &state));
	SAY(access("lines", R_OK | W_OK));
	SAY(access("lines", X_OK));
	SAY(access("program", X_OK));
	SAY(access("sub", X_OK));
	SAY(access("nothing", F_OK));
	SAY(access("lines", 99));
}

static void folders(void)
{
	char buffer[300];
	int folder;

	list(".");
	list("sub");
	SAY(mkdir("made", 0755));
	SAY(mkdir("made", 0755));
	SAY(mkdir("made/inner/", 0755));
	SAY(mkdir("nothing/inner", 0755));
	SAY(mkdir("lines/inner", 0755));
	SAY_OPEN(open("made/inner/file", O_WRONLY | O_CREAT, 0644));
	SAY(rmdir("made"));
	SAY(rmdir("made/inner"));
	SAY(rmdir("made/inner/file"));
	SAY(rmdir("nothing"));
	SAY(rmdir("made/."));
	SAY(unlink("made"));
	SAY(unlink("nothing"));
	SAY(unlink("made/inner/file"));
	SAY(rmdir("made/inner"));
	SAY(chdir("made"));
	SAY_OPEN(open("here", O_WRONLY | O_CREAT, 0644));
	SAY(chdir(".."));
	list("made");
	SAY(chdir("lines"));
	SAY(chdir("nothing"));
	folder = open("made", O_RDONLY);
	SAY_OPEN(openat(folder, "here", O_RDONLY));
	SAY(fchdir(folder));
	HOLDS(getcwd(buffer, sizeof(buffer)) && !strcmp(buffer + strlen(buffer) - 5, "/made"));
	HOLDS(!getcwd(buffer, 3) && errno == ERANGE);
	SAY(chdir(".."));
	SAY(unlinkat(folder, "here", 0));
	SAY(rmdir("made"));
	SAY_OPEN(openat(folder, "here", O_WRONLY | O_CREAT, 0644));
	SAY(mkdirat(folder, "here", 0755));
	close(folder);
	SAY(fchdir(99));
}

static void links(void)
{
	char buffer[16] = "";

	SAY(symlink("program", "way"));
	SAY(symlink("program", "way"));
	SAY(symlink("", "none"));
	SAY(symlink("x", "nothing/way"));
	SAY(readlink("way", buffer, sizeof(buffer)));
	puts(buffer);
	SAY(readlink("way", buffer, 3));
	SAY(readlink("program", buffer, sizeof(buffer)));
	SAY(readlink("nothing", buffer, sizeof(buffer)));
	SAY(readlink("way", buffer, 0));
	SAY(unlink("way"));
	SAY(access("program", F_OK));
}

static void names(void)
{
	char buffer[16] = "";
	int file;

	SAY(mkdir("a", 0755));
	SAY(mkdir("a/b", 0755));
	SAY(mkdir("full", 0755));
	SAY_OPEN(open("full/file", O_WRONLY | O_CREAT, 0644));
	SAY(rename("program", "a/program"));
	SAY(rename("nothing", "a/program"));
	SAY(access("a/program", X_OK));
	SAY(access("program", F_OK));
	SAY(rename("a", "a/b/c"));
	SAY(rename("a", "full"));
	SAY(rename("empty", "a"));
	SAY(rename("a", "empty"));
	SAY(rename("empty", "nothing/x"));
	SAY(rename("empty", "empty"));
	SAY(rename("empty", "new/"));
	SAY(rename("a/b", "moved"));
	SAY(rename("sub", "moved"));
	list("moved");
	SAY(rename("moved/deeper/file", "moved/digits"));
	file = open("moved/digits", O_RDWR);
	SAY(unlink("moved/digits"));
	SAY(read(file, buffer, sizeof(buffer)));
	printf("%s", buffer);
	SAY(pwrite(file, "still", 5, 0));
	SAY(pread(file, buffer, 5, 0));
	close(file);
	SAY_OPEN(open("moved/digits", O_RDONLY));
	list("moved");
}

static void attributes(void)
{
	const struct timespec both[2] = {{1000000000, 5}, {1111111111, 7}}, wrong[2] = {{1, 1000000000}, {1, 1}},
		none[2] = {{1, UTIME_OMIT}, {1, UTIME_OMIT}}, access_only[2] = {{1, 1}, {1, UTIME_OMIT}};
	struct stat state;
	int file = open("attributes", O_RDWR | O_CREAT, 0640), reader = open("attributes", O_RDONLY);

	SAY(chmod("attributes", 0751));
	stat("attributes", &state);
	printf("%o\n", state.st_mode);
	SAY(fchmod(file, 04600));
	SAY(fchmodat(AT_FDCWD, "attributes", 01604, 0));
	fstat(reader, &state);
	printf("%o\n", state.st_mode);
	SAY(fchmodat(AT_FDCWD, "attributes", 0600, AT_SYMLINK_NOFOLLOW));
	SAY(fchmodat(AT_FDCWD, "loop", 0600, AT_SYMLINK_NOFOLLOW));
	SAY(fchmodat(AT_FDCWD, "attributes", 0600, 0x10000));
	SAY(chmod("loop", 0600));
	SAY(chmod("nothing", 0600));
	SAY(chmod("attributes/x", 0600));
	SAY(fchmod(99, 0600));
	SAY(mkdir("folder", 0700));
	SAY(chmod("folder", 0711));
	stat("folder", &state);
	printf("%o\n", state.st_mode);
	SAY(rmdir("folder"));

	SAY(chown("attributes", -1, -1));
	SAY(fchown(file, -1, -1));
	SAY(lchown("loop", -1, -1));
	SAY(chown("nothing", -1, -1));
	SAY(chown("loop", -1, -1));
	SAY(fchown(99, -1, -1));

	SAY(utimensat(AT_FDCWD, "attributes", both, 0));
	stat("attributes", &state);
	printf("%lld %ld\n", (long long)state.st_mtim.tv_sec, state.st_mtim.tv_nsec);
	SAY(futimens(file, access_only));
	SAY(futimens(file, none));
	SAY(futimens(99, none));
	SAY(futimens(99, both));
	SAY(futimens(file, wrong));
	stat("attributes", &state);
	printf("%lld %ld\n", (long long)state.st_mtim.tv_sec, state.st_mtim.tv_nsec);
	SAY(futimens(file, NULL));
	stat("attributes", &state);
	HOLDS(state.st_mtim.tv_sec > 1600000000);
	SAY(utimensat(AT_FDCWD, "loop", both, AT_SYMLINK_NOFOLLOW));
	lstat("loop", &state);
	printf("%lld\n", (long long)state.st_mtim.tv_sec);
	SAY(utimensat(AT_FDCWD, "loop", both, 0));
	SAY(utimensat(AT_FDCWD, "nothing", both, 0));
	SAY(utimensat(AT_FDCWD, "attributes", both, 0x10000));
	SAY(utimensat(AT_FDCWD, "", both, 0));
	/* what is written is newer again */
	SAY(futimens(file, both));
	SAY(write(file, "x", 1));
	stat("attributes", &state);
	HOLDS(state.st_mtim.tv_sec > 1600000000);

	SAY(faccessat(AT_FDCWD, "attributes", R_OK, AT_EACCESS));
	SAY(faccessat(AT_FDCWD, "loop", F_OK, 0));
	SAY(faccessat(AT_FDCWD, "attributes", R_OK, 0x10000));
	SAY(faccessat(file, "x", R_OK, 0));
	SAY(link("nothing", "linked"));
	SAY(link("attributes", "sub"));
	SAY(link("attributes", "nothing/linked"));
	SAY(mknod("made", S_IFREG | 0640, 0));
	SAY(mknod("made", S_IFREG | 0640, 0));
	SAY(mknod("made", 077777, 0));
	SAY(mknod("nothing/made", S_IFREG | 0640, 0));
	SAY(unlink("made"));
	close(reader);
	close(file);
	SAY(unlink("attributes"));
	SAY_OPEN(open("kept", O_WRONLY | O_CREAT, 0600));
	SAY(chmod("kept", 0751));
}

static void locks(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 5};
	int file = open("locked", O_RDWR | O_CREAT, 0600), reader = open("locked", O_RDONLY), writer = open("locked", O_WRONLY);

	SAY(fcntl(file, F_SETLK, &lock));
	SAY(fcntl(reader, F_SETLK, &lock));
	SAY(fcntl(99, F_SETLK, &lock));
	SAY(fcntl(file, F_GETLK, &lock));
	HOLDS(lock.l_type == F_UNLCK && lock.l_start == 1 && lock.l_len == 5);
	SAY(fcntl(file, F_GETLK, &lock));
	lock.l_type = F_RDLCK;
	SAY(fcntl(reader, F_SETLKW, &lock));
	SAY(fcntl(writer, F_SETLK, &lock));
	lock.l_whence = 7;
	SAY(fcntl(file, F_SETLK, &lock));
	lock.l_whence = SEEK_SET;
	lock.l_start = -1;
	SAY(fcntl(file, F_SETLK, &lock));
	lock.l_type = 9;
	SAY(fcntl(file, F_SETLK, &lock));
	SAY(lockf(file, F_TLOCK, 10));
	SAY(flock(file, LOCK_SH));
	SAY(flock(reader, LOCK_SH | LOCK_NB));
	SAY(flock(file, LOCK_EX | LOCK_NB));
	SAY(flock(reader, LOCK_UN));
	SAY(flock(file, LOCK_EX | LOCK_NB));
	SAY(flock(reader, LOCK_SH | LOCK_NB));
	SAY(flock(dup(file), LOCK_UN));
	SAY(flock(reader, LOCK_EX | LOCK_NB));
	close(reader);
	SAY(flock(writer, LOCK_EX | LOCK_NB));
	SAY(flock(file, 77));
	SAY(flock(99, LOCK_EX));
	close(writer);
	close(file);
	SAY(unlink("locked"));
}

/* places in folders and files, and mappings of them */
static void places(void)
{
	char buffer[16], *map;
	int file = open("placed", O_RDWR | O_CREAT, 0600), writer = open("placed", O_WRONLY), folder;
	struct statvfs room;
	struct dirent *entry;
	DIR *entries;
	long place;

	SAY(write(file, "0123456789", 10));
	SAY(lseek(file, 3, SEEK_DATA));
	SAY(lseek(file, 3, SEEK_HOLE));
	SAY(lseek(file, 10, SEEK_DATA));
	SAY(lseek(file, 10, SEEK_HOLE));
	SAY(lseek(file, -1, SEEK_DATA));
	SAY(lseek(file, 0, SEEK_CUR));
	HOLDS(mmap(NULL, 8, PROT_READ, MAP_PRIVATE, writer, 0) == MAP_FAILED && errno == EACCES);
	map = mmap(NULL, 10, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	HOLDS(map != MAP_FAILED && !memcmp(map, "0123456789", 11));
	SAY(msync(map, 10, MS_SYNC));
	SAY(msync(map + 1, 10, MS_SYNC));
	SAY(msync(map, 10, 99));
	SAY(munmap(map, 10));
	HOLDS(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, file, 0) == MAP_FAILED && errno == EINVAL);
	SAY(truncate("placed", 3));
	SAY(pread(file, buffer, sizeof(buffer), 0));
	SAY(truncate("placed/x", 3));
	SAY(truncate("placed", -1));
	SAY(truncate("loop", 1));

	SAY(statvfs(".", &room));
	HOLDS(room.f_bsize >= 512 && room.f_blocks >= room.f_bfree && room.f_bfree >= room.f_bavail && room.f_namemax == 255);
	SAY(fstatvfs(file, &room));
	SAY(statvfs("nothing", &room));
	SAY(fstatvfs(99, &room));

	entries = opendir("sub");
	HOLDS(readdir(entries) && readdir(entries));
	place = telldir(entries);
	entry = readdir(entries);
	HOLDS(entry);
	strcpy(buffer, entry->d_name);
	while (readdir(entries))
		;
	seekdir(entries, place);
	entry = readdir(entries);
	HOLDS(entry && !strcmp(buffer, entry->d_name));
	rewinddir(entries);
	HOLDS(readdir(entries));
	closedir(entries);
	folder = open("sub", O_RDONLY);
	SAY(lseek(folder, 0, SEEK_CUR));
	SAY(lseek(folder, 0, SEEK_SET));
	SAY(lseek(folder, -1, SEEK_SET));
	SAY(lseek(folder, 0, 77));
	close(folder);
	close(writer);
	close(file);
	SAY(unlink("placed"));
}

/* a folder is emptied while it is read */
static void emptying(void)
{
	char name[32];
	struct dirent *entry;
	DIR *folder;
	int count = 0;

	SAY(mkdir("many", 0755));
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "many/a-longer-name-%d", i);
		close(open(name, O_WRONLY | O_CREAT, 0644));
	}
	folder = opendir("many");
	while ((entry = readdir(folder)))
		if (entry->d_name[0] != '.') {
			count++;
			unlinkat(dirfd(folder), entry->d_name, 0);
		}
	closedir(folder);
	printf("%d\n", count);
	SAY(rmdir("many"));
}

static void streams(void)
{
	char line[64], *long_line = malloc(100000);
	FILE *file = fopen("stream", "w+");
	long sum = 0;

	for (int i = 0; i < 10000; i++)
		fprintf(file, "%d\n", i);
	HOLDS(ftell(file) == 48890);
	rewind(file);
	while (fgets(line, sizeof(line), file))
		sum += atoi(line);
	printf("%ld\n", sum);
	SAY(fseek(file, -5, SEEK_END));
	HOLDS(fgets(line, sizeof(line), file) && !strcmp(line, "9999\n"));
	SAY(fclose(file));
	file = fopen("stream", "a");
	memset(long_line, 'l', 99999);
	long_line[99999] = 0;
	SAY(fputs(long_line, file) >= 0);
	SAY(fclose(file));
	file = fopen("stream", "r");
	SAY(fseek(file, 48890, SEEK_SET));
	SAY(fread(long_line, 1, 100000, file));
	SAY(fputc('x', file));
	SAY(ferror(file) != 0);
	fclose(file);
	HOLDS(fopen("nothing", "r") == NULL && errno == ENOENT);
	SAY(remove("stream"));
	file = tmpfile();
	HOLDS(file && fputs("temporary", file) >= 0 && !fseek(file, 0, SEEK_SET) && fgets(line, sizeof(line), file));
	puts(line);
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && argv[1][0] == '/' && chdir(argv[1]))
		return 1;
	umask(022);
	opening();
	content();
	states();
	folders();
	links();
	attributes();
	locks();
	places();
	names();
	emptying();
	streams();
	return 0;
}
