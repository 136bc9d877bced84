/* SPDX-License-Identifier: ISC */
/*
 * vcpu.c -- sets up the x86-64 processor for the guest: user mode, and no way out of it
 *
 * IOPL is 0 and the TSS's I/O permission bitmap allows the ports of the
 * application's hypercalls alone; EFER.SCE is off, so syscall is #UD; CPUID is
 * an allow-list of what user-mode code can use.
 */
#include "vm.h"

#include <cpuid.h>
#include <errno.h>
#include <stddef.h>

#include "kvm/kvm.h"
#include "machine/layout.h"
#include "monitor.h"
#include "machine/x86_64/layout.h"
#include "kvm/x86_64/vcpu.h"

/* Intel SDM volume 2, CPUID; AMD APM volume 3, appendix E */
enum {
	LEAF1_C_XSAVE = 1u << 26,
	LEAF1_C_OSXSAVE = 1u << 27,
	LEAF1_C_HYPERVISOR = 1u << 31,
	/* SSE3 PCLMUL SSSE3 FMA CX16 SSE4.1 SSE4.2 MOVBE POPCNT AES XSAVE OSXSAVE AVX F16C RDRAND */
	LEAF1_C_ALLOWED = 0x7ed83203,
	/* all of the basic processor up to SSE2; no thermal monitor, no debug store, no hyper-threading */
	LEAF1_D_ALLOWED = 0x078bfbff,
	LEAF7_B_FSGSBASE = 1u << 0,
	LEAF7_B_SMEP = 1u << 7,
	LEAF7_B_SMAP = 1u << 20,
	/* BMI1 AVX2 BMI2 ERMS AVX512F,DQ RDSEED ADX AVX512IFMA CLFLUSHOPT CLWB AVX512CD SHA AVX512BW,VL */
	LEAF7_B_ALLOWED = 0xf1af0328,
	LEAF7_C_UMIP = 1u << 2,
	/* AVX512VBMI,VBMI2 GFNI VAES VPCLMULQDQ VNNI BITALG VPOPCNTDQ MOVDIRI MOVDIR64B */
	LEAF7_C_ALLOWED = 0x18005f42,
	/* FSRM AVX512VP2INTERSECT */
	LEAF7_D_ALLOWED = 0x00000110,
	/* LAHF LZCNT SSE4A PREFETCHW; no SVM, no performance counters */
	EXT1_C_ALLOWED = 0x00000161,
	/* as leaf 1, and MMXEXT NX LM; no SYSCALL, no RDTSCP */
	EXT1_D_ALLOWED = 0x25d3f17f,
	EXT7_D_INVARIANT_TSC = 1u << 8,
};

enum { XCR0_X87_SSE = 0x3, XCR0_AVX = 0x4, XCR0_AVX512 = 0xe0 };

enum {
	CR0 = 0x80050033,               /* PG AM WP NE ET MP PE */
	CR4_PAE = 1 << 5,
	CR4_PGE = 1 << 7,
	CR4_OSFXSR = 1 << 9,
	CR4_OSXMMEXCPT = 1 << 10,
	CR4_UMIP = 1 << 11,
	CR4_FSGSBASE = 1 << 16,
	CR4_OSXSAVE = 1 << 18,
	CR4_SMEP = 1 << 20,
	CR4_SMAP = 1 << 21,
	EFER = 0xd00,                   /* NXE LMA LME */
};

enum { CPUID_MAX = 16 };

struct cpuid_table {
	struct kvm_cpuid2 header;
	struct kvm_cpuid_entry2 entries[CPUID_MAX];
};

static struct cpuid_table table;
uint64_t xcr0;

static struct kvm_cpuid_entry2 *cpuid_add(uint32_t function, uint32_t index, bool indexed)
{
	struct kvm_cpuid_entry2 *entry = &table.entries[table.header.nent++];

	*entry = (struct kvm_cpuid_entry2){
		.function = function,
		.index = index,
		.flags = indexed ? KVM_CPUID_FLAG_SIGNIFCANT_INDEX : 0,
	};
	__cpuid_count(function, index, entry->eax, entry->ebx, entry->ecx, entry->edx);
	return entry;
}

