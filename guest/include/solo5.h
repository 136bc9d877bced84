/* SPDX-License-Identifier: ISC */
/*
 * solo5.h -- the application's API, source-compatible with Solo5
 *
 * An application defines solo5_app_main and calls what follows; ukgen links in
 * exactly what it calls. Calls that return solo5_result_t return SOLO5_R_OK on
 * success. Passing a buffer outside of the application's own memory ends it.
 */
#ifndef SOLO5_H_INCLUDED
#define SOLO5_H_INCLUDED

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
	SOLO5_R_OK = 0,
	SOLO5_R_AGAIN,          /* not now; the same call may succeed later */
	SOLO5_R_EINVAL,         /* an argument is invalid */
	SOLO5_R_EUNSPEC,        /* the host failed */
} solo5_result_t;

/* passed to the application at its start */
struct solo5_start_info {
	const char *cmdline;    /* the arguments after the appliance's own options, joined by spaces */
	uintptr_t heap_start;   /* the application's own memory: readable, writable, zeroed */
	size_t heap_size;       /* bytes; the stack lies elsewhere, above a guard page */
};

/* The application's entry point; returning from it is the same as solo5_exit with the value returned. */
int solo5_app_main(const struct solo5_start_info *info);

#define SOLO5_EXIT_SUCCESS 0
#define SOLO5_EXIT_FAILURE 1
#define SOLO5_EXIT_ABORT 255    /* also after a trap; applications should not use it */

/* Ends the application; the low eight bits of status are the appliance's exit status. */
void solo5_exit(int status) __attribute__((noreturn));

/* Ends the application with SOLO5_EXIT_ABORT; a core dump is written if one was asked for. */
void solo5_abort(void) __attribute__((noreturn));

typedef uint64_t solo5_time_t;  /* nanoseconds */

/* Time since an arbitrary moment; never goes backwards. */
solo5_time_t solo5_clock_monotonic(void);

/* Time since 1970-01-01 00:00 UTC; follows the host's clock. */
solo5_time_t solo5_clock_wall(void);

typedef uint64_t solo5_handle_t;        /* of a device; less than 64 */
typedef uint64_t solo5_handle_set_t;    /* bit h is handle h */

/*
 * Sleeps until monotonic time reaches deadline or a network device has a frame.
 * Sets *ready_set, unless NULL, to the devices that have one.
 */
void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set);

/* Writes size bytes to the console; text that the host doesn't accept is lost. */
void solo5_console_write(const char *buf, size_t size);

#define SOLO5_NET_ALEN 6        /* bytes of an Ethernet address */
#define SOLO5_NET_HLEN 14       /* bytes of an Ethernet header */

struct solo5_net_info {
	uint8_t mac_address[SOLO5_NET_ALEN];
	size_t mtu;             /* bytes, without the Ethernet header */
};

/* Acquires the network device that the manifest calls name; SOLO5_R_EINVAL if there is none or it was acquired before. */
solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info);

/* Sends one frame with its header, at most mtu + SOLO5_NET_HLEN bytes; drops it if the host can't take it now. */
solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size);

/* Receives one frame; size must be at least mtu + SOLO5_NET_HLEN. SOLO5_R_AGAIN if there is none. */
solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size);

typedef uint64_t solo5_off_t;

struct solo5_block_info {
	solo5_off_t capacity;   /* bytes */
	solo5_off_t block_size; /* bytes; offsets and sizes are multiples of it */
};

/* Acquires the block device that the manifest calls name; SOLO5_R_EINVAL if there is none or it was acquired before. */
solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle, struct solo5_block_info *info);

/* Writes one block from buf at offset: all of it or nothing. */
solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size);

/* Reads one block at offset into buf: all of it or nothing. */
solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size);

/* The size of one thread's block of thread-local storage, in bytes. */
size_t solo5_tls_size(void);

/* The thread pointer for the block at tls. */
uintptr_t solo5_tls_tp_offset(uintptr_t tls);

/* Initialises the block at tls, of solo5_tls_size() bytes, with the variables' initial values. */
solo5_result_t solo5_tls_init(uintptr_t tls);

/* Sets the thread pointer to base. */
solo5_result_t solo5_set_tls_base(uintptr_t base);

#ifdef __cplusplus
}
#endif

#endif
