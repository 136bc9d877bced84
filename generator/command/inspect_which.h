/* SPDX-License-Identifier: ISC */
/* inspect_which.h -- ukgen inspect --which: the appliances that have an input */
#ifndef INSPECT_WHICH_H
#define INSPECT_WHICH_H

/*
 * words are the input's name, then folders, searched with those in them, and files. Prints a line for each
 * half of each appliance that has the input. A damaged record is a warning. Returns the exit status.
 */
int inspect_which(int count, char **words);

#endif
