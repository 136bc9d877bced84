/* SPDX-License-Identifier: ISC */
/* module_statements.h -- the statements of a .mod file; each function begins after its keyword */
#ifndef MODULE_STATEMENTS_H
#define MODULE_STATEMENTS_H

#include "input/module_reader.h"

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
void read_header(struct reader *reader);
void read_helper(struct reader *reader);
void read_syscall(struct reader *reader);

#endif
