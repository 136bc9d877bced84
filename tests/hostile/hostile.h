/* SPDX-License-Identifier: ISC */
/*
 * hostile.h -- what the attacks share
 *
 * An attack is an ATTACK(name) in a file of any/ or of its processor's folder; the
 * guest's argument selects it. The comment above says how it must end:
 *
 *     ARCH: STATUS MESSAGE            the monitor's message, as a shell pattern
 *     ARCH: + MESSAGE                 a line that must follow it
 *
 * STATUS is a number, or several separated by |; with 0 there must be no message.
 * ARCH is x86_64, aarch64 or any. Lines with pvm replace those above them where KVM
 * is PVM, which runs a guest's user mode as the host runs a process, without the
 * processor's help: what no process can be denied, no guest can. Lines with process
 * replace them on the process host, where another layer holds: there are no tables
 * to reach, IOPL denies ports, and the filter denies system calls. A comment holds
 * for all attacks that follow, up to the next one. An attack returns its status: one
 * that should have ended the guest, but did not, returns 0, and the test fails.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <solo5.h>
#include <stdint.h>
#include <string.h>

/* hypercalls: how many this guest has, according to ukgen inspect; it lacks the next number */
#define ATTACK(name) \
	int attack_##name(const struct solo5_start_info *info, unsigned hypercalls); \
	int attack_##name(const struct solo5_start_info *info __attribute__((unused)), \
			  unsigned hypercalls __attribute__((unused)))

/* fixed addresses, from the monitor's layout: attacks_list writes BOOT_INFO, ARGUMENTS and IMAGE, which are the host's */
#include "low.h"
enum { PAGE_TABLES = 0x15000 };

/* hypercalls as the generated stubs make them, without the checks of the bindings */
int64_t hypercall_block_read(uint64_t d, uint64_t offset, uint8_t *data, uint64_t size);
int64_t hypercall_block_write(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size);
int64_t hypercall_block_flush(uint64_t d);
int64_t hypercall_block_write_flush(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size);
int64_t hypercall_block_discard(uint64_t d, uint64_t offset, uint64_t size);

/* an address that the compiler can't reason about */
static inline uintptr_t hidden(uintptr_t address)
{
	__asm__ volatile("" : "+r"(address));
	return address;
}

static inline int read_byte(uintptr_t address)
{
	*(volatile const char *)hidden(address);
	return 0;
}

static inline int write_byte(uintptr_t address)
{
	*(volatile char *)hidden(address) = 1;
	return 0;
}

static inline int call(uintptr_t address)
{
	((void (*)(void))hidden(address))();
	return 0;
}

/* the guard page begins where the heap ends; in a process with a small stack, which is elsewhere, memory ends there */
static inline uintptr_t guard_page(const struct solo5_start_info *info)
{
	return info->heap_start + info->heap_size;
}

/* the end of memory: the command line lies right below, if the stack is above the heap */
static inline uintptr_t memory_end(const struct solo5_start_info *info)
{
	uintptr_t command_line = (uintptr_t)info->cmdline;

	return command_line < info->heap_start ? guard_page(info) : (command_line + strlen(info->cmdline) + 4096) & ~4095ul;
}

#endif
