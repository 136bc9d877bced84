/* SPDX-License-Identifier: ISC */
/*
 * monitor.h -- what the parts of the core share with each other and with the
 * generated code, but not with modules
 *
 * All sources of the core are compiled as one translation unit, gen/core.c in
 * BUILDDIR, which is smaller and compiles faster. So each static name is unique in
 * all of core/, and each source includes what it needs, as if it stood alone.
 */
#ifndef MONITOR_H
#define MONITOR_H

#include <linux/filter.h>
#include <signal.h>
#include <stdarg.h>
#include <time.h>

#include "core.h"
#include "hooks.h"              /* generated: hooks_setup() and so on; true from idle and trap: the guest resumes */

/* --- generated: gen/tables.c, gen/dispatch.c, gen/filter.c, gen/image.s --- */

extern const char appliance_version[];          /* ukgen's */
extern const char appliance_isolation[];        /* "virtual machine" or "process" */
extern const char description[];                /* gen/description.json; also what "ukgen inspect" reads */
extern const uint64_t memory_default;           /* bytes, from the manifest */

/* what options say is one text, since a pointer takes 32 bytes of the file: 8, and 24 to relocate it */
extern const char option_text[];

/* places in option_text where strings begin */
struct option {
	uint16_t name;                          /* "net-mac" */
	uint16_t argument;                      /* "MAC"; 0 if it takes none */
	uint16_t help;
	uint16_t devices;                       /* names of the devices it is given for, one behind the other; 0: given once */
	uint8_t device_count;
	bool argument_optional, required;
};

enum { OPTIONS_MAX = 64 };

extern const struct option options[];           /* sorted by name */
extern const unsigned option_count;

/* calls option_NAME of the number-th option */
void option_set(unsigned number, unsigned device, const char *value);

/* runs the handler of hypercall number and returns its result; ends the guest if there is none */
int64_t dispatch(unsigned number);

/* how often each hypercall was made, and their names, one behind the other; read and written by samples/guest.c alone */
extern const unsigned call_count;
extern uint64_t call_counts[];
extern const char call_names[];

extern const struct filter filter;              /* of the thread that runs the guest */

/* the most bytes of a thread's filter: a host may copy it on the thread's stack of 19 KiB */
enum { THREAD_FILTER_SIZE = 14 << 10 };

/* calls time_start if that filter allows reading the clock; does nothing else, so that a monitor without clock links none */
void time_prepare(void);

/* --- the core's own parts --- */

/* parses the command line; what follows the options is the guest's */
void options_parse(int argc, char **argv);

/* the guest's arguments, joined by spaces, at the top of its stack; the guest's address */
uint64_t command_line_place(void);

/* the vDSO's clock_gettime, NULL if this kernel has none; read-only once the sandbox is closed */
typedef int vdso_clock_function(clockid_t id, struct timespec *time);
extern vdso_clock_function *vdso_clock;
void vdso_start(void);

/* nanoseconds on one of the host's clocks: clock_gettime(2) */
uint64_t clock_read(int which);

/* the guest's clock begins, if it hasn't; called before any thread reads it, and not if none does */
void time_start(void);

/* opens /dev/null in the place of each standard descriptor that is closed */
void descriptors_complete(void);

/* sets the default disposition of signals; modules may change it */
void signals_default(void);

/* from the host's signal handler, whatever was interrupted: calls the function of signal_on */
void signal_came(const siginfo_t *info);

/* for signal_on: ends the appliance with status 128 plus the signal's number, as a shell reports it */
_Noreturn void signal_ends(const siginfo_t *info);

/* for the host's signal_interrupts; flags are sigaction(2)'s, beside SA_SIGINFO */
void signal_handler_set(int number, void (*handler)(int, siginfo_t *, void *), int flags, void (*restorer)(void));

/* closes all descriptors from first to last */
void descriptors_close(unsigned first, unsigned last);

/* called by each thread, irreversible: drops user, capabilities and file access, and installs the filter */
void sandbox_confine(const struct filter *filter);

/* the same for a helper, which keeps its user ID */
void sandbox_confine_helper(const struct filter *filter);

/* drops what concerns the whole process, then calls sandbox_confine for the thread that runs the guest */
void sandbox_close(void);

/* sets the name that messages begin with, from the path of the file that was executed, which may be NULL */
void message_begin_with(const char *path);

/* the name that messages begin with */
const char *message_name(void);

/* the first word of the report when a guest aborts: log watchers made for Solo5 look for it */
#define MESSAGE_ABORT "ABORT: "

/* prints a line as message does, with kind before it; errno is for %m, or a trailing ':' */
void message_write(const char *kind, const char *format, va_list args);

/* prints why the processor trapped: exception, address, registers */
void trap_report(void);

/* the second part of that report: where the guest is, its callers, its registers */
struct trap_frame;
void trap_frame_report(const struct trap_frame *frame);

/* its registers, as REPORT_REGISTERS has it (ARCH/registers/) */
void trap_registers_report(const struct trap_frame *frame);

/* another thread wants the guest to end, and has said why */
extern volatile bool guest_is_ending, guest_is_over;

/* runs the end hooks and exits with the status of an abort */
_Noreturn void guest_stop(void);

#endif
