/* SPDX-License-Identifier: ISC */
/* error.h -- messages for errno values */
#ifndef ERROR_H
#define ERROR_H

/* the text for an errno; NULL for values that a monitor shouldn't meet */
const char *error_text(int error);

#endif
