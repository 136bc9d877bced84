# SPDX-License-Identifier: ISC
# sandbox.bash -- a module whose host half makes forbidden system calls: the kernel stops the monitor

mkdir -p "$folder/mods/rogue"
printf 'config ROGUE\n\tbool "rogue: makes system calls"\n' >"$folder/mods/rogue/Kconfig"
cat >"$folder/mods/rogue/rogue.mod" <<'END'
# rogue -- makes system calls

api       rogue
hypercall rogue(u64 deed)
syscall   write(1)                      # to say that it lives
END
cat >"$folder/mods/rogue/guest.c" <<'END'
#include "guest.h"

void rogue(uint64_t deed);

void rogue(uint64_t deed)
{
	hypercall_rogue(deed);
}
END
cat >"$folder/mods/rogue/host.c" <<'END'
#include "core.h"

#include <sys/syscall.h>
#include <unistd.h>

int64_t host_rogue(uint64_t deed)
{
	output_write(STDOUT_FILENO, "alive\n", 6);
	if (deed == 1)
		syscall(SYS_getppid);
	if (deed == 2)
		syscall(SYS_write, 7, "x", 1);
	if (deed == 3)
		syscall(SYS_ioctl, 100, 0x4010aeac, 0);         /* KVM_SET_ONE_REG of the virtual processor, if there is one */
	if (deed == 4)
		__asm__ volatile("adr x9, 1f\n\tblr x9\n\tb 2f\n1:\tret\n2:" : : : "x9", "x30");
	output_write(STDOUT_FILENO, "still\n", 6);
	return 0;
}
END
cat >"$folder/rogue.c" <<'END'
#include <solo5.h>

void rogue(uint64_t deed);

int solo5_app_main(const struct solo5_start_info *info)
{
	rogue((uint64_t)(info->cmdline[0] - '0'));
	return 0;
}
END
appliance_build rogue --modules "$folder/mods" "$(manifest_make rogue '"memory": "1M"')" "$folder/rogue.c"

check "system calls that are named" 0 "alive
still" "./rogue 0"
# 128 and SIGSYS: getppid, write and ioctl
stopped()  # NUMBER
{
	echo "alive
rogue: ABORT: the filter stopped system call $1; see type=1326 in the kernel's log"
}
check "a system call that is not" 159 "$(stopped 173)" "./rogue 1"
check "another descriptor" 159 "$(stopped 64)" "./rogue 2"
check "another request to the processor" 159 "$(stopped 29)" "./rogue 3"
only='!(max*)'
check "a call in the monitor that leads to no landing pad, without BTI" 0 "alive
still" "./rogue 4"
only='max*'
# 128 and SIGILL; busybox prints it before or after
check_kvm "a call in the monitor that leads to no landing pad" 132 "@(*alive|alive?Illegal instruction)" "./rogue 4"
check_process "a call in the monitor that leads to no landing pad" 255 "alive?rogue: the monitor trapped: signal 4 at 0x*" "./rogue 4"
check_kvm "the monitor's own text is guarded; the C library's is not" 0 "guarded
free" '
	./sleeper &
	until grep -qs "^Seccomp:.*2" /proc/$!/status; do sleep 0.1; done
	awk "/ r-xp .*sleeper/ { text = 1 } /^VmFlags/ { if (text) print / bt/ ? \"guarded\" : \"free\"; text = 0 }" \
		/proc/$!/smaps | sort -r
	kill -KILL $!'
only='*'
