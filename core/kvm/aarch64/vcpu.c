/* SPDX-License-Identifier: ISC */
/*
 * vcpu.c -- sets up the 64-bit ARM processor for the guest: EL0, and no way out of it
 *
 * The guest's tables map one page of devices for it, whose stores are
 * hypercalls; every exception enters the vectors at EL1, which report it.
 *
 * No instruction cache needs maintenance here. The monitor writes nothing that
 * the guest executes: vectors and text are pages of the appliance's file, and
 * KVM makes the caches coherent when a guest first executes a page.
 */
#include "vm.h"

#include <stddef.h>
#include <sys/random.h>

#include "kvm/kvm.h"
#include "machine/layout.h"
#include "monitor.h"
#include "machine/aarch64/layout.h"
#include "kvm/aarch64/vcpu.h"

/* Arm ARM, D17.2; names and bits as there */
#define ID_AA64PFR1_EL1         ARM64_SYS_REG(3, 0, 0, 4, 1)
#define SCTLR_EL1               ARM64_SYS_REG(3, 0, 1, 0, 0)
#define CPACR_EL1               ARM64_SYS_REG(3, 0, 1, 0, 2)
#define TTBR0_EL1               ARM64_SYS_REG(3, 0, 2, 0, 0)
#define TCR_EL1                 ARM64_SYS_REG(3, 0, 2, 0, 2)
#define APIAKEYLO_EL1           ARM64_SYS_REG(3, 0, 2, 1, 0)
#define APIAKEYHI_EL1           ARM64_SYS_REG(3, 0, 2, 1, 1)
#define APIBKEYLO_EL1           ARM64_SYS_REG(3, 0, 2, 1, 2)
#define APIBKEYHI_EL1           ARM64_SYS_REG(3, 0, 2, 1, 3)
#define APDAKEYLO_EL1           ARM64_SYS_REG(3, 0, 2, 2, 0)
#define APDAKEYHI_EL1           ARM64_SYS_REG(3, 0, 2, 2, 1)
#define APDBKEYLO_EL1           ARM64_SYS_REG(3, 0, 2, 2, 2)
#define APDBKEYHI_EL1           ARM64_SYS_REG(3, 0, 2, 2, 3)
#define APGAKEYLO_EL1           ARM64_SYS_REG(3, 0, 2, 3, 0)
#define APGAKEYHI_EL1           ARM64_SYS_REG(3, 0, 2, 3, 1)
#define MAIR_EL1                ARM64_SYS_REG(3, 0, 10, 2, 0)
#define VBAR_EL1                ARM64_SYS_REG(3, 0, 12, 0, 0)
#define CNTKCTL_EL1             ARM64_SYS_REG(3, 0, 14, 1, 0)

enum {
	MAIR = 0x00ff,                  /* 0: write-back memory; 1: device, nGnRnE */
	CPACR_FPEN = 3 << 20,           /* FP and SIMD, at EL0 too */
	CNTKCTL_EL0VCTEN = 1 << 1,      /* EL0 reads the virtual counter, and no other timer register */
	PHYSICAL_BITS = 40,             /* of guest-physical memory, as far as the host has them; no guest has more virtual ones */
};

/* No wider than what can be mapped, since the bits above an address hold its signature: 23 bits instead of 15. */
#define TCR     ((64ul - PHYSICAL_BITS) | /* T0SZ: four levels, 4 KiB granule */ \
		 1ul << 8 | 1ul << 10 | /* IRGN0, ORGN0: walks are write-back ... */ \
		 3ul << 12 |            /* SH0: ... and inner shareable */ \
		 1ul << 23 |            /* EPD1: nothing in the upper half */ \
		 2ul << 32)             /* IPS: 40 bits */

#define SCTLR   (1ul << 0 |             /* M: the tables count */ \
		 1ul << 2 | 1ul << 12 | /* C, I: caches */ \
		 1ul << 3 | 1ul << 4 |  /* SA, SA0: the stack pointer is aligned */ \
		 1ul << 14 |            /* DZE: DC ZVA, which memset may use */ \
		 1ul << 15 |            /* UCT: the guest reads cache line sizes, */ \
		 1ul << 26 |            /* UCI: and cleans caches by address, as compilers' runtimes do */ \
		 1ul << 19 |            /* WXN: what can be written can't be executed */ \
		 0x30d00980ul)          /* bits that are 1 without later extensions; no traps to 32-bit code */
#define SCTLR_KEYS      (1ul << 31 |    /* EnIA, EnIB: keys for code ... */ \
			 1ul << 30 | \
			 1ul << 27 |    /* EnDA, EnDB: ... and for data; the generic one is always on */ \
			 1ul << 13)
#define SCTLR_BT0       (1ul << 35)     /* a signing instruction is a landing pad for calls alone */

static void register_set(uint64_t id, uint64_t value)
{
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)&value};

	if (ioctl(kvm_vcpu, KVM_SET_ONE_REG, &reg))
		fail("set the processor up (register 0x%lx):", id);
}

static uint64_t register_get(uint64_t id)
{
	uint64_t value = 0;
	struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)&value};

	if (ioctl(kvm_vcpu, KVM_GET_ONE_REG, &reg))
		fail("read register 0x%lx of the processor:", id);
	return value;
}

static bool host_has(int capability)
{
	return ioctl(kvm_vm, KVM_CHECK_EXTENSION, capability) > 0;
}

