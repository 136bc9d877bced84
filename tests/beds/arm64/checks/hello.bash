# SPDX-License-Identifier: ISC
# hello.bash -- start to end: arguments, memory, exit status, time, the API's promises

appliance_build hello "$TOP/examples/hello/app.manifest"
appliance_build facts "$(manifest_make facts '"memory": "2M"')" "$TOP/tests/guests/facts.c"
appliance_build wall "$(manifest_make wall '"memory": "1M"')" "$TOP/tests/guests/wall.c"
appliance_build sleeper "$(manifest_make sleeper '"memory": "1M"')" "$TOP/tests/guests/sleeper.c"

check "hello greets the world" 0 "Hello, world!" "./hello"
check "hello greets the names in its arguments" 0 "Hello, big wide world!" "./hello big wide world"
check "hello with 1 MiB" 0 "Hello, world!" "./hello --mem=1"
check "hello with 1 GiB" 0 "Hello, world!" "./hello --mem=1024"
check_kvm "memory that page tables cannot map" 1 "hello: --mem=1048576: not a number from 1 to 212991" \
	"./hello --mem=1048576"
check "memory, clocks, yield, thread-local storage and FPU are as solo5.h promises" 0 "" "./facts"
check "the wall clock is the host's, and the exit status is the guest's" 0 "7 right" '
	before=$(date +%s)
	./wall >times
	status=$?
	after=$(date +%s)
	{ read -r first && read -r second; } <times
	[ "$before" -le "$first" ] && [ "$first" -le "$second" ] && [ "$second" -le "$after" ] && echo "$status right"'
check "SIGTERM ends an appliance that sleeps" 143 "" '
	./sleeper &
	until grep -qs "^Seccomp:.*2" /proc/$!/status; do sleep 0.1; done
	kill -TERM $!
	wait $! 2>/dev/null'
# the bed has a kernel of its own to set
mapped_from()  # ADDRESS: a command that an ordinary user runs hello while the kernel lets nobody map memory below
{
	cat <<-END
		mkdir -p /etc && echo "user:x:1000:1000::/:/bin/sh" >/etc/passwd
		read -r before </proc/sys/vm/mmap_min_addr
		echo $1 >/proc/sys/vm/mmap_min_addr
		start-stop-daemon -S -c user -x "\$PWD/hello"
		status=\$?
		echo "\$before" >/proc/sys/vm/mmap_min_addr
		exit \$status
	END
}
check_process "a kernel that lets ordinary users have no memory below 256 MiB" 0 "Hello, world!" "$(mapped_from 268435456)"
check_process "an ordinary user on the usual kernel" 0 "Hello, world!" 'start-stop-daemon -S -c user -x "$PWD/hello"'
check_kvm "a host without /dev/kvm is told so" 1 \
	"hello: /dev/kvm: this host offers no KVM; its kernel must have KVM and be started at EL2, give the container the device, or build the appliance with ukgen --host=process" \
	"mv /dev/kvm /dev/kvm.away; ./hello; status=\$?; mv /dev/kvm.away /dev/kvm; exit \$status"
