/* SPDX-License-Identifier: ISC */
/* module_reader.h -- a description while it is read: the line, and the module that its statements are added to */
#ifndef MODULE_READER_H
#define MODULE_READER_H

#include "input/module.h"
#include "input/module_line.h"

struct reader {
	struct module *module;
	struct line line;
	bool failed;            /* some line had an error */
};

/* takes the rest of the line; true if the statement is well-formed */
bool reader_end(struct reader *reader);

/* notes that the line uses a thing declared elsewhere; at is where it does */
void reader_refer(struct reader *reader, int kind, const char *name, const char *at);

#endif
