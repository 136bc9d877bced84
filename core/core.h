/* SPDX-License-Identifier: ISC */
/*
 * core.h -- what the monitor offers to the host half of a module
 *
 * A module's host.c includes this header and no other of the core, except
 * debug.h to look into the guest, samples.h to show figures and system_call.h. It defines
 * host_NAME for each of its hypercalls, option_NAME for each option and the
 * functions that its setup, start, enter, leave, refresh, idle, trap, interrupt, sample and end lines name; their
 * prototypes are generated from the .mod file. The return value of host_NAME is
 * what the guest's stub returns: 0 or an enum result.
 *
 * No function here hands out a guest address that was not checked.
 */
#ifndef CORE_H
#define CORE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"                /* generated: struct boot_info, device counts */
#include "config.h"             /* generated: CONFIG_ values from Kconfig */
#include "handlers.h"           /* generated: what modules must define; FD_ numbers */

/* as solo5.h's solo5_result_t */
enum result { RESULT_OK, RESULT_AGAIN, RESULT_INVALID, RESULT_UNSPECIFIED };

extern const char appliance_name[];

/* --- messages: %s %d %u %lu %lx, and %m for what errno means, on stderr, behind the name that the appliance was called by --- */

#define MESSAGE_FORMAT __attribute__((format(printf, 1, 2)))

void message(const char *format, ...) MESSAGE_FORMAT;

/* bad usage or a host failure before the guest ran: exit status 1; a trailing ':' appends what errno means */
_Noreturn void fail(const char *format, ...) MESSAGE_FORMAT;

/* the guest broke a rule: end hooks run, exit status 255 */
_Noreturn void guest_end(const char *format, ...) MESSAGE_FORMAT;

/* the guest is done: end hooks run, then the monitor exits with this status */
_Noreturn void guest_exit(int status);

/* writes all of it, waiting for room; false and errno when the descriptor fails */
bool output_write(int descriptor, const void *text, size_t length);

/* --- before the guest runs --- */

/* at a fixed address in guest memory; read-only to the guest, and never read back by the monitor */
struct boot_info *boot_info(void);

/* true if a buffer of a hypercall lies in the guest's heap */
bool heap_has(const void *buffer, uint64_t size);

/*
 * From a setup hook: makes the first size bytes of a file memory of the guest,
 * far above its own and never executable, and returns the guest's address; *host
 * is the monitor's; both are page-aligned. 0 and errno on failure: EFBIG
 * means that page tables for it don't fit. No buffer of a hypercall can lie there.
 */
uint64_t memory_map_file(int descriptor, uint64_t size, bool writable, void **host);

/* how the appliance was called, then the guest's arguments, then NULL */
const char *const *arguments_given(void);

/*
 * From a setup hook: copies count words into memory of the guest, which may change
 * them, and returns the guest's address of pointers to each, with NULL after
 * the last. Fails with a message that names them by `what` if they don't fit.
 */
uint64_t words_place(const char *what, const char *const *words, unsigned count);

/* "NAME=VALUE" for each entry of the manifest's "environment", then NULL */
extern const char *const manifest_environment[];

/* a decimal number in [low, high], or fail naming the option */
uint64_t number_parse(const char *option, const char *value, uint64_t low, uint64_t high);

/*
 * A token bucket: what passes takes tokens, and it fills steadily, up to burst.
 * In any time t at most burst + rate * t pass. One thread at a time may use it.
 */
struct bucket {
	uint64_t rate, burst;           /* tokens a second, and at most; rate 0: unlimited */
	uint64_t tokens;                /* billionths */
	uint64_t filled;                /* when, as time_now has it */
};

/* RATE[:BURST][,RATE[:BURST]], the value of --OPTION:DEVICE: bytes, then what `calls` names; fails if it is something else */
void buckets_parse(const char *option, const char *device, const char *value, const char *calls,
		   struct bucket *bytes, struct bucket *operations);

/* full; if no burst was given, that of a tenth of a second. Fails unless least tokens can pass at once. */
void bucket_start(const char *option, const char *device, struct bucket *bucket, uint64_t least);

/* what a .mod file's "shared" line names: shared_NAME */
struct shared {
	uint64_t address, size;         /* of the guest's variable; 0, 0 if it doesn't use it */
};

/* host address of size bytes that the guest may change at any time; NULL if this guest doesn't use them */
void *shared_memory(const struct shared *shared, size_t size);

/* the number of a doorbell that this guest never rings */
#define DOORBELL_NONE 0x80000000u

/* from now on the doorbell with this number signals event: doorbell_NAME, or doorbell_NAME + device */
void doorbell_bind(unsigned number, int event);

/* what a .mod file's "thread" or "helper" line names: NAME_filter */
struct filter {
	unsigned short length;
	bool reads_time;        /* allows clock_gettime, which the vDSO may make */
	const struct sock_filter *program;
};

