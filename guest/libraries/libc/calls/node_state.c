/* SPDX-License-Identifier: ISC */
/* node_state.c -- fills in struct stat for a file of the tree */
#include "node_state.h"

#include "volume.h"

void node_state(const struct node *node, struct kstat *state)
{
	const struct volume *volume = node->volume;

	*state = (struct kstat){
		.st_dev = volume ? volume->number : 1,
		.st_ino = node->number,
		.st_nlink = node->parent ? S_ISDIR(node->mode) ? 2 : 1 : 0,
		.st_mode = node->mode,
		.st_rdev = node->device,
		.st_size = (off_t)node->size,
		.st_blksize = 4096,
		.st_blocks = (blkcnt_t)(((volume ? volume->kind->taken(node) : node->size) + 511) / 512),
		.st_atime_sec = node->changed.tv_sec,
		.st_atime_nsec = node->changed.tv_nsec,
		.st_mtime_sec = node->changed.tv_sec,
		.st_mtime_nsec = node->changed.tv_nsec,
		.st_ctime_sec = node->changed.tv_sec,
		.st_ctime_nsec = node->changed.tv_nsec,
	};
}
