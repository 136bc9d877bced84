/* SPDX-License-Identifier: ISC */
/* module_reader.h -- the state of reading a description: the line, and the module that statements are added to */
#ifndef MODULE_READER_H
#define MODULE_READER_H

#include "input/module.h"
#include "input/module_line.h"

struct reader {
	struct module *module;
	struct line line;
	bool failed;            /* some line had an error */
};

/* reads the rest of the line; true if the statement is well-formed */
bool reader_end(struct reader *reader);

/* records that the line uses something declared elsewhere, at that place */
void reader_refer(struct reader *reader, int kind, const char *name, const char *at);

#endif
