/* SPDX-License-Identifier: ISC */
/* leave.h -- exits to the monitor in the same process, by a call of its gate, which switches stacks */
#ifndef LEAVE_H
#define LEAVE_H

/* a call that the compiler knows of, so that it saves the other registers and doesn't use the red zone */
#define leave_guest(number) \
	((void (*)(uint64_t))((const volatile struct boot_info *)BOOT_INFO_ADDRESS)->core.gate)(number)

#endif
