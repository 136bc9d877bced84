/* SPDX-License-Identifier: ISC */
/*
 * layout.h -- guest-physical memory, the same for generator, monitor and guest
 *
 * Guest-virtual is guest-physical. Everything below IMAGE_ADDRESS is made by
 * the generator (the low image) and extended with page tables by the monitor;
 * page 0 has nothing behind it. What lies between ARGUMENTS_ADDRESS and
 * TABLES_ADDRESS is the architecture's (ARCH/layout.h).
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#define GUEST_PAGE              0x1000ul
#define LARGE_PAGE              0x200000ul

#define LOW_ADDRESS             0x1000ul        /* the low image begins here */
#define BOOT_INFO_ADDRESS       0x1000ul        /* struct boot_info; the guest may read it */
#define ARGUMENTS_ADDRESS       0x2000ul        /* struct hypercall_page; the guest may write it */
#define TABLES_ADDRESS          0x6000ul        /* page tables from here on, the root first; mapped nowhere */
#define TABLES_END              0xf0000ul
#define IMAGE_ADDRESS           0x100000ul      /* text, rodata, data, bss, heap, guard page, stack */

#define PAGE_ROUND_UP(n)        (((n) + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1))
#define PAGE_ROUND_DOWN(n)      ((n) & ~(GUEST_PAGE - 1))

#endif