static uint64_t host_xcr0(void)
{
	uint32_t low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return (uint64_t)high << 32 | low;
}

/* state components 2, 5, 6, 7 and their sizes, as far as xcr0 has them */
static void cpuid_add_xsave(void)
{
	struct kvm_cpuid_entry2 *entry = cpuid_add(0xd, 0, true);
	uint32_t size = 576;            /* legacy area and header */

	entry->eax = (uint32_t)xcr0;
	entry->edx = 0;
	for (unsigned component = 2; component < 8; component++) {
		struct kvm_cpuid_entry2 *part;

		if (!(xcr0 & 1u << component))
			continue;
		part = cpuid_add(0xd, component, true);
		if (part->ebx + part->eax > size)
			size = part->ebx + part->eax;
	}
	entry->ebx = entry->ecx = size;
}

static void cpuid_fill(void)
{
	struct kvm_cpuid_entry2 *entry = cpuid_add(0, 0, false);
	uint32_t host_max = entry->eax;

	entry->eax = host_max < 0xd ? host_max : 0xd;

	entry = cpuid_add(1, 0, false);
	if (entry->ecx & LEAF1_C_OSXSAVE) {
		xcr0 = host_xcr0() & (XCR0_X87_SSE | XCR0_AVX | XCR0_AVX512);
		if ((xcr0 & XCR0_AVX512) != XCR0_AVX512)
			xcr0 &= ~(uint64_t)XCR0_AVX512;
	}
	entry->ebx &= 0xff00;           /* cache line size; no topology */
	entry->ecx &= LEAF1_C_ALLOWED;
	entry->ecx |= LEAF1_C_HYPERVISOR;
	entry->edx &= LEAF1_D_ALLOWED;

	if (host_max >= 7) {
		entry = cpuid_add(7, 0, true);
		entry->eax = 0;
		/*
		 * Claims the protections even if this process can't see them (some
		 * hosts hide them from user mode): setting CR4 shows which there are.
		 */
		entry->ebx = (entry->ebx & LEAF7_B_ALLOWED) | LEAF7_B_FSGSBASE | LEAF7_B_SMEP | LEAF7_B_SMAP;
		entry->ecx = (entry->ecx & LEAF7_C_ALLOWED) | LEAF7_C_UMIP;
		entry->edx &= LEAF7_D_ALLOWED;
	}
	if (host_max >= 0xd && xcr0)
		cpuid_add_xsave();

	entry = cpuid_add(0x80000000, 0, false);
	if (entry->eax > 0x80000008)
		entry->eax = 0x80000008;
	entry = cpuid_add(0x80000001, 0, false);
	entry->ecx &= EXT1_C_ALLOWED;
	entry->edx &= EXT1_D_ALLOWED;
	entry = cpuid_add(0x80000007, 0, false);
	*entry = (struct kvm_cpuid_entry2){.function = entry->function, .edx = entry->edx & EXT7_D_INVARIANT_TSC};
	entry = cpuid_add(0x80000008, 0, false);
	*entry = (struct kvm_cpuid_entry2){.function = entry->function, .eax = entry->eax & 0xffff};
}

/* VMX requires a busy TSS; emulated SVM reads the bitmap only of an available one */
uint8_t tss_type(void)
{
	return table.entries[0].ecx == signature_AMD_ecx ? 9 : 11;
}

const char kvm_hint[] = "load the module kvm_intel or kvm_amd, turn virtualization on in the firmware";

unsigned long kvm_machine_type(int kvm)
{
	(void)kvm;
	return 0;
}

void vcpu_create(void)
{
	cpuid_fill();
	if (ioctl(kvm_vcpu, KVM_SET_CPUID2, &table))
		fail("KVM_SET_CPUID2:");
}

