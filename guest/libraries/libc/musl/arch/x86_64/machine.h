/* SPDX-License-Identifier: ISC */
/* machine.h -- what uname calls the processor */
#define MACHINE "x86_64"
