/* SPDX-License-Identifier: ISC */
/* calls.h -- the hypercalls and doorbells that a guest makes, numbered */
#ifndef CALLS_H
#define CALLS_H

#include "compose/composition.h"

/* Numbers the calls of selected modules that guest, the whole guest as one object, refers to. */
void calls_number(struct composition *composition, const struct object *guest);

/* the call that a symbol of the guest makes: "hypercall_NAME" or "doorbell_NAME"; NULL if it has no number */
const struct call *call_find(const struct composition *composition, const char *symbol);

/* Drops the system calls that serve only hypercalls without a number. */
void syscalls_drop_unused(struct composition *composition);

#endif
