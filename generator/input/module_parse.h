/* SPDX-License-Identifier: ISC */
/* module_parse.h -- what the files of the module reader share: module.c drives, module_statement.c and
 * module_call.c know the statements, module_line.c takes lines apart */
#ifndef MODULE_PARSE_H
#define MODULE_PARSE_H

#include "base/diag.h"
#include "input/module.h"
#include "input/module_line.h"

/* one statement uses what another declares, before or after it: checked when all are read */
struct reference {
	enum { REFERENCE_DEVICE, REFERENCE_DESCRIPTOR, REFERENCE_THREAD, REFERENCE_HELPER, REFERENCE_HYPERCALL } kind;
	const char *name;       /* of the descriptor, thread, helper or hypercall; what needs the device: "\"each\"" */
	struct position where;
};

struct reader {
	struct module *module;
	symbol_test *is_set;
	void *context;
	struct line line;
	struct reference *references;
	size_t reference_count;
	bool failed;            /* some line had an error */
};

/*
 * Reads a description from memory. module->path, folder, name and the sources
 * found in the folder are already there.
 */
void module_parse(struct module *module, const char *text, size_t length, symbol_test *is_set, void *context);

/* true if the line that has just ended counts in this configuration */
bool reader_counts(const struct reader *reader);

/* takes the rest of the line; true if the statement is well-formed and counts */
bool reader_end(struct reader *reader);

/* notes that the line uses a thing declared elsewhere; at is where it does */
void reader_refer(struct reader *reader, int kind, const char *name, const char *at);

/* a type of the language: "u8" */
struct scalar {
	const char *name;       /* "u64" */
	const char *type;       /* in C: "uint64_t" */
	unsigned size;
	bool is_signed;
};

const struct scalar *scalar_find(const char *name);     /* NULL if there is none */

/* reports a word that is no type; parameter: where "in", "device" and the like would do, too */
void scalar_unknown(struct line *line, const char *at, const char *word, bool parameter);

/* the statements; each begins after its keyword */
void read_hypercall(struct reader *reader);
void read_doorbell(struct reader *reader);
void read_shared(struct reader *reader);
void read_poll(struct reader *reader);
void read_finish(struct reader *reader);
void read_api(struct reader *reader);
void read_device(struct reader *reader);
void read_property(struct reader *reader);
void read_info(struct reader *reader);
void read_option(struct reader *reader);
void read_source(struct reader *reader);
void read_hook(struct reader *reader, enum hook hook);
void read_descriptor(struct reader *reader);
void read_thread(struct reader *reader);
void read_helper(struct reader *reader);
void read_syscall(struct reader *reader);

#endif
