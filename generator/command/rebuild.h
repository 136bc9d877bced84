/* SPDX-License-Identifier: ISC */
/* rebuild.h -- an appliance made again: its guest as it is, and the monitor that this ukgen makes round it */
#ifndef REBUILD_H
#define REBUILD_H

#include "compose/request.h"
#include "input/recorded.h"

/*
 * Builds in a temporary folder, which is removed. *request has the policy as its choices, and the new
 * appliance's path; if that is NULL, it is set to one that only this process has. NULL after errors, which were
 * reported: nothing was written. Else the path.
 */
const char *rebuild(struct request *request, const struct recorded *recorded);

/*
 * Takes words[*at] if it is an option that all commands that build again have, with its value: *at is the last word
 * taken. False if it is another word; fatal if the value is missing. command is the one to name.
 */
bool rebuild_option(struct request *request, const char *command, int count, char **words, int *at);

/* the value of the option words[*at], which *at is at then */
const char *option_value(const char *command, int count, char **words, int *at);

#endif
