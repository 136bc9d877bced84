/* SPDX-License-Identifier: ISC */
/* terminal.h -- colour and progress, on a terminal only */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

/* whether standard error is a terminal that obeys control sequences: any but TERM=dumb */
bool terminal_is_there(void);

/* begin and end the head of a message on standard error; nothing without a terminal, or if NO_COLOR is set and not empty */
void terminal_color_error(void);
void terminal_color_warning(void);
void terminal_color_end(void);

/* shows a line of printable text, as much as there is room for, until the next one or terminal_clear */
void terminal_progress(const char *text);

/* removes what terminal_progress shows, so that something else can be printed */
void terminal_clear(void);

#endif
