/* SPDX-License-Identifier: ISC */
/* privileged.c -- instructions that user mode lacks, and ways into a kernel that is not there */
#include "../hostile.h"

#define INSTRUCTION(name, text) \
	ATTACK(name) \
	{ \
		static char memory[64] __attribute__((unused)); \
		\
		__asm__ volatile(text : : "a"(0l), "c"(0l), "d"(0l), "D"(memory) : "memory", "r11"); \
		return 0; \
	}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x0
 * x86_64: +   at 0x*: attack_*+0x* */
INSTRUCTION(hlt, "hlt")
INSTRUCTION(cli, "cli")
INSTRUCTION(sti, "sti")
INSTRUCTION(clts, "clts")
INSTRUCTION(invd, "invd")
INSTRUCTION(wbinvd, "wbinvd")
INSTRUCTION(invlpg, "invlpg (%%rdi)")
INSTRUCTION(lgdt, "lgdt (%%rdi)")
INSTRUCTION(lidt, "lidt (%%rdi)")
INSTRUCTION(lldt, "lldt %%ax")
INSTRUCTION(ltr, "ltr %%ax")
INSTRUCTION(lmsw, "lmsw %%ax")
INSTRUCTION(read_cr0, "mov %%cr0, %%rax")
INSTRUCTION(read_cr2, "mov %%cr2, %%rax")
INSTRUCTION(write_cr0, "mov %%rax, %%cr0")
INSTRUCTION(write_cr3, "mov %%rax, %%cr3")
INSTRUCTION(write_cr4, "mov %%rax, %%cr4")
INSTRUCTION(write_cr8, "mov %%rax, %%cr8")
INSTRUCTION(write_dr7, "mov %%rax, %%dr7")
INSTRUCTION(rdmsr, "rdmsr")
INSTRUCTION(wrmsr, "wrmsr")
INSTRUCTION(rdpmc, "rdpmc")
INSTRUCTION(xsetbv, "xsetbv")
INSTRUCTION(swapgs, "swapgs")

/* x86_64: 255 guest trap: @(invalid opcode|general protection) (#@(UD|GP)), error code 0x0
 * x86_64: +   at 0x*: attack_*+0x* */
INSTRUCTION(sysret, "sysretq")
INSTRUCTION(sysenter, "sysenter")
INSTRUCTION(sysexit, "sysexitl")
INSTRUCTION(monitor, "monitor")
INSTRUCTION(mwait, "mwait")
INSTRUCTION(rsm, "rsm")
INSTRUCTION(clac, "clac")
INSTRUCTION(stac, "stac")
INSTRUCTION(invpcid, "invpcid (%%rdi), %%rax")
INSTRUCTION(xsaves, "xsaves (%%rdi)")

/* nested virtualization is not offered */
INSTRUCTION(vmxon, "vmxon (%%rdi)")
INSTRUCTION(vmlaunch, "vmlaunch")
INSTRUCTION(vmrun, "vmrun")
INSTRUCTION(vmload, "vmload")
INSTRUCTION(stgi, "stgi")
INSTRUCTION(invlpga, "invlpga")
INSTRUCTION(getsec, ".byte 0x0f, 0x37")
INSTRUCTION(encls, "encls")
INSTRUCTION(enclu, "enclu")

/* EFER.SCE is off; where that means nothing it enters at MSR_LSTAR, which is 0, where nothing is mapped */
/* x86_64: 255 guest trap: invalid opcode (#UD), error code 0x0
 * x86_64: +   at 0x*: attack_syscall*+0x*
 * pvm: 255 guest trap: page fault (#PF), error code 0x14
 * pvm: +   execution of 0x0: nothing is mapped there */
INSTRUCTION(syscall, "syscall")

/* exit_group, which every monitor may call */
ATTACK(syscall_of_monitor)
{
	__asm__ volatile("syscall" : : "a"(231l), "D"(0l) : "memory", "rcx", "r11");
	return 0;
}

/* a guest can close memory to itself by protection keys, and no other; not every processor has them */
/* x86_64: 255 guest trap: invalid opcode (#UD), error code 0x0
 * pvm: 0|255 guest trap: invalid opcode (#UD), error code 0x0
 * process: 0|255 guest trap: invalid opcode (#UD), error code 0x0 */
ATTACK(rdpkru)
{
	__asm__ volatile(".byte 0x0f, 0x01, 0xee" : : "c"(0) : "rax", "rdx");
	return 0;
}

ATTACK(wrpkru)
{
	__asm__ volatile(".byte 0x0f, 0x01, 0xef" : : "a"(0), "c"(0), "d"(0) : "memory");
	return 0;
}

/* hidden by CPUID; harmless where the processor has no way to refuse them, as the emulated one */
/* x86_64: 0|255 guest trap: invalid opcode (#UD), error code 0x0 */
ATTACK(rdtscp)
{
	__asm__ volatile("rdtscp" : : : "rax", "rcx", "rdx");
	return 0;
}

ATTACK(umwait)
{
	__asm__ volatile("umwait %%ecx" : : "a"(0), "c"(0), "d"(0) : "cc");
	return 0;
}

/* KVM answers user mode's hypercalls with -EPERM, but traps those of the other maker's processors */
/* x86_64: 0|255 guest trap: * (#@(UD|GP|PF)), error code 0x* */
ATTACK(vmmcall)
{
	long result = 1;

	__asm__ volatile("vmmcall" : "+a"(result) : "b"(0l), "c"(0l), "d"(0l) : "memory");
	return result != -1;
}

ATTACK(vmcall)
{
	long result = 1;

	__asm__ volatile("vmcall" : "+a"(result) : "b"(0l), "c"(0l), "d"(0l) : "memory");
	return result != -1;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x*
 * pvm: 255 guest trap: invalid opcode (#UD), error code 0x0
 * process: 255 guest trap: @(invalid opcode|general protection) (#@(UD|GP)), error code 0x* */
INSTRUCTION(int_80, "int $0x80")
INSTRUCTION(int_divide, "int $0")
INSTRUCTION(int_debug, "int $1")
INSTRUCTION(int_nmi, "int $2")
INSTRUCTION(int_double_fault, "int $8")
INSTRUCTION(int_page_fault, "int $14")
INSTRUCTION(int_machine_check, "int $18")
INSTRUCTION(int_255, "int $255")
