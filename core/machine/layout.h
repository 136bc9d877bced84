/* SPDX-License-Identifier: ISC */
/*
 * layout.h -- guest-physical memory, the same for generator, monitor and guest
 *
 * Guest-virtual addresses are guest-physical ones, and on the process host the
 * addresses of the process. The low pages are boot info and the arguments of
 * hypercalls. The image is text, rodata, data and bss, with heap, guard page and stack above. Each
 * host has its own addresses for these: gen/abi.h has BOOT_INFO_ADDRESS, ARGUMENTS_ADDRESS and
 * IMAGE_ADDRESS. A virtual machine's low pages are at LOW_ADDRESS, with nothing
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
#define TABLES_ADDRESS          0x15000ul       /* page tables begin here, the root first; not mapped for the guest */
#define LOW_END                 0xf0000ul
#define VM_IMAGE_ADDRESS        0x100000ul

/*
 * The process host's are far above vm.mmap_min_addr, which is usually 0x10000. It is nowhere more than
 * 0x400000, where programs begin that aren't position-independent: these couldn't be started.
 */
#define PROCESS_ADDRESS         0x10000000ul                    /* of the monitor's text */
#define PROCESS_LOW_ADDRESS     (PROCESS_ADDRESS + 0xd0400)     /* in one page if they fit, with the monitor's variables right behind */
#define LOW_STACK_MOST          0x40000ul                       /* of the stack right below those; the monitor's text has the rest */
#define PROCESS_IMAGE_ADDRESS   (PROCESS_ADDRESS + 0x100000)    /* templates/process/appliance.ld reckons from here */

#define PAGE_ROUND_UP(n)        (((n) + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1))
#define PAGE_ROUND_DOWN(n)      ((n) & ~(GUEST_PAGE - 1))
#define LARGE_PAGE_ROUND_UP(n)  (((n) + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1))

#endif
