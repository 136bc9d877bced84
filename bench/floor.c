/* SPDX-License-Identifier: ISC */
/*
 * floor.c -- the least that a process can do to run one user-mode guest which prints a line
 *
 * usage: floor [EXITS]     the guest first exits that many times, and nothing is done
 *
 * It has no options, no sandbox, no traps, and checks nothing that the guest does.
 * The benchmark of start-up shows what a monitor's other work costs.
 */
#include <cpuid.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	PML4 = 0x1000, PDPT = 0x2000, PD = 0x3000, PT = 0x4000, GDT = 0x5000, TSS = 0x6000,
	CODE = 0x10000, STACK = 0x18000, SIZE = 0x20000,
	PORT_END = 0x11, PORT_PRINT = 0x12, PORT_NOTHING = 0x13,
};

static uint8_t memory[SIZE] __attribute__((aligned(4096)));

static void put(uint64_t address, uint64_t value)
{
	memcpy(memory + address, &value, sizeof(value));
}

static void guest_fill(void)
{
	static const uint8_t code[] = {
		0xff, 0xc9, 0x74, 0x04,         /* again: dec ecx; jz print */
		0xe6, PORT_NOTHING, 0xeb, 0xf8, /* out imm8, al; jmp again */
		0xe6, PORT_PRINT, 0xe6, PORT_END,
	};

	put(PML4, PDPT | 7);
	put(PDPT, PD | 7);
	put(PD, PT | 7);
	for (uint64_t page = 1; page < SIZE >> 12; page++)
		put(PT + page * 8, page << 12 | 7);
	put(GDT + 0x18, 0x00cff3000000ffff);
	put(GDT + 0x20, 0x00affb000000ffff);
	memory[TSS + 102] = 104;        /* offset of the I/O permission bitmap, which is zero: all ports are allowed */
	memcpy(memory + CODE, code, sizeof(code));
}

static int registers_set(int vcpu, uint8_t tss_type, unsigned exits)
{
	struct kvm_segment data = {.limit = 0xffffffff, .selector = 0x1b, .type = 3, .present = 1, .dpl = 3, .db = 1, .s = 1, .g = 1};
	struct kvm_regs regs = {.rip = CODE, .rsp = STACK, .rflags = 2, .rcx = exits + 1};
	struct kvm_sregs sregs;

	if (ioctl(vcpu, KVM_GET_SREGS, &sregs))
		return -1;
	sregs.cr0 = 0x80050033;
	sregs.cr3 = PML4;
	sregs.cr4 = 0x620;
	sregs.efer = 0xd00;
	sregs.gdt.base = GDT;
	sregs.gdt.limit = 0x27;
	sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = data;
	sregs.cs = (struct kvm_segment){.limit = 0xffffffff, .selector = 0x23, .type = 11, .present = 1, .dpl = 3, .s = 1, .l = 1, .g = 1};
	sregs.tr = (struct kvm_segment){.base = TSS, .limit = 104 + 128, .selector = 0x28, .type = tss_type, .present = 1};
	return ioctl(vcpu, KVM_SET_SREGS, &sregs) || ioctl(vcpu, KVM_SET_REGS, &regs) ? -1 : 0;
}

int main(int count, char **words)
{
	struct {
		struct kvm_cpuid2 header;
		struct kvm_cpuid_entry2 entries[4];
	} cpuid = {.header.nent = 4, .entries = {
		{.function = 0, .eax = 1}, {.function = 1}, {.function = 0x80000000, .eax = 0x80000001}, {.function = 0x80000001},
	}};
	struct kvm_userspace_memory_region region = {.memory_size = SIZE, .userspace_addr = (uintptr_t)memory};
	int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC), vm = ioctl(kvm, KVM_CREATE_VM, 0), vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
	struct kvm_run *run = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);

	for (unsigned i = 0; i < 4; i++) {
		struct kvm_cpuid_entry2 *entry = &cpuid.entries[i];
		uint32_t highest = entry->eax;

		__cpuid(entry->function, entry->eax, entry->ebx, entry->ecx, entry->edx);
		if (highest)
			entry->eax = highest;
	}
	guest_fill();
	if (run == MAP_FAILED || ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region) || ioctl(vcpu, KVM_SET_CPUID2, &cpuid) ||
	    registers_set(vcpu, cpuid.entries[0].ecx == signature_AMD_ecx ? 9 : 11, count > 1 ? (unsigned)atoi(words[1]) : 0))
		return 1;
	while (!ioctl(vcpu, KVM_RUN, 0) && run->exit_reason == KVM_EXIT_IO) {
		if (run->io.port == PORT_END)
			return 0;
		if (run->io.port == PORT_PRINT && write(STDOUT_FILENO, "Hello, world!\n", 14) != 14)
			return 1;
	}
	return 1;
}
