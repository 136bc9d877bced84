/* SPDX-License-Identifier: ISC */
/*
 * layout.h -- guest-physical memory, the same for generator, monitor and guest
 *
 * Guest-virtual addresses are guest-physical ones, and on the process host the
 * addresses of the process. The low pages are boot info and the arguments of
 * hypercalls: gen/abi.h has BOOT_INFO_ADDRESS and ARGUMENTS_ADDRESS, since each
 * host has its own. A virtual machine's are at LOW_ADDRESS, with nothing
 * below. Above them, up to LOW_END, it has what its processor needs to trap
 * (ARCH/layout.h), then its page tables: the generator makes these pages (the low
 * image), the monitor adds tables.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#define GUEST_PAGE              0x1000ul
#define LARGE_PAGE              0x200000ul

#define LOW_ADDRESS             0x10000ul
#define LOW_PAGES_SIZE          0x2000ul        /* of boot info and arguments */
#define PROCESS_LOW_ADDRESS     0xd0400ul       /* the process host's, in one page if they fit, with the monitor's variables right behind */
#define LOW_STACK_MOST          0x40000ul       /* of the stack right below those; the monitor's text has the rest down to 0x40000 */
#define TABLES_ADDRESS          0x15000ul       /* page tables begin here, the root first; not mapped for the guest */
#define LOW_END                 0xf0000ul
#define IMAGE_ADDRESS           0x100000ul      /* text, rodata, data, bss, heap, guard page, stack */

#define PAGE_ROUND_UP(n)        (((n) + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1))
#define PAGE_ROUND_DOWN(n)      ((n) & ~(GUEST_PAGE - 1))
#define LARGE_PAGE_ROUND_UP(n)  (((n) + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1))

#endif
