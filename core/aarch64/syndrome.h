/* SPDX-License-Identifier: ISC */
/* syndrome.h -- ESR_EL1, which says why the processor trapped: Arm ARM, D17.2.37 */
#ifndef SYNDROME_H
#define SYNDROME_H

enum {
	CLASS_SHIFT = 26,
	CLASS_MASK = 0x3f,
	INSTRUCTION_IS_LONG = 1 << 25,
	CLASS_BRANCH_TARGET = 0x0d,
	CLASS_SVC = 0x15,
	CLASS_INSTRUCTION_ABORT = 0x20,         /* from EL0; +1 from EL1 */
	CLASS_PC_ALIGNMENT = 0x22,
	CLASS_DATA_ABORT = 0x24,
	CLASS_FLOATING = 0x2c,
	CLASS_STEP = 0x32,
	CLASS_WATCH = 0x34,
	CLASS_BRK = 0x3c,
	STATUS_MASK = 0x3f,
	STATUS_KIND = 0x3c,                     /* levels are in the lowest two bits */
	STATUS_TRANSLATION = 0x04,
	STATUS_PERMISSION = 0x0c,
	STATUS_ALIGNMENT = 0x21,
	ABORT_WRITE = 1 << 6,
	ABORT_CACHE_MAINTENANCE = 1 << 8,
	PSTATE_BRANCH_SHIFT = 10,               /* BTYPE: how the last branch came */
};

#endif
