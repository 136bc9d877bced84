/* SPDX-License-Identifier: ISC */
/* sendfile.c -- sendfile(2): sends files of the tree to any descriptor; those in memory are not copied */
#include <fcntl.h>
#include <unistd.h>

#include "interrupt.h"
#include "open.h"

enum { COPY = 65536, COUNT_MOST = 0x7ffff000 };

/* files of volumes are not in memory; they pass through these bytes */
static long part_find(struct node *node, size_t size, off_t offset, struct iovec *part)
{
	static unsigned char bytes[COPY];
	long got;

	if (!node->volume) {
		size_t left = (size_t)offset < node->size ? node->size - (size_t)offset : 0;

		*part = (struct iovec){node->data + offset, left < size ? left : size};
		return 0;
	}
	got = node_read(node, bytes, size < sizeof(bytes) ? size : sizeof(bytes), (uint64_t)offset);
	*part = (struct iovec){bytes, got < 0 ? 0 : (size_t)got};
	return got < 0 ? got : 0;
}

static long send(struct file *out, struct node *node, size_t count, off_t offset)
{
	size_t done = 0;

	while (done < count) {
		struct iovec part;
		long sent = part_find(node, count - done, offset + (off_t)done, &part);

		if (!sent)
			sent = part.iov_len ? out->kind->write(out, &part, 1) : 0;
		if (sent < 0)
			return done ? (long)done : sent;
		done += (size_t)sent;
		if (!sent || (size_t)sent < part.iov_len)
			break;
	}
	return (long)done;
}

static long send_once(long to, long from, off_t *offset, size_t count)
{
	struct file *in = descriptor_file(from), *out = descriptor_file(to);
	struct node *node;
	off_t position;
	long sent;

	if (!in || (in->flags & O_ACCMODE) == O_WRONLY || !out || (out->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	node = open_node(in);
	position = offset ? *offset : in->kind->seek ? in->kind->seek(in, 0, SEEK_CUR) : 0;
	if ((long)count < 0 || position < 0 || !node || !S_ISREG(node->mode) || !out->kind->write || out->flags & O_APPEND)
		return -EINVAL;
	/* a handler may close the files; if it leaves by siglongjmp, this one stays open */
	in->users++;
	sent = send(out, node, count < COUNT_MOST ? count : COUNT_MOST, position);
	if (sent > 0 && offset)
		*offset = position + sent;
	else if (sent > 0)
		in->kind->seek(in, position + sent, SEEK_SET);
	file_release(in);
	return sent;
}

long guest_sys_sendfile(long to, long from, off_t *offset, size_t count)
{
	return RESTARTING(send_once(to, from, offset, count));
}
