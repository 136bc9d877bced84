/* SPDX-License-Identifier: ISC */
/*
 * net/tests/stream_of_peer.h -- host_stream.c with a test in place of the socket's other end
 *
 * The test defines peer_read, peer_readv, peer_write and peer_writev, which behave as
 * the calls without "peer_", and guest_memory of core.h.
 */
#ifndef NET_STREAM_OF_PEER_H
#define NET_STREAM_OF_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>
#include <unistd.h>

/* what the module takes from the core */
#define CORE_H
enum { NET_DEVICES = 1 };
void *guest_memory(uint64_t address, uint64_t size, bool write);

static ssize_t peer_read(int file, void *to, size_t size);
static ssize_t peer_readv(int file, const struct iovec *parts, int count);
static ssize_t peer_write(int file, const void *from, size_t size);
static ssize_t peer_writev(int file, const struct iovec *parts, int count);

#define read peer_read
#define readv peer_readv
#define write peer_write
#define writev peer_writev
#include "host_stream.c"

#endif