/*
 * From a setup hook: runs function in a thread of its own, which sleeps once
 * function returns. It blocks all signals. Once thread_start returns, its filter
 * allows what its "syscall ... thread NAME" lines name, and otherwise only what this
 * header's message, time_now, spin_pause, guest_memory, thread_guest_end and
 * ppoll need: core.mod has their lines.
 */
void thread_start(void (*function)(void), const struct filter *filter);

/*
 * From a setup hook: a signal ends what the guest does, or the system call that
 * is made for it, and the interrupt hooks run. flags are sigaction(2)'s: 0 or
 * SA_RESTART. Takes rt_sigreturn; no other handler may be set, since on the
 * process host it would run with the guest's thread pointer.
 */
void signal_interrupts(int number, int flags);

/*
 * The same for a signal below 32, and handler runs first, on the thread that runs
 * the guest and whatever that is doing. No signal interrupts it; it may make system
 * calls and change what is its own alone.
 */
void signal_on(int number, void (*handler)(const siginfo_t *), int flags);

/* true if the signal was ignored when the appliance was started, as by nohup(1) */
bool signal_is_ignored(int number);

/*
 * In a process that a setup hook forked to make files in a folder: started as
 * root it becomes the folder's owner, as does the file, and has no capabilities.
 * False and errno if that user may not make files there.
 */
bool sandbox_own_folder(int folder, int file);

/* After this, that process can make files in that folder and do what its filter (a "helper" line) allows. */
void sandbox_confine_to_folder(int folder, const struct filter *filter);

/*
 * From a setup hook: starts a process that runs function. It shares the
 * descriptors and nothing else, and its filter, which the .mod file's "helper"
 * line names, is in force when function begins; exit_group ends it. ppoll finds
 * the descriptor `monitor` readable once the monitor has ended.
 */
void helper_start(void (*function)(void), const struct filter *filter, int monitor);

/* the descriptor that "@FD" names, as the value of --OPTION:DEVICE; fails if it can't be an inherited one */
int descriptor_inherited(const char *option, const char *device, const char *value);

/*
 * True if the descriptor was inherited: the monitor opens all of its own with
 * close-on-exec, and inherited ones don't have that flag.
 */
bool descriptor_is_inherited(int descriptor);

/*
 * A socket that listens at the path of --OPTION=unix:PATH, close-on-exec, in the place of one that an earlier appliance left there; so
 * many clients may wait. The umask decides which users may connect.
 */
int listen_unix(const char *option, const char *path, int waiting);

/* moves a descriptor to its fixed number FD_..., close-on-exec; at the end of setup all others except 1 and 2 are closed */
void descriptor_place(int descriptor, int number);

/* --- while the guest runs --- */

/* for handlers of signal_on: true while guest code runs, false during a hypercall or a wait */
extern volatile bool guest_is_running;

/* what leave hooks take if the guest made no hypercall */
enum { LEAVE_TRAP = -1, LEAVE_SIGNAL = -2 };

/* nanoseconds on the guest's monotonic clock, which starts at 0 (CLOCK_MONOTONIC less its value at start) */
uint64_t time_now(void);

/* from a setup hook: makes the two functions below work */
void counter_start(void);

/* the counter that the guest reads (TSC, CNTVCT), and its frequency in Hz */
uint64_t counter_now(void);
uint64_t counter_frequency(void);

/* spin-loop hint; lets the sibling hyperthread run */
void spin_pause(void);

/* yield ends early when event, a blocking eventfd, is signalled, and resets it */
void wait_add(int event);

/*
 * From a setup hook: an entry of yield's ppoll(2) set, with descriptor -1. An
 * idle hook fills it in before each wait and finds the events there afterwards.
 * With POLLOUT the hook also runs every 0.1 s.
 */
struct pollfd *wait_place(void);

/*
 * From the handler of a hypercall: sleeps for that many ns. Signals are served
 * meanwhile. False: the guest is to end, and the handler has to return.
 */
bool wait_pause(uint64_t time);

/*
 * 0 if so many tokens, at most the burst, are in the bucket; else the ns until they
 * are, or until as many are as come in a millisecond, so that waits are few.
 */
uint64_t bucket_wait(struct bucket *bucket, uint64_t tokens);

/* after bucket_wait returned 0 */
void bucket_take(struct bucket *bucket, uint64_t tokens);

/*
 * The host address of size bytes at a guest address, NULL if they are not
 * wholly in memory that the guest itself may read (write).
 */
void *guest_memory(uint64_t address, uint64_t size, bool write);

/* guest_end for a thread of thread_start: the thread that runs the guest ends it */
_Noreturn void thread_guest_end(const char *format, ...) MESSAGE_FORMAT;

#endif
