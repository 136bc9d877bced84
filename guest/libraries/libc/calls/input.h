/* SPDX-License-Identifier: ISC */
/*
 * input.h -- included by what needs standard input to be open
 *
 * The console's input is descriptor 0 in programs that are linked with input.c. The
 * reference below pulls it in; garbage collection then removes it, so it costs nothing.
 */
#include <features.h>

extern hidden struct file guest_console_input;

static struct file *const input_reference __attribute__((used)) = &guest_console_input;
