/* SPDX-License-Identifier: ISC */
/* inputs.h -- the application's sources, objects and archives, and the sources of its libraries */
#ifndef INPUTS_H
#define INPUTS_H

#include "compose/composition.h"
#include "compose/request.h"

/* Finds what the manifest and the command line name; exits with status 1 after an error. */
void inputs_find(struct composition *composition, const struct request *request);

/* true for what is compiled; false for objects and archives */
bool input_is_source(const char *path);

/* the library whose source input i is; NULL for the application's own */
const struct library *input_library(const struct composition *composition, size_t i);

/* the rule that compiles a library's sources */
char *library_rule(const struct library *library);

/* the object that source i is compiled to, in BUILDDIR */
char *input_object_name(const struct composition *composition, size_t i);

/* the object that input i is, or that is compiled from it */
const char *input_object(const struct composition *composition, size_t i);

/* what input i defines and wants; a source must be compiled by now */
const struct object *input_read(const struct composition *composition, size_t i);

#endif
