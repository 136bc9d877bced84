/* SPDX-License-Identifier: ISC */
/* c.h -- pieces of C that several emitters write */
#ifndef EMIT_C_H
#define EMIT_C_H

#include <stdio.h>

#include "base/diag.h"
#include "base/emit.h"
#include "compose/composition.h"
#include "input/module.h"

/*
 * Opens BUILDDIR/NAME and writes a head that says what it contains and which
 * manifest it was made from; guard is a header's include guard, NULL for other
 * files. emit_end closes it.
 */
void emit_begin(struct emit *emit, const struct composition *composition, const char *name, const char *what,
		const char *guard);
void emit_end(struct emit *emit, const char *guard);

/* "#line" that makes compilers' messages name the place in the .mod file; for ukgen's own without their absolute paths */
void emit_line(struct emit *emit, const struct composition *composition, struct position where);

/* "#line" for the emitted file itself again, relative to BUILDDIR */
void emit_line_here(struct emit *emit, const struct composition *composition);

/* "TYPE *name, TYPE name, ..." as host_NAME and hypercall_NAME take them; "void" if there are none */
void emit_parameters(FILE *out, const struct hypercall *call);

/* "void net_setup(void)": the hook as host.c defines it */
char *hook_prototype(enum hook hook, const char *function);

/* a string literal, quotes included */
void emit_string(FILE *out, const char *string);

/* text inside a comment, made unable to end it */
void emit_comment(FILE *out, const char *text);

/* a syscall line as its .mod file has it: "ioctl(fd vcpu, KVM_RUN=0xae80)" */
char *syscall_text(const struct syscall *call);

/* an #include line; C has no escapes in its file name */
void emit_include(FILE *out, const char *path);

/* "option_net_mac" of "net-mac" */
char *option_function(const struct option *option);

#endif
