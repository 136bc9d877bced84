/* SPDX-License-Identifier: ISC */
/*
 * bulk.c -- sends to or receives from tests/guests/sockets/bulk.c, and compares checksums
 *
 * usage: bulk ADDRESS send|receive MEGABYTES
 *
 * Prints how many megabytes were sent or received in a second, from the first byte to
 * the other end's checksum or the last byte.
 */
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bulk.h"

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct bulk_sum sum_of(uint64_t count)
{
	struct bulk_sum sum = {0};

	for (uint64_t word = 0; word < count; word++)
		bulk_sum_add(&sum, &word, 1);
	return sum;
}

int main(int count, char **words)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	struct bulk_sum sent, received = {0};
	int connection = socket(AF_INET, SOCK_STREAM, 0), send_it = count == 4 && !strcmp(words[2], "send");
	double start, elapsed;
	uint64_t total;

	if (count != 4 || (!send_it && strcmp(words[2], "receive")) || inet_pton(AF_INET, words[1], &address.sin_addr) != 1)
		errx(2, "usage: bulk ADDRESS send|receive MEGABYTES");
	total = (uint64_t)atoi(words[3]) * 1000000 / sizeof(total);
	address.sin_port = htons(send_it ? BULK_RECEIVES : BULK_SENDS);
	if (connect(connection, (struct sockaddr *)&address, sizeof(address)))
		err(1, "%s", words[1]);
	start = seconds();
	if (send_it) {
		if (bulk_send(connection, total, &sent) || shutdown(connection, SHUT_WR) ||
		    recv(connection, &received, sizeof(received), MSG_WAITALL) != sizeof(received))
			err(1, "sent %llu of %llu words", (unsigned long long)sent.count, (unsigned long long)total);
		elapsed = seconds() - start;
	} else {
		if (send(connection, &total, sizeof(total), MSG_NOSIGNAL) != sizeof(total) || bulk_receive(connection, &received))
			err(1, "received %llu of %llu words", (unsigned long long)received.count, (unsigned long long)total);
		elapsed = seconds() - start;
		sent = sum_of(total);
	}
	if (memcmp(&sent, &received, sizeof(sent)))
		errx(1, "the checksum of %llu words is wrong, or of %llu", (unsigned long long)total, (unsigned long long)received.count);
	printf("%.1f\n", (double)(total * sizeof(total)) / 1e6 / elapsed);
	return 0;
}
