/* SPDX-License-Identifier: ISC */
/* inputs.h -- the application's sources, objects and archives, and the sources of its libraries */
#ifndef INPUTS_H
#define INPUTS_H

#include "compose/composition.h"
#include "compose/request.h"

/* Finds the files that the manifest and the command line name; exits with status 1 after an error. */
void inputs_find(struct composition *composition, const struct request *request);

/* true for sources in C++ */
bool input_is_cxx(const char *path);

/* true for sources; false for objects and archives */
bool input_is_source(const char *path);

/* the library that input i is a source of; NULL for the application's own */
const struct library *input_library(const struct composition *composition, size_t i);

/* the ninja rule that compiles a library's sources */
char *library_rule(const struct library *library);

/* the object in BUILDDIR that source i is compiled to */
char *input_object_name(const struct composition *composition, size_t i);

/* input i itself if it is an object, else the object compiled from it */
const char *input_object(const struct composition *composition, size_t i);

/* the symbols of input i; a source must have been compiled */
const struct object *input_read(const struct composition *composition, size_t i);

#endif
