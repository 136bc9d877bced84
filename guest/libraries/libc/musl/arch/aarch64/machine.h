/* SPDX-License-Identifier: ISC */
/* machine.h -- the processor's name for uname */
#define MACHINE "aarch64"
