/* SPDX-License-Identifier: ISC */
/* leave.h -- how the guest leaves for the monitor in one process: a call of the monitor's gate, which changes stacks */
#ifndef LEAVE_H
#define LEAVE_H

/* a call that the compiler sees: it saves what the gate doesn't, and has nothing in the red zone */
#define leave_guest(number) \
	((void (*)(uint64_t))((const volatile struct boot_info *)BOOT_INFO_ADDRESS)->core.gate)(number)

#endif
