/* SPDX-License-Identifier: ISC */
/* privileged.c -- instructions and registers that user mode (EL0) lacks, and ways into a kernel that is not there */
#include "../hostile.h"

#define INSTRUCTION(name, text) \
	ATTACK(name) \
	{ \
		__asm__ volatile(text : : : "x0", "memory"); \
		return 0; \
	}

/* aarch64: 255 guest trap: system call (SVC) (class 0x15), ESR 0x5600002a */
INSTRUCTION(svc, "svc #42")

/* exit_group, which every monitor may call */
/* aarch64: 255 guest trap: system call (SVC) (class 0x15), ESR 0x56000000 */
ATTACK(svc_of_monitor)
{
	register uint64_t call __asm__("x8") = 94, status __asm__("x0") = 0;

	__asm__ volatile("svc #0" : "+r"(status) : "r"(call) : "memory");
	return 0;
}

/* hvc, smc */
/* aarch64: 255 guest trap: undefined instruction (class 0x0), ESR 0x2000000 */
INSTRUCTION(hypervisor_call, ".inst 0xd4000002")
INSTRUCTION(secure_monitor_call, ".inst 0xd4000003")
INSTRUCTION(exception_return, "eret")

/* aarch64: 255 guest trap: wait instruction (WFI, WFE) (class 0x1), ESR 0x7e0000?
 * process: 0 */
INSTRUCTION(wait_for_interrupt, "wfi")

/* aarch64: 255 guest trap: @(undefined instruction (class 0x0)|system register (class 0x18)), ESR 0x* */
INSTRUCTION(write_tables, "msr ttbr0_el1, xzr")
INSTRUCTION(read_control, "mrs x0, sctlr_el1")
INSTRUCTION(write_control, "msr sctlr_el1, xzr")
INSTRUCTION(write_vector_base, "msr vbar_el1, xzr")
INSTRUCTION(mask_interrupts, "msr daifset, #15")
INSTRUCTION(read_timer, "mrs x0, cntp_ctl_el0")
INSTRUCTION(read_physical_counter, "mrs x0, cntpct_el0")
INSTRUCTION(read_performance, "mrs x0, pmcr_el0")
INSTRUCTION(write_debug, "msr mdscr_el1, xzr")
INSTRUCTION(flush_tables, "tlbi vmalle1")
INSTRUCTION(flush_cache, "dc isw, xzr")

/* Linux answers for a process */
/* aarch64: 255 guest trap: @(undefined instruction (class 0x0)|system register (class 0x18)), ESR 0x*
 * process: 0 */
INSTRUCTION(read_identity, "mrs x0, midr_el1")