/* SMEP, SMAP and UMIP where the host has them; FSGSBASE in any case, since the guest's TLS needs it */
static void cr4_set(struct kvm_sregs *sregs)
{
	static const uint32_t optional[] = {CR4_UMIP, CR4_SMAP, CR4_SMEP};

	sregs->cr4 = CR4_PAE | CR4_PGE | CR4_OSFXSR | CR4_OSXMMEXCPT | CR4_FSGSBASE |
		CR4_UMIP | CR4_SMAP | CR4_SMEP | (xcr0 ? CR4_OSXSAVE : 0);
	for (unsigned i = 0; ioctl(kvm_vcpu, KVM_SET_SREGS, sregs); i++) {
		if (errno != EINVAL || i == sizeof(optional) / sizeof(optional[0]))
			fail("set the processor up (this host's KVM must have FSGSBASE):");
		sregs->cr4 &= ~(uint64_t)optional[i];
	}
}

void vcpu_prepare(uint64_t root, uint64_t entry, uint64_t stack)
{
	struct kvm_regs regs = {.rip = entry, .rsp = stack - 8, .rflags = 2};   /* as if called */
	struct kvm_sregs sregs;

	if (ioctl(kvm_vcpu, KVM_GET_SREGS, &sregs))
		fail("KVM_GET_SREGS:");
	sregs.cr0 = CR0;
	sregs.cr3 = root;
	sregs.efer = EFER;
	sregs.gdt.base = GDT_ADDRESS;
	sregs.gdt.limit = TSS_SELECTOR + 16 - 1;
	sregs.idt.base = IDT_ADDRESS;
	sregs.idt.limit = IDT_VECTORS * 16 - 1;
	sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = DATA_SEGMENT_USER;
	sregs.cs = CODE_SEGMENT_USER;
	sregs.tr = (struct kvm_segment){
		.base = TSS_ADDRESS, .limit = (uint32_t)(STUBS_ADDRESS - TSS_ADDRESS - 1),
		.selector = TSS_SELECTOR, .type = tss_type(), .present = 1,
	};
	sregs.ldt = (struct kvm_segment){.unusable = 1};
	cr4_set(&sregs);
	if (xcr0) {
		struct kvm_xcrs xcrs = {.nr_xcrs = 1, .xcrs[0].value = xcr0};

		if (ioctl(kvm_vcpu, KVM_SET_XCRS, &xcrs))
			fail("KVM_SET_XCRS:");
	}
	if (ioctl(kvm_vcpu, KVM_SET_REGS, &regs))
		fail("KVM_SET_REGS:");
}

void vm_doorbell(unsigned number, int event)
{
	struct kvm_ioeventfd doorbell = {.addr = PORT_HYPERCALL + number, .len = 1, .fd = event, .flags = KVM_IOEVENTFD_FLAG_PIO};

	if (ioctl(kvm_vm, KVM_IOEVENTFD, &doorbell))
		fail("KVM_IOEVENTFD:");
}

bool vcpu_exit_decode(enum vm_exit *exit, unsigned *number)
{
	const struct kvm_run *run = kvm_run;

	if (run->exit_reason != KVM_EXIT_IO)
		return false;
	/* the bitmap also allows reads and string writes of the same port */
	if (run->io.direction != KVM_EXIT_IO_OUT || run->io.size != 1 || run->io.count != 1)
		guest_end("the guest accessed port 0x%lx other than by a hypercall", (unsigned long)run->io.port);
	if (run->io.port == PORT_TRAP) {
		*exit = EXIT_TRAP;
		return true;
	}
	*exit = EXIT_HYPERCALL;
	*number = run->io.port - (unsigned)PORT_HYPERCALL;
	return true;
}

uint64_t vcpu_counter(void)
{
	struct {
		struct kvm_msrs header;
		struct kvm_msr_entry entry;
	} tsc = {.header.nmsrs = 1, .entry.index = 0x10};

	if (ioctl(kvm_vcpu, KVM_GET_MSRS, &tsc) != 1)
		fail("read the guest's time-stamp counter:");
	return tsc.entry.data;
}

uint64_t vcpu_counter_frequency(void)
{
	int khz = ioctl(kvm_vcpu, KVM_GET_TSC_KHZ, 0);

	if (khz <= 0)
		fail("KVM_GET_TSC_KHZ:");
	return (uint64_t)khz * 1000;
}
