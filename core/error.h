/* SPDX-License-Identifier: ISC */
/* error.h -- what an errno means */
#ifndef ERROR_H
#define ERROR_H

/* the text for an errno; NULL if it is none that a monitor should meet */
const char *error_text(int error);

#endif
