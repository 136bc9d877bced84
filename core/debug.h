/* SPDX-License-Identifier: ISC */
/*
 * debug.h -- what the core offers to modules that look into the guest: registers, traps, memory
 *
 * A module's host.c may include it beside core.h; its Kconfig then selects
 * REGISTERS_READ or REGISTERS_WRITE, which bring the code and let the system
 * calls through: debug/ is what all architectures share, ARCH/debug/ the rest.
 * The guest is stopped whenever these functions are called; none of them runs
 * it, but for watch_test.
 */
#ifndef DEBUG_H
#define DEBUG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/procfs.h>

/* --- registers (ARCH/debug/registers.c, target.c) --- */

enum { REGISTERS_MAX = 1024 };

/* one register after the other, in the order and with the sizes of register_places */
struct registers {
	uint8_t bytes[REGISTERS_MAX];
};

struct register_place {
	uint16_t offset, size;          /* bytes */
};

/* numbered as debuggers do, and described to them in GDB's XML */
extern const struct register_place register_places[];
extern const unsigned register_count;
extern const char register_description[];

/* what a debugger wants to know at each stop: stack and frame pointer, program counter */
enum { REGISTER_STACK, REGISTER_FRAME, REGISTER_PROGRAM, REGISTER_KEYS };
extern const uint8_t register_keys[REGISTER_KEYS];

/* as they were before a trap; or, in a hypercall, as they will be after it */
void registers_get(struct registers *registers);

/* prints them, with the guest's calls, as a trap report does; also from a handler of signal_on, while the guest does not run */
void registers_show(void);

/* where the guest goes on, and leaves a trap; with step for one instruction only, then it traps */
void registers_set(const struct registers *registers, bool step);

uint64_t registers_program_counter(const struct registers *registers);
void registers_program_counter_set(struct registers *registers, uint64_t address);

/* as core files have them: pr_reg of status, and the floating-point registers */
extern const uint16_t registers_machine;        /* EM_... */
void registers_dump(const struct registers *registers, struct elf_prstatus *status, elf_fpregset_t *floating);

/* what else GDB must know: an ELF note of its owner's */
struct register_note {
	const char *owner;              /* of 4 to 7 characters */
	uint32_t type, size;
	uint64_t words[4];
};
enum { REGISTER_NOTES_MAX = 2 };

/* fills the first of notes; returns how many */
unsigned registers_notes(const struct registers *registers, struct register_note notes[REGISTER_NOTES_MAX]);

/* --- traps (ARCH/debug/debug.c), watchpoints (debug/watch.c) --- */

/* signals with the same number in Linux and in GDB's protocol */
enum signal_number {
	SIGNAL_INTERRUPT = 2, SIGNAL_ILLEGAL = 4, SIGNAL_TRAP = 5, SIGNAL_ABORT = 6, SIGNAL_ARITHMETIC = 8, SIGNAL_SEGMENT = 11,
};

struct trap {
	enum { TRAP_FAULT, TRAP_BREAKPOINT, TRAP_STEP, TRAP_WATCH } kind;
	int signal;                     /* what Linux would send a process for it */
	uint64_t address;               /* TRAP_WATCH: of what was accessed */
};

/* what the guest trapped for; false if it isn't in a trap */
bool trap_read(struct trap *trap);

/* the instruction that traps, and how far behind it the program counter is then */
enum { BREAKPOINT_MAX = 4 };
extern const uint8_t breakpoint_code[BREAKPOINT_MAX];
extern const unsigned breakpoint_size, breakpoint_distance;

/* the processor's watchpoints: false if there are not enough, or none at all */
bool watch_add(uint64_t address, uint64_t size, bool reads);
void watch_remove(uint64_t address, uint64_t size, bool reads);

/*
 * Tries a watchpoint out, in place of the guest's first instruction: some
 * hosts ignore them, and watch_add fails then. Needs writable text.
 */
bool watch_test(void);

/* --- memory (debug/memory.c): as the guest's page tables map it --- */

struct debug_range {
	uint64_t start, end;
	unsigned access;                /* ACCESS_ bits of paging.h */
};

/* the first mapped range that ends above address, clipped to begin there; false if there is none */
bool debug_range(uint64_t address, struct debug_range *range);

/* how many bytes could be copied; what the guest may do there doesn't matter */
size_t debug_read(uint64_t address, void *to, size_t size);
size_t debug_write(uint64_t address, const void *from, size_t size);

/* the host address of a mapped range */
const void *debug_memory(uint64_t address);

/* from a setup hook: debug_write may write text and read-only data; the guest may not still */
void debug_text_unlock(void);

#endif
