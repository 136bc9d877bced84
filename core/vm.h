/* SPDX-License-Identifier: ISC */
/*
 * vm.h -- the interface of a host: what runs the guest
 *
 * core/kvm/ implements it with a virtual machine, core/process/ without one. They
 * also define boot_info, signal_interrupts and the counter's functions of core.h.
 * Nothing outside of these folders knows which host it is.
 */
#ifndef VM_H
#define VM_H

#include <stdbool.h>
#include <stdint.h>

enum vm_exit {
	EXIT_HYPERCALL,         /* vm_run's *number says which */
	EXIT_TRAP,              /* a trap stub reported */
	EXIT_AGAIN,             /* a signal; nothing happened */
};

/* creates a virtual machine with one virtual processor and no memory, or its equivalent; failures say what the user can do */
void vm_create(void);

/* --- guest memory (core/HOST/memory.c) --- */

/* bytes at LOW_ADDRESS, out of memory_size: boot info, arguments, and what the host needs there */
uint64_t vm_low_size(uint64_t memory_size);

/* the most memory that a guest can be given, in bytes */
uint64_t vm_memory_most(void);

/*
 * Inaccessible host addresses for guest memory from start to end, and for guard
 * pages around it: the host's address of start. NULL and errno if there are none.
 */
void *vm_reserve(uint64_t start, uint64_t end);

/*
 * Makes guest memory without the low pages and sets memory.base. Heap and stack are
 * zeroes; the image is in place. False and errno if that is impossible.
 */
bool vm_memory_reserve(void);

/* maps what memory_create laid out into the guest: low pages, image, heap and stack; fails if that is impossible */
void vm_memory_create(void);

/* maps size more bytes into the guest at address, for which host was reserved; false and errno (EFBIG: too much) */
bool vm_memory_add(uint64_t address, void *host, uint64_t size, bool writable);

/* --- for debuggers --- */

/*
 * What the guest may do at an address (ACCESS_ of machine/paging.h); false if
 * nothing is there. *size is the aligned range, a power of two, for which the
 * answer holds.
 */
bool vm_memory_find(uint64_t address, unsigned *access, uint64_t *size);

/* the host address through which the monitor writes guest memory; text and read-only data only after vm_text_unlock */
void *vm_memory_writable(uint64_t address);

/* from a setup hook: the monitor may write text and read-only data; the guest still may not */
void vm_text_unlock(void);

/* --- the processor --- */

/* the guest's call number signals the eventfd event instead of exiting; before the sandbox closes */
void vm_doorbell(unsigned number, int event);

/* sets the processor up to enter user mode at entry */
void vm_prepare(uint64_t entry, uint64_t stack);

/* runs the guest until it exits; ends it on an exit that no guest can cause */
enum vm_exit vm_run(unsigned *number);

/* all that the monitor does for a hypercall before the guest resumes: vm_run may call it instead of returning (core/main.c) */
void hypercall_serve(unsigned number);

/* the registers of a guest that trapped: machine/ARCH/layout.h */
struct trap_frame;
const struct trap_frame *vm_trap_frame(void);

/* --- the sandbox --- */

/* installs a filter for this thread; returns what seccomp(2) returns */
struct filter;
long vm_filter(const struct filter *filter);

#endif
