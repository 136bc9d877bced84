/* SPDX-License-Identifier: ISC */
/*
 * uk.h -- what the application's API offers beyond solo5.h
 *
 * Handles and results are solo5.h's, and devices are acquired by its functions.
 * As there, what is not called is not linked in.
 */
#ifndef UK_H_INCLUDED
#define UK_H_INCLUDED

#include "solo5.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Fills buf with size bytes from the host's generator (getrandom): fit for keys.
 * One exit, so that an application which needs many seeds a generator of its own.
 */
void uk_random(void *buf, size_t size);

/*
 * The application's arguments as they were given, word by word: (*argv)[0] is how
 * the appliance was called, (*argv)[*argc] is NULL. They are the application's to change.
 */
void uk_arguments(int *argc, char ***argv);

/*
 * The application's environment: "NAME=VALUE" for each entry of the manifest's
 * "environment", or as --env NAME=VALUE has it; NULL behind the last. No name
 * is there twice. It is the application's to change.
 */
char **uk_environment(void);

/*
 * Bit 0 of a ready set, where no device is: solo5_yield ended early for what is not
 * a device, which the functions below say.
 */
#define UK_READY_EVENT 1

/*
 * Reads at most size bytes from the appliance's standard input; *read_size is how
 * many, 0 at its end (of a terminal, Ctrl-D, after which more may come).
 * SOLO5_R_AGAIN if there is nothing now: then the next solo5_yield ends early,
 * once, with UK_READY_EVENT, when there is something. With size 0 it tells only
 * whether there is. A terminal stays in the mode that it is in, so by default
 * whole lines come. One exit.
 */
solo5_result_t uk_console_read(char *buf, size_t size, size_t *read_size);

/*
 * True once the appliance got SIGTERM or SIGINT: the application then brings its
 * work to an end and exits, with any status. solo5_yield ends early for it, once,
 * with UK_READY_EVENT. When --grace=SECONDS are over the application is ended,
 * and the appliance's exit status is 143 or 130. No exit.
 */
bool uk_stop_requested(void);

/*
 * Gives whole pages (4,096 bytes) of the heap back to the host: they are zero from
 * now on, and take memory again when they are next touched. One exit.
 * SOLO5_R_EINVAL for anything but pages of the heap, SOLO5_R_EUNSPEC if the host
 * can't; then they are as before.
 */
solo5_result_t uk_memory_return(void *pages, size_t size);

/*
 * The manifest's "files", as one tree in read-only memory: the root first, then
 * folder by folder what is in each, sorted by name. Not there are their times;
 * permissions are 0755 for folders and programs, 0644 for other files.
 */
struct uk_file {
	const char *name;
	const char *data;       /* content, or a link's target, and a zero byte; NULL: a folder */
	size_t size;            /* bytes of data, without that one */
	uint32_t mode;          /* as stat's st_mode */
	uint32_t first, count;  /* a folder's content: uk_files[first] and those behind it */
};
extern const struct uk_file uk_files[];

/*
 * Block devices. offset and size are multiples of the device's block size, size
 * is at least one block, and offset + size at most the capacity: all else is
 * SOLO5_R_EINVAL, as are a handle of no block device and changes to a device
 * that the manifest calls readonly; then nothing was done. SOLO5_R_EUNSPEC: the
 * host failed (I/O error, full disk); some of the blocks may have been done.
 */

/* Reads size bytes at offset into buf: one exit, whatever the number of blocks; none if the device is mapped. */
solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size);

/*
 * Writes size bytes from buf at offset; exits as for reading. A power failure
 * may leave any of the blocks written, until a flush; the end of the monitor at
 * any moment may, too, and on a mapped device part of a block.
 */
solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size);

/*
 * Returns once all that was written to the device before is on the host's disk
 * (fdatasync, msync): one exit. After SOLO5_R_EUNSPEC what was written since
 * the last flush may be lost, even if a later flush succeeds.
 */
solo5_result_t uk_block_flush(solo5_handle_t handle);

/*
 * Gives the blocks' space back to the host; from then on they read as zeroes.
 * SOLO5_R_EUNSPEC, and nothing done, where the host's file system or device
 * can't, and on a mapped device, whose blocks must all stay on the disk: an
 * application for which the zeroes matter then writes them.
 */
solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size);

/*
 * Network devices without copies. Frames have the lengths that solo5.h allows;
 * SOLO5_R_EINVAL for others, and for a handle of no network device.
 */

/*
 * Finds a place for one frame of at most mtu + SOLO5_NET_HLEN bytes, to be filled
 * in and committed. SOLO5_R_AGAIN if all are on their way; SOLO5_R_EUNSPEC if what
 * was behind the device is gone. A second call before a commit finds the same place.
 */
solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **frame);

/* Sends the first size bytes of the place that was reserved. */
solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size);

/*
 * Takes the next received frame: it stays the application's, until it releases it.
 * SOLO5_R_AGAIN if there is none. Several may be held, at the cost of places for new ones.
 */
solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **frame, size_t *size);

/* Gives back a frame that was taken, in any order. */
solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *frame);

/* False once what was behind the device is gone (its socket was closed, its interface deleted). */
bool uk_net_is_up(solo5_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif
