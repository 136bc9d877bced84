/* SPDX-License-Identifier: ISC */
/* process.h -- the number of the only process, of its thread, and of its group and session */
#ifndef PROCESS_H
#define PROCESS_H

enum { PROCESS = 1 };

#endif
