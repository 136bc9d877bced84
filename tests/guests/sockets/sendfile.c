/* SPDX-License-Identifier: ISC */
/* sendfile.c -- sendfile(2) from files to sockets and files; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "say.h"

enum { SIZE = 2000000 };        /* more than a socket with small buffers takes at once */

static char content[SIZE], got[SIZE];

static int file_make(void)
{
	int file = open("sendfile-file", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (size_t i = 0; i < SIZE; i++)
		content[i] = (char)(i * i >> 7);
	if (file < 0 || write(file, content, SIZE) != SIZE)
		exit(2);
	unlink("sendfile-file");
	return file;
}

/* both ends of a connection, the first of which doesn't wait */
static void pair_make(int pair[2])
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(4700), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, small = 65536;

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* what is accepted has it, too */
	setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &small, sizeof(small));
	if (bind(listener, (struct sockaddr *)&name, sizeof(name)) || listen(listener, 1))
		exit(2);
	pair[1] = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(pair[1], SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	if (connect(pair[1], (struct sockaddr *)&name, sizeof(name)))
		exit(2);
	pair[0] = accept(listener, NULL, NULL);
	fcntl(pair[0], F_SETFL, O_NONBLOCK);
	close(listener);
}

static void received(const char *what, int socket, size_t size, size_t from)
{
	say(what, recv(socket, got, size, MSG_WAITALL));
	say("the same bytes", !memcmp(got, content + from, size));
}

static void to_socket(int file, const int pair[2])
{
	off_t offset = 100;

	say("from an offset", sendfile(pair[0], file, &offset, 5000));
	say("the offset", offset);
	say("the position", lseek(file, 0, SEEK_CUR));
	received("it came", pair[1], 5000, 100);
	lseek(file, 70, SEEK_SET);
	say("from the position", sendfile(pair[0], file, NULL, 3000));
	say("the position", lseek(file, 0, SEEK_CUR));
	received("it came", pair[1], 3000, 70);
	say("nothing", sendfile(pair[0], file, NULL, 0));
	offset = SIZE - 10;
	say("beyond the end", sendfile(pair[0], file, &offset, 5000));
	say("the offset", offset);
	received("it came", pair[1], 10, SIZE - 10);
	say("at the end", sendfile(pair[0], file, &offset, 5000));
	offset = SIZE + 1000L;
	say("behind the end", sendfile(pair[0], file, &offset, 5000));
}

/* how much a call takes is each system's own; that all arrives in the end is not */
static void much(int file, const int pair[2])
{
	off_t offset = 0;
	size_t came = 0;
	int refused = 0, partly = 0;

	while (came < SIZE) {
		off_t left = SIZE - offset;
		ssize_t sent = left ? sendfile(pair[0], file, &offset, (size_t)left) : 0;

		refused += sent < 0 && errno == EAGAIN;
		partly += sent > 0 && sent < left;
		if (sent > 0 && !partly && left != SIZE)
			say("a first part that is none", sent);
		if (sent < 0 || !left) {
			ssize_t more = recv(pair[1], got + came, SIZE - came, 0);

			if (more <= 0)
				break;
			came += (size_t)more;
		}
	}
	say("in parts", partly > 0);
	say("refused between them", refused > 0);
	say("all came", (long)came);
	say("the same bytes", !memcmp(got, content, SIZE));
}

static void to_file(int file)
{
	int other = open("sendfile-file", O_RDWR | O_CREAT | O_TRUNC, 0600), append;
	off_t offset = 500000;

	say("to a file", sendfile(other, file, &offset, 200000));
	say("its position", lseek(other, 0, SEEK_CUR));
	say("read back", pread(other, got, 200000, 0));
	say("the same bytes", !memcmp(got, content + 500000, 200000));
	append = open("sendfile-file", O_WRONLY | O_APPEND);
	say("to a file that is appended to", sendfile(append, file, NULL, 10));
	close(append);
	close(other);
	unlink("sendfile-file");
}

static void errors(int file, int pair[2])
{
	int reader = open("/tmp", O_RDONLY | O_DIRECTORY), writer = open("sendfile-file", O_WRONLY | O_CREAT, 0600);
	off_t offset = -1;

	say("a negative offset", sendfile(pair[0], file, &offset, 10));
	say("a negative size", sendfile(pair[0], file, NULL, (size_t)-10));
	say("no descriptor to read", sendfile(pair[0], -1, NULL, 10));
	say("no descriptor to write", sendfile(400, file, NULL, 10));
	say("a file that can't be read", sendfile(pair[0], writer, NULL, 10));
	say("a file that can't be written", sendfile(reader, file, NULL, 10));
	say("from a folder", sendfile(pair[0], reader, NULL, 10));
	say("from a socket", sendfile(writer, pair[1], NULL, 10));
	close(reader);
	close(writer);
	unlink("sendfile-file");
	shutdown(pair[0], SHUT_WR);
	lseek(file, 0, SEEK_SET);
	say("to a side that was shut", sendfile(pair[0], file, NULL, 10));
	say("the position", lseek(file, 0, SEEK_CUR));
}

int main(void)
{
	int file = file_make(), pair[2];

	signal(SIGPIPE, SIG_IGN);
	pair_make(pair);
	to_socket(file, pair);
	much(file, pair);
	to_file(file);
	errors(file, pair);
	return 0;
}
