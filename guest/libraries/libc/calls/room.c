/* SPDX-License-Identifier: ISC */
/* room.c -- the room that is left for files */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

#include "open.h"
#include "path.h"
#include "volume.h"

/* magic numbers: Linux's for memory, "ukfs", Linux's for pipes */
enum { KIND_MEMORY = 0x01021994, KIND_VOLUME = 0x73666b75, KIND_OTHER = 0x50495045 };

static void room_tell(const struct node *node, struct statfs *state)
{
	const struct volume *volume = node ? node->volume : NULL;
	uint64_t blocks = 0, free = 0;

	if (volume)
		volume->kind->room(volume, &blocks, &free);
	else if (node)
		node_room(&blocks, &free);
	*state = (struct statfs){
		.f_type = volume ? KIND_VOLUME : node ? KIND_MEMORY : KIND_OTHER,
		.f_bsize = 4096,
		.f_frsize = 4096,
		.f_blocks = blocks,
		.f_bfree = free,
		.f_bavail = free,
		.f_fsid.__val = { volume ? (int)volume->number : 1 },
		.f_namelen = NAME_MAX,
		.f_flags = ST_NOATIME | (volume && volume->readonly ? ST_RDONLY : 0),
	};
}

long guest_sys_statfs(const char *text, struct statfs *state)
{
	struct path path;
	long error = path_find(&path, AT_FDCWD, text, 1);

	if (!error)
		room_tell(path.node, state);
	return error;
}

long guest_sys_fstatfs(long descriptor, struct statfs *state)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	room_tell(open_node(file), state);
	return 0;
}
