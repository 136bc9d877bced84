/* SPDX-License-Identifier: ISC */
/*
 * input.h -- included by what needs standard input to be open
 *
 * The console's input becomes descriptor 0 in programs whose link brings
 * input.c. The reference here does that, and is then garbage, so that it costs no byte.
 */
#include <features.h>

extern hidden struct file guest_console_input;

static struct file *const input_reference __attribute__((used)) = &guest_console_input;
