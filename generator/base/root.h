/* SPDX-License-Identifier: ISC */
/* root.h -- the folder of what ukgen brings: core/, guest/, modules/, templates/ */
#ifndef ROOT_H
#define ROOT_H

/* beside an installed program, or above build/ in the source tree */
char *root_find(void);

#endif
