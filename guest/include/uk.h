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
 * Block devices. offset and size are multiples of the device's block size, size
 * is at least one block, and offset + size at most the capacity: all else is
 * SOLO5_R_EINVAL, as are a handle of no block device and changes to a device
 * that the manifest calls readonly; then nothing was done. SOLO5_R_EUNSPEC: the
 * host failed (I/O error, full disk); some of the blocks may have been done.
 */

/* Reads size bytes at offset into buf: one exit, whatever the number of blocks. */
solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size);

/* Writes size bytes from buf at offset: one exit. A power failure may leave any of the blocks written, until a flush. */
solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size);

/*
 * Returns once all that was written to the device before is on the host's disk
 * (fdatasync). After SOLO5_R_EUNSPEC what was written since the last flush may
 * be lost, even if a later flush succeeds.
 */
solo5_result_t uk_block_flush(solo5_handle_t handle);

/*
 * Gives the blocks' space back to the host; from then on they read as zeroes.
 * SOLO5_R_EUNSPEC, and nothing done, where the host's file system or device
 * can't: an application for which the zeroes matter then writes them.
 */
solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size);

#ifdef __cplusplus
}
#endif

#endif
