/* SPDX-License-Identifier: ISC */
/*
 * layout.h -- guest-physical memory, the same for generator, monitor and guest
 *
 * Guest-virtual addresses are guest-physical ones, and on the process host the
 * addresses of the process. Nothing lies below LOW_ADDRESS, which is the usual
 * value of vm.mmap_min_addr. Between ARGUMENTS_ADDRESS and LOW_END a virtual
 * machine has what its processor needs to trap (ARCH/layout.h), then its page
 * tables: the generator makes these pages (the low image), the monitor adds tables.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#define GUEST_PAGE              0x1000ul
#define LARGE_PAGE              0x200000ul

#define LOW_ADDRESS             0x10000ul
#define BOOT_INFO_ADDRESS       0x10000ul       /* struct boot_info; the guest may read it */
#define ARGUMENTS_ADDRESS       0x11000ul       /* struct hypercall_page; the guest may write it */
#define LOW_PAGES_SIZE          0x2000ul        /* of boot info and arguments */
#define TABLES_ADDRESS          0x15000ul       /* page tables begin here, the root first; not mapped for the guest */
#define LOW_END                 0xf0000ul
#define IMAGE_ADDRESS           0x100000ul      /* text, rodata, data, bss, heap, guard page, stack */

#define PAGE_ROUND_UP(n)        (((n) + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1))
#define PAGE_ROUND_DOWN(n)      ((n) & ~(GUEST_PAGE - 1))

#endif
