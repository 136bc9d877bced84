/* SPDX-License-Identifier: ISC */
/* root.h -- finds the folder of ukgen's own files: core/, guest/, modules/, templates/ */
#ifndef ROOT_H
#define ROOT_H

/* beside an installed program, or above build/ in the source tree */
char *root_find(void);

#endif
