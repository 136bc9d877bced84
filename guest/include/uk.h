/* SPDX-License-Identifier: ISC */
/*
 * uk.h -- the application's API beyond solo5.h
 *
 * Handles and results are those of solo5.h, whose functions also acquire devices.
 * As there, what is not called is not linked in. "One exit" means that the call
 * leaves the guest once.
 */
#ifndef UK_H_INCLUDED
#define UK_H_INCLUDED

#include "solo5.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Fills buf with size random bytes from the host (getrandom), good enough for keys.
 * One exit: an application that needs many should seed a generator of its own.
 */
void uk_random(void *buf, size_t size);

/*
 * The application's arguments, word by word as given: (*argv)[0] is the name that
 * the appliance was called by, (*argv)[*argc] is NULL. The application may change them.
 */
void uk_arguments(int *argc, char ***argv);

/*
 * The application's environment: "NAME=VALUE" for each entry of the manifest's
 * "environment" and each --env NAME=VALUE, which takes precedence; NULL after the
 * last. Names are unique. The application may change it.
 */
char **uk_environment(void);

/*
 * Bit 0 of a ready set, which no device uses: solo5_yield returned early because of
 * console input or a request to stop, see below.
 */
#define UK_READY_EVENT 1

/*
 * Reads at most size bytes from the appliance's standard input. *read_size is the
 * number read, 0 at the end of input (on a terminal Ctrl-D, after which more may come).
 * SOLO5_R_AGAIN if there is none now: the next solo5_yield then returns early,
 * once, with UK_READY_EVENT, when there is. With size 0 it only checks. The mode of
 * a terminal is not changed, so by default input comes in whole lines. One exit.
 */
solo5_result_t uk_console_read(char *buf, size_t size, size_t *read_size);

/*
 * True once the appliance has received SIGTERM or SIGINT: the application should
 * finish its work and exit, with any status. solo5_yield returns early for it, once,
 * with UK_READY_EVENT. After --grace=SECONDS the application is ended, with the
 * exit status 143 or 130. No exit.
 */
bool uk_stop_requested(void);

/* Which of the two it was, by its number: 15 for SIGTERM, 2 for SIGINT; 0: none. No exit. */
int uk_stop_signal(void);

/*
 * Returns whole pages (4,096 bytes) of the heap to the host: they read as zeroes,
 * and use memory again when they are next touched. One exit. SOLO5_R_EINVAL for
 * anything else than pages of the heap, SOLO5_R_EUNSPEC if the host refuses; the
 * pages are unchanged then.
 */
solo5_result_t uk_memory_return(void *pages, size_t size);

/*
 * The manifest's "files", as one tree in read-only memory: the root first, then
 * the entries of each folder, sorted by name. Times are not kept; permissions
 * are 0755 for folders and executable files, 0644 for others.
 */
struct uk_file {
	const char *name;
	const char *data;       /* content, or a link's target, followed by a zero byte; NULL: a folder */
	size_t size;            /* bytes of data, without the zero byte */
	uint32_t mode;          /* as st_mode of stat(2) */
	uint32_t first, count;  /* a folder's entries: uk_files[first] to uk_files[first + count - 1] */
};
extern const struct uk_file uk_files[];

/*
 * The manifest's "mounts": folders whose content is on a block device; behind
 * the last, device is NULL. With the C library they are mounted before main.
 */
struct uk_mount {
	const char *device;     /* its name */
	const char *folder;     /* absolute, without a slash at its end */
	bool readonly;          /* the device is */
};
extern const struct uk_mount uk_mounts[];

/*
 * Block devices. offset and size must be multiples of the device's block size, size
 * at least one block, and offset + size at most the capacity. SOLO5_R_EINVAL if
 * they aren't, if the handle isn't a block device's, and for changes to a device that
 * the manifest calls readonly; nothing was done then. SOLO5_R_EUNSPEC: the host
 * failed (I/O error, full disk); some of the blocks may have been written.
 */

/* Reads size bytes at offset into buf. One exit for any number of blocks; none on a mapped device. */
solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size);

/*
 * Writes size bytes from buf at offset; exits as for reading. Until a flush, a power
 * failure may leave any subset of the blocks written. So may the end of the monitor
 * at any moment, which on a mapped device can also leave part of a block.
 */
solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size);

/*
 * Returns once all earlier writes to the device are on the host's disk (fdatasync,
 * msync). One exit. After SOLO5_R_EUNSPEC, writes since the last successful flush
 * may be lost, even if a later flush succeeds.
 */
solo5_result_t uk_block_flush(solo5_handle_t handle);

/* A write followed by a flush, in one exit. If the write fails, nothing is flushed. */
solo5_result_t uk_block_write_flush(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size);

/*
 * Returns the blocks' space to the host; they read as zeroes from then on.
 * SOLO5_R_EUNSPEC, with nothing done, if the host's file system or device can't,
 * and on a mapped device, whose blocks must all stay allocated: an application
 * that relies on the zeroes must then write them.
 */
solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size);

/*
 * Network devices without copies. The limits on the length of frames are those of
 * solo5.h; SOLO5_R_EINVAL for other lengths and if the handle isn't a network device's.
 */

/*
 * Reserves a buffer for one frame of at most mtu + SOLO5_NET_HLEN bytes, to be filled
 * in and committed. SOLO5_R_AGAIN if all buffers are in use; SOLO5_R_EUNSPEC if the
 * device's back end is gone. A second call before a commit returns the same buffer.
 */
solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **frame);

/* Sends the first size bytes of the reserved buffer. */
solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size);

/*
 * Whether the host cuts TCP's segments for the device, and computes TCP's checksums: where the
 * appliance has NET_OFFLOAD (Kconfig), and --net named a TAP interface.
 */
bool uk_net_offloads(solo5_handle_t handle);

/*
 * Where uk_net_offloads: reserves a buffer as uk_net_reserve does, for a frame of TCP that goes on in so many parts, of which
 * there may be UK_NET_PARTS. If too few buffers are free, it waits.
 */
#define UK_NET_PARTS 15
solo5_result_t uk_net_reserve_tcp(solo5_handle_t handle, unsigned count, uint8_t **frame);

/* bytes that must not change until they were sent: then release is called for the owner, unless that is NULL */
struct uk_net_part {
	const void *bytes;
	size_t size;
	void *owner;
};

/*
 * Sends the first size bytes of the reserved buffer, all headers among them, and then the parts, without copying these: one
 * packet of IP without options or a fragment's, of up to 65535 bytes, whose length is that of the frame, with TCP's header and
 * its data. TCP's checksum is computed by the host; in its place is the sum (not its complement) of
 * the pseudo-header, whose length is the frame's. The host cuts the data into segments of that many bytes, at least 536, none of which
 * may be longer than the MTU; 0 if it has to cut nothing. What is not of this form ends the guest. release, the same for all frames
 * of a device, is called by uk_net_reserve_tcp and uk_net_reclaim.
 */
solo5_result_t uk_net_commit_tcp(solo5_handle_t handle, size_t size, const struct uk_net_part *parts, unsigned count, size_t segment,
				 void (*release)(void *owner));

/* Calls release for all parts that were sent. */
void uk_net_reclaim(solo5_handle_t handle);

/*
 * Takes the next received frame, which belongs to the application until it is released.
 * SOLO5_R_AGAIN if there is none. Several may be held, which leaves fewer buffers for new ones.
 */
solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **frame, size_t *size);

/*
 * As uk_net_take, for applications that also take large frames of TCP, which come in parts: a frame ends with the
 * first part without UK_NET_CONTINUES, and each part is released by itself. UK_NET_SUMMED: the checksum of TCP or UDP is
 * known to be right, or was never computed, since a program of this host sent the frame. UK_NET_SCARCE: more than half of the
 * device's buffers are held, so this one should be released soon.
 */
#define UK_NET_SUMMED    1u
#define UK_NET_CONTINUES 2u
#define UK_NET_SCARCE    4u
solo5_result_t uk_net_take_large(solo5_handle_t handle, const uint8_t **frame, size_t *size, unsigned *flags);

/* Releases a frame that was taken; the order doesn't matter. */
solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *frame);

/* False once the device's back end is gone: its socket was closed, its interface deleted. */
bool uk_net_is_up(solo5_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif
