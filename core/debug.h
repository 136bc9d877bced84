/* SPDX-License-Identifier: ISC */
/*
 * debug.h -- what the core offers to modules that look into the guest: registers, traps, memory
 *
 * A module's host.c may include it beside core.h; its Kconfig then selects
 * REGISTERS_READ or REGISTERS_WRITE, which add the code and allow its system
 * calls: debug/ is what all architectures share, ARCH/debug/ the rest.
 * The guest must be stopped when these functions are called; none of them runs
 * it, except watch_test.
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

/* the registers that a debugger needs at each stop: stack pointer, frame pointer, program counter */
enum { REGISTER_STACK, REGISTER_FRAME, REGISTER_PROGRAM, REGISTER_KEYS };
extern const uint8_t register_keys[REGISTER_KEYS];

/* as they were before a trap; or, in a hypercall, as they will be after it */
void registers_get(struct registers *registers);

/* prints them, with the guest's calls, as a trap report does; also from a handler of signal_on, while the guest does not run */
void registers_show(void);

/* sets where the guest resumes, and ends its trap; with step it traps again after one instruction */
void registers_set(const struct registers *registers, bool step);

uint64_t registers_program_counter(const struct registers *registers);
void registers_program_counter_set(struct registers *registers, uint64_t address);

/* as core files have them: pr_reg of status, and the floating-point registers */
extern const uint16_t registers_machine;        /* EM_... */
void registers_dump(const struct registers *registers, struct elf_prstatus *status, elf_fpregset_t *floating);

/* a further ELF note for GDB */
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

/* why the guest trapped; false if it isn't in a trap */
bool trap_read(struct trap *trap);

/* the breakpoint instruction, and how far past it the program counter is after the trap */
enum { BREAKPOINT_MAX = 4 };
extern const uint8_t breakpoint_code[BREAKPOINT_MAX];
extern const unsigned breakpoint_size, breakpoint_distance;

/* the processor's watchpoints: false if there are not enough, or none at all */
bool watch_add(uint64_t address, uint64_t size, bool reads);
void watch_remove(uint64_t address, uint64_t size, bool reads);

/*
 * Tests a watchpoint in place of the guest's first instruction: on hosts that
 * ignore watchpoints, watch_add then fails. Needs writable text.
 */
bool watch_test(void);

/* --- memory (debug/memory.c): as the guest's page tables map it --- */

struct debug_range {
	uint64_t start, end;
	unsigned access;                /* ACCESS_ bits of paging.h */
};

/* the first mapped range that ends above address, clipped to begin there; false if there is none */
bool debug_range(uint64_t address, struct debug_range *range);

/* return the number of bytes copied; the guest's own access rights don't matter */
size_t debug_read(uint64_t address, void *to, size_t size);
size_t debug_write(uint64_t address, const void *from, size_t size);

/* the host address of a mapped range */
const void *debug_memory(uint64_t address);

/* from a setup hook: lets debug_write write text and read-only data; the guest still can't */
void debug_text_unlock(void);

#endif
