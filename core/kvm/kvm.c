/* SPDX-License-Identifier: ISC */
/* kvm.c -- vm.h by Linux KVM: one virtual machine, one processor, no device model */
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arch.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "monitor.h"

int kvm_vm, kvm_vcpu;
struct kvm_run *kvm_run;

static int kvm;

static void kvm_open(void)
{
	kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm >= 0)
		return;
	if (errno == EACCES)
		fail("/dev/kvm: permission denied; join the group that owns it (kvm on most systems)");
	if (errno == ENOENT || errno == ENODEV || errno == ENXIO)
		fail("/dev/kvm: this host offers no KVM; %s, give the container the device, "
		     "or build the appliance with ukgen --host=process", kvm_hint);
	fail("/dev/kvm:");
}

void vm_create(void)
{
	int size;

	kvm_open();
	/* Linux gives up if a signal is pending: mm_take_all_locks in linux/mm/mmap.c */
	do
		kvm_vm = ioctl(kvm, KVM_CREATE_VM, kvm_machine_type(kvm));
	while (kvm_vm < 0 && errno == EINTR);
	if (kvm_vm < 0)
		fail("create a virtual machine:");
	if (ioctl(kvm, KVM_CHECK_EXTENSION, KVM_CAP_READONLY_MEM) <= 0)
		fail("/dev/kvm: this KVM has no read-only memory (KVM_CAP_READONLY_MEM)");
	kvm_vcpu = ioctl(kvm_vm, KVM_CREATE_VCPU, 0);
	if (kvm_vcpu < 0)
		fail("create a virtual processor:");
	descriptor_place(kvm_vcpu, FD_VCPU);
	kvm_vcpu = FD_VCPU;
	size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (size < 0)
		fail("KVM_GET_VCPU_MMAP_SIZE:");
	kvm_run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, kvm_vcpu, 0);
	if (kvm_run == MAP_FAILED)
		fail("map the virtual processor:");
	vcpu_create();
}

void vcpu_ioctl(unsigned long request, void *argument, const char *name)
{
	if (syscall(SYS_ioctl, kvm_vcpu, request, argument) < 0)
		guest_end("%s: %m", name);
}

void vcpu_settle(void)
{
	kvm_run->immediate_exit = 1;
	ioctl(kvm_vcpu, KVM_RUN, 0);            /* EINTR */
	kvm_run->immediate_exit = 0;
	if (kvm_interrupted)
		kvm_run->immediate_exit = 1;
}

/*
 * The first KVM_RUN of a machine may start a kernel thread in this process
 * (kvm-nx-lpage-recovery, since Linux 6.13) and fails with EAGAIN if it can't,
 * so it must come before RLIMIT_NPROC drops to 0.
 */
void vm_prepare(uint64_t entry, uint64_t stack)
{
	vcpu_prepare(kvm_tables_root(), entry, stack);
	errno = 0;
	vcpu_settle();
	if (errno != EINTR)
		fail("KVM_RUN:");
}

/* exits that no guest can cause, reported by number: a bug here or in the host, or a hardware fault */
static void unexpected_exit(void)
{
	switch (kvm_run->exit_reason) {
	case KVM_EXIT_SHUTDOWN:
		guest_end("the virtual processor shut down (triple fault)");
	case KVM_EXIT_FAIL_ENTRY:
		guest_end("the host cannot enter the guest: hardware reason 0x%lx",
			  (unsigned long)kvm_run->fail_entry.hardware_entry_failure_reason);
	case KVM_EXIT_INTERNAL_ERROR:
		guest_end("KVM reports internal error %u", kvm_run->internal.suberror);
	default:
		guest_end("unexpected exit %u from the guest", kvm_run->exit_reason);
	}
}

const struct trap_frame *vm_trap_frame(void)
{
	return (const void *)(memory.base + TRAP_FRAME_ADDRESS);
}

static enum vm_exit run_once(unsigned *number)
{
	enum vm_exit exit = EXIT_AGAIN;

	if (ioctl(kvm_vcpu, KVM_RUN, 0)) {
		if (errno == EINTR) {
			kvm_interrupted = false;
			kvm_run->immediate_exit = 0;
			return EXIT_AGAIN;
		}
		if (errno == EFAULT)
			guest_end("the guest's memory is gone: a file behind it was truncated, or the host is out of memory");
		guest_end("run the guest: %m");
	}
	if (!vcpu_exit_decode(&exit, number))
		unexpected_exit();
	return exit;
}

enum vm_exit vm_run(unsigned *number)
{
	enum vm_exit exit;

	do
		exit = run_once(number);
	while (CONFIG_MEMORY_STEP_MB && exit == EXIT_TRAP && demand_serve());
	return exit;
}
