/* SPDX-License-Identifier: ISC */
/*
 * module.h -- modules, as their .mod files describe them
 *
 * A .mod file is read line by line; '#' starts a comment, and the first line is
 * "# NAME -- what it is". Each line is one statement; any statement may end in
 * "if SYMBOL" (before the comment): it counts only when that Kconfig symbol is y.
 *
 *   hypercall NAME(PARAMETER, ...)   a call from guest to monitor, handled by host_NAME
 *   doorbell  NAME [each]            a call without arguments or result that only signals an eventfd of the monitor, or
 *                                    one per device: the guest calls doorbell_NAME, no handler runs
 *   shared    NAME                   a variable of the guest half, shared_NAME, that the host half reads and writes
 *                                    while the guest runs; it must lie in memory that the guest may write
 *   api       SYMBOL...              functions that the module's guest half offers to applications
 *   device    TYPE                   the manifest's device type that this module backs (one a module)
 *   property  TYPE KEY               a further key of such a device in the manifest; bool or u64
 *   info      TYPE NAME[COUNT]       a field of struct MODULE_info, which the monitor fills in for the guest: one struct
 *                                    per device, or a single one for a module without devices
 *   option    --NAME[:NAME]=ARG required "help"    :NAME means once per device; =ARG, [=ARG] (optional) or none
 *   source    host|guest FILE        a further source file; host.c and guest.c are compiled when they exist
 *   setup     FUNCTION               runs before the sandbox closes
 *   start     FUNCTION               runs just before the guest's first instruction
 *   enter     FUNCTION               runs before the guest runs, each time, after all else
 *   leave     FUNCTION               runs when the guest has left, each time, before all else; takes its hypercall's number,
 *                                    or LEAVE_TRAP or LEAVE_SIGNAL of core.h
 *   refresh   FUNCTION               runs at each exit, before the guest resumes
 *   idle      FUNCTION               runs before the guest's thread waits in a yield, and after each event that it waited
 *                                    for (wait_place); true: the guest has something to do
 *   trap      FUNCTION               runs when the guest traps; true: it is handled, the guest resumes
 *   interrupt FUNCTION               runs when a signal stopped the guest or its wait
 *   sample    FUNCTION               runs in a thread of its own when somebody asks for the figures of this run, and writes
 *                                    the module's by core/samples.h
 *   end       FUNCTION               runs when the guest has ended; takes its exit status, -1 after abort or trap
 *   poll      FUNCTION               in the guest half: runs before the guest sleeps, and returns the set of ready handles;
 *                                    if it is empty, it has asked the monitor to wake the guest
 *   finish    FUNCTION               in the guest half: runs before the guest exits, but not after an abort or trap
 *   descriptor NAME [each]           a file descriptor with a fixed number, or one per device; FD_NAME in the code
 *   thread    NAME [alone]           a thread of the monitor, for thread_start, with its own filter: NAME_filter. "alone":
 *                                    the module's syscall lines are all of it; it calls neither message nor thread_guest_end
 *   header    FILE                   the header that defines names of numbers in syscall lines: linux/kvm.h
 *   helper    NAME                   a filter for a process that the module starts: NAME_filter
 *   syscall   NAME[(ARGUMENT, ...)] [thread NAME|helper NAME] [for HYPERCALL] # cause
 *                                    a system call that is allowed after start, to the thread that runs the guest or
 *                                    to the one named; with "for" only if the guest can make that hypercall.
 *                                    ARGUMENT is _ (any value), fd NAME, a number, or NAME=NUMBER: KVM_RUN=0xae80,
 *                                    O_WRONLY|O_CREAT=0x41, for which the compiler checks that they are equal
 *
 * In core.mod only, a system call can also be for "each thread" that modules declare,
 * or "with thread": for the thread that runs the guest, if there is any other.
 */
#ifndef MODULE_H
#define MODULE_H

#include <stdint.h>

#include "base/diag.h"
#include "base/strings.h"

struct parameter {
	const char *name;
	enum parameter_kind {
		PARAMETER_VALUE,
		PARAMETER_DEVICE,       /* the index of one of the module's devices, checked by the unmarshaller */
		PARAMETER_RESULT,       /* a value that the monitor returns */
		PARAMETER_BUFFER,
	} kind;
	const char *type;       /* C type, of a buffer's elements: "uint64_t" */
	unsigned size;          /* of type, in bytes */
	enum direction { IN, OUT, INOUT } direction;    /* of a buffer, as the monitor sees it */
	const char *count;      /* of a buffer: name of the parameter with its length in elements */
};