const char kvm_hint[] = "its kernel must have KVM and be started at EL2";

/* Hosts with fewer than 40 bits accept only their own number. */
unsigned long kvm_machine_type(int kvm)
{
	int bits = ioctl(kvm, KVM_CHECK_EXTENSION, KVM_CAP_ARM_VM_IPA_SIZE);

	return bits > 0 && bits < PHYSICAL_BITS ? KVM_VM_TYPE_ARM_IPA_SIZE((unsigned long)bits) : 0;
}

bool has_pointer_authentication;

void vcpu_create(void)
{
	struct kvm_enable_cap cap = {.cap = KVM_CAP_ARM_NISV_TO_USER};
	struct kvm_vcpu_init init;

	/* without this capability KVM_RUN fails instead, and the guest ends with that error */
	ioctl(kvm_vm, KVM_ENABLE_CAP, &cap);
	if (ioctl(kvm_vm, KVM_ARM_PREFERRED_TARGET, &init))
		fail("KVM_ARM_PREFERRED_TARGET:");
	/* KVM accepts only both kinds together */
	has_pointer_authentication = host_has(KVM_CAP_ARM_PTRAUTH_ADDRESS) && host_has(KVM_CAP_ARM_PTRAUTH_GENERIC);
	if (has_pointer_authentication)
		init.features[0] |= 1u << KVM_ARM_VCPU_PTRAUTH_ADDRESS | 1u << KVM_ARM_VCPU_PTRAUTH_GENERIC;
	if (ioctl(kvm_vcpu, KVM_ARM_VCPU_INIT, &init))
		fail("KVM_ARM_VCPU_INIT:");
	/* the guest's counter starts at 0 now, which hides the host's uptime */
	register_set(KVM_REG_ARM_TIMER_CNT, 0);
}

/* sets all five keys to random values, since compilers may use any; returns the bits of SCTLR that enable them */
static uint64_t keys_set(void)
{
	static const uint64_t ids[] = {
		APIAKEYLO_EL1, APIAKEYHI_EL1, APIBKEYLO_EL1, APIBKEYHI_EL1, APDAKEYLO_EL1, APDAKEYHI_EL1,
		APDBKEYLO_EL1, APDBKEYHI_EL1, APGAKEYLO_EL1, APGAKEYHI_EL1,
	};
	uint64_t keys[sizeof(ids) / sizeof(ids[0])];

	if (!has_pointer_authentication)
		return 0;
	if (getrandom(keys, sizeof(keys), 0) != sizeof(keys))
		fail("getrandom:");
	for (unsigned i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		register_set(ids[i], keys[i]);
	return SCTLR_KEYS;
}

void vcpu_prepare(uint64_t root, uint64_t entry, uint64_t stack)
{
	bool has_branch_targets = register_get(ID_AA64PFR1_EL1) & 0xf;

	register_set(MAIR_EL1, MAIR);
	register_set(TCR_EL1, TCR);
	register_set(TTBR0_EL1, root);
	register_set(VBAR_EL1, VECTORS_ADDRESS);
	register_set(CPACR_EL1, CPACR_FPEN);
	register_set(CNTKCTL_EL1, CNTKCTL_EL0VCTEN);
	register_set(SCTLR_EL1, SCTLR | keys_set() | (has_branch_targets ? SCTLR_BT0 : 0));
	register_set(TPIDR_EL0, 0);
	register_set(CORE_REGISTER(sp_el1), TRAP_FRAME_ADDRESS);
	register_set(CORE_REGISTER(regs.sp), stack);
	register_set(CORE_REGISTER(regs.pc), entry);
	register_set(CORE_REGISTER(regs.pstate), PSTATE_EL0);
}

void vm_doorbell(unsigned number, int event)
{
	struct kvm_ioeventfd doorbell = {.addr = HYPERCALL_ADDRESS(number), .len = HYPERCALL_SIZE, .fd = event};

	if (ioctl(kvm_vm, KVM_IOEVENTFD, &doorbell))
		fail("KVM_IOEVENTFD:");
}

bool vcpu_exit_decode(enum vm_exit *exit, unsigned *number)
{
	const struct kvm_run *run = kvm_run;
	uint64_t address = run->mmio.phys_addr;

	/* the processor gives no syndrome for these instructions: pairs, atomics, write-back */
	if (run->exit_reason == KVM_EXIT_ARM_NISV)
		guest_end("the guest accessed address 0x%lx other than by a hypercall",
			  (unsigned long)run->arm_nisv.fault_ipa);
	if (run->exit_reason != KVM_EXIT_MMIO)
		return false;
	/* reads and narrow stores exit as well; on emulated processors misaligned ones, too */
	if (!run->mmio.is_write || run->mmio.len != HYPERCALL_SIZE || address % HYPERCALL_SIZE)
		guest_end("the guest accessed address 0x%lx other than by a hypercall", address);
	if (address == TRAP_ADDRESS) {
		*exit = EXIT_TRAP;
		return true;
	}
	*exit = EXIT_HYPERCALL;
	*number = (unsigned)((address - HYPERCALLS_ADDRESS) / HYPERCALL_SIZE);
	return true;
}

uint64_t vcpu_counter(void)
{
	return register_get(KVM_REG_ARM_TIMER_CNT);
}

uint64_t vcpu_counter_frequency(void)
{
	uint64_t frequency;

	__asm__("mrs %0, cntfrq_el0" : "=r"(frequency));
	return frequency;
}
