/* SPDX-License-Identifier: ISC */
/*
 * bulk.h -- sends and receives a stream of words with a checksum, for both ends of it
 *
 * Words are consecutive numbers, so a lost, repeated or moved one changes the
 * checksum: the sum of words, and the sum of all such sums after each word.
 */
#ifndef BULK_H
#define BULK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

enum { BULK_RECEIVES = 9, BULK_SENDS = 19, BULK_WORDS = 8192 };

struct bulk_sum {
	uint64_t count, words, sums;
};

static inline void bulk_sum_add(struct bulk_sum *sum, const uint64_t *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sum->words += words[i];
		sum->sums += sum->words;
	}
	sum->count += count;
}

/* Receives until the other end shuts down. Nonzero if the connection fails, or within a word. */
static inline int bulk_receive(int connection, struct bulk_sum *sum)
{
	static uint64_t words[BULK_WORDS];
	size_t kept = 0;
	ssize_t size;

	*sum = (struct bulk_sum){0};
	while ((size = recv(connection, (char *)words + kept, sizeof(words) - kept, 0)) > 0) {
		size_t filled = kept + (size_t)size, whole = filled / sizeof(*words);

		bulk_sum_add(sum, words, whole);
		kept = filled % sizeof(*words);
		memmove(words, words + whole, kept);
	}
	return size < 0 || kept;
}

/* Sends so many words. Nonzero if the connection fails. */
static inline int bulk_send(int connection, uint64_t count, struct bulk_sum *sum)
{
	static uint64_t words[BULK_WORDS];

	*sum = (struct bulk_sum){0};
	while (sum->count < count) {
		size_t part = count - sum->count < BULK_WORDS ? (size_t)(count - sum->count) : BULK_WORDS;
		ssize_t size;

		for (size_t i = 0; i < part; i++)
			words[i] = sum->count + i;
		bulk_sum_add(sum, words, part);
		for (size_t done = 0; done < part * sizeof(*words); done += (size_t)size) {
			size = send(connection, (const char *)words + done, part * sizeof(*words) - done, MSG_NOSIGNAL);
			if (size < 0)
				return 1;
		}
	}
	return 0;
}

#endif