struct hypercall {
	const char *name;
	struct parameter *parameters;
	size_t parameter_count;
	struct position where;
};

struct doorbell {
	const char *name;
	bool each;
	struct position where;
};

struct shared {
	const char *name;
	struct position where;
};

struct field {                  /* of struct MODULE_info, or a property */
	const char *type;       /* C type; "bool" or "uint64_t" for a property */
	const char *name;
	unsigned count;         /* array elements; 0 for a plain field */
	struct position where;
};

struct option {
	const char *name;       /* "net-mac"; the handler is option_net_mac */
	bool each;              /* ":NAME": given once a device */
	const char *argument;   /* "MAC"; NULL if it takes none */
	bool argument_optional;
	bool required;
	const char *help;
	struct position where;
};

enum hook {
	HOOK_SETUP, HOOK_START, HOOK_ENTER, HOOK_LEAVE, HOOK_REFRESH, HOOK_IDLE, HOOK_TRAP, HOOK_INTERRUPT, HOOK_SAMPLE, HOOK_END,
	HOOK_COUNT
};

struct hook_kind {
	const char *name;       /* "setup", ... */
	bool answers;           /* its functions return bool */
	const char *takes;      /* the name of their argument, an int; NULL if they take none */
};

extern const struct hook_kind hook_kinds[HOOK_COUNT];

struct descriptor {
	const char *name;
	bool each;
	struct position where;
};

/* one argument check of a system call */
struct check {
	enum { CHECK_ANY, CHECK_VALUE, CHECK_DESCRIPTOR } kind;   /* _, 0x2a, fd NAME */
	uint64_t value;
	const char *number;     /* the value as it is written */
	const char *names;      /* "KVM_RUN", "O_WRONLY|O_CREAT": constants of C with that value; NULL: only the number is given */
	const char *descriptor;
};

struct syscall {
	const char *name;
	struct check checks[6];
	size_t check_count;
	enum caller {
		CALLER_GUEST,           /* the thread that runs the guest */
		CALLER_GUEST_AND_THREAD,        /* the same, if modules have other threads */
		CALLER_EACH_THREAD,     /* each thread that modules declare */
		CALLER_THREAD,
		CALLER_HELPER,
	} caller;
	const char *caller_name;        /* of a thread or helper; NULL for the others */
	const char *hypercall;  /* NULL: whatever hypercalls there are */
	const char *cause;      /* the line's comment; each system call must have one */
	struct position where;
};

struct condition {              /* if SYMBOL */
	const char *symbol;
	struct position where;
};

/* a use of something that another statement declares, before or after it */
struct reference {
	enum { REFERENCE_DEVICE, REFERENCE_DESCRIPTOR, REFERENCE_THREAD, REFERENCE_HELPER, REFERENCE_HYPERCALL } kind;
	const char *name;       /* of the descriptor, thread, helper or hypercall; what needs the device: "\"each\"" */
	struct position where;
};

struct optional;

struct module {
	const char *name;       /* the folder's name; its Kconfig symbol is the same in capitals */
	const char *folder;     /* absolute */
	const char *path;       /* of the .mod file */
	const char *title;      /* "what it is" in the first line */
	struct hypercall *hypercalls;
	size_t hypercall_count;
	struct doorbell *doorbells;
	size_t doorbell_count;
	struct shared *shared;
	size_t shared_count;
	struct strings polls, finishes; /* C function names */
	struct strings api;
	const char *device_type;        /* NULL: not a device */
	struct position device_where;
	struct field *properties, *infos;
	size_t property_count, info_count;
	struct option *options;
	size_t option_count;
	struct strings host_sources, guest_sources;     /* absolute */
	struct strings hooks[HOOK_COUNT];               /* C function names */
	struct descriptor *descriptors;
	size_t descriptor_count;
	struct strings threads, helpers;
	struct strings alone;           /* threads without core.mod's system calls for each thread */
	struct strings headers;         /* as #include <...> has them */
	struct syscall *syscalls;
	size_t syscall_count;
	struct reference *references;
	size_t reference_count;
	struct condition *conditions;   /* of all lines */
	size_t condition_count;
	struct optional *optionals;     /* what is dropped unless a Kconfig symbol is y: module_configure */
	size_t optional_count;
	size_t device_count;    /* devices of the manifest that it backs: devices_check */
};

struct modules {
	struct module **items;
	size_t count;
};

#endif
