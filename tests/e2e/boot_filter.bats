# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_filter.bats -- no syscall line is superfluous: appliances with all modules make every call that they may make

load common

setup_file()
{
	boots || return 0
	appliance_build disk "$(manifest_make disk '"memory": "4M"' '"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]' \
		'"config": { "BLOCK_FILE_OR_MAPPED": true, "BLOCK_RATE": true, "GDB": true, "DUMPCORE": true }')" "$TOP/tests/guests/disk.c"
	appliance_build echo "$(manifest_make echo '"memory": "4M"' '"devices": [{ "name": "net", "type": "NET_BASIC" }]' \
		'"config": { "NET_RATE": true, "METRICS": true }')" "$TOP/tests/guests/echo.c"
	appliance_build input "$(manifest_make input '"memory": "1M"')" "$TOP/tests/guests/input.c"
	appliance_build stop "$(manifest_make stop '"memory": "1M"')" "$TOP/tests/guests/stop.c"
	appliance_build memory_return "$(manifest_make memory_return '"memory": "2M"')" "$TOP/tests/guests/memory_return.c"
	appliance_build heap "$(manifest_make heap '"memory": "200M"')" "$TOP/tests/guests/heap.c"
	appliance_build random "$(manifest_make random '"memory": "1M"')" "$TOP/tests/guests/random.c"
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	# O_TMPFILE is not for every file system
	folder=$(mktemp -d /dev/shm/ukgen-filter.XXXXXX)
	PATH=$(appliance_folder):$PATH
	words=() tracer=
}

teardown()
{
	[ -z "$tracer" ] || { kill -9 $(pgrep -P $tracer); wait $tracer; } 2>/dev/null || true
	rm -rf "$folder"
}

# under RUN APPLIANCE: what traces such a run goes to tracing, and the run counts
under()
{
	[ -s $2.json ] || "$UKGEN" inspect --json "$(appliance_folder)/$2" >$2.json
	words+=($2.json $1.trace)
	rm -f printed said
	tracing=("$(command -v strace)" -f -e raw=all -o $1.trace "$(appliance_folder)/$2")
}

@test "every syscall line of every module is needed" {
	need_kvm
	need_root
	need strace python3 curl nm unshare nsenter pgrep
	[ -c /dev/net/tun ] || skip "/dev/net/tun is missing"
	local input
	truncate -s 64K disk.img

	# file mode; a debugger on standard input that only says "continue"
	mkfifo asked
	exec 7<>asked
	printf '$vCont;c#a8' >&7
	under file disk
	"${tracing[@]}" --gdb=stdio --block:disk=disk.img --block-rate:disk=1M:512 -- write disk 0 512 A read disk 0 512 flush disk \
		discard disk 0 4096 sleep 1 <&7 >answers 2>printed
	grep -qx 'discard ok' printed

	# mapped mode; a debugger that watches, interrupts and goes; a trap, of which there is a core file
	input=$(nm "$(appliance_folder)/disk.build/disk.guest.elf" | sed -n 's/^0*\([0-9a-f]*\) . input$/\1/p')
	under mapped disk
	"${tracing[@]}" --gdb=unix:socket --dumpcore="$folder" --block:disk=disk.img --block-mode:disk=mapped \
		--block-allocate:disk -- read disk 0 512 flush disk sleep 2 peek 0 >printed 2>said 3>&- &
	tracer=$!
	wait_for 30 test -S socket
	python3 "$TOP/tests/peers/debugger.py" socket $input
	! wait $tracer
	grep -qx 'flush ok' printed
	grep -q '^disk: core file: ' said

	# a TAP interface, SIGUSR1, and a client that asks for figures
	under tap echo
	unshare --net "${tracing[@]}" --metrics=unix:figures --net:net=tap7 --net-rate:net=0,1000:1 -- net >printed 2>said 3>&- &
	tracer=$!
	wait_for 30 test -s printed
	nsenter -t $tracer -n frames tap7 echo 60 100 1
	kill -USR1 $(pgrep -P $tracer)
	wait_for 30 grep -q 'frames received' said
	wait_for 30 curl -sS --max-time 10 --unix-socket figures http://localhost/metrics -o given
	grep -q '^ukgen_net_frames_total' given
	nsenter -t $tracer -n frames tap7 end
	wait $tracer

	# a socket whose listener goes and comes back
	under unix echo
	frames unix:socket echo 60 100 1 3>&- &
	wait_for 30 test -S socket
	"${tracing[@]}" --net:net=unix:socket -- net >printed 2>said 3>&- &
	tracer=$!
	wait_for 30 grep -q 'socket is gone' said
	frames unix:socket end
	wait $tracer
	grep -q 'socket is back' said

	# guests that never sleep, whose frames the other thread moves
	under polling echo
	unshare --net "${tracing[@]}" --net:net=tap7 --net-rate:net=0,1000:1 -- net poll >printed 2>said 3>&- &
	tracer=$!
	wait_for 30 test -s printed
	nsenter -t $tracer -n frames tap7 echo 60 100 1 end
	wait $tracer
	under polling-unix echo
	frames unix:socket echo 60 100 1 end 3>&- &
	wait_for 30 test -S socket
	"${tracing[@]}" --net:net=unix:socket -- net poll >printed 3>&-

	# an inherited stream that speaks something else, which ends a guest that never sleeps
	under stream echo
	run frames stream echo 60 100 1 raw 48545450 take 60 1 -- "${tracing[@]}" --net:net=@3 --net-lost:net=end -- net poll
	[[ $output == *'echo: ABORT: device "net": @3 is gone'* ]]

	under input input
	echo text | "${tracing[@]}" sleep >printed
	under stop stop
	"${tracing[@]}" sleep >printed 3>&- &
	tracer=$!
	wait_for 30 test -s printed
	kill -TERM $(pgrep -P $tracer)
	wait $tracer || [ $? = 7 ]
	# it ends by what it must not do
	under memory_return memory_return
	"${tracing[@]}" >printed 2>said || [ $? = 255 ]
	under heap heap
	"${tracing[@]}" all
	under random random
	"${tracing[@]}" >printed

	run python3 "$TOP/tests/filter/unused.py" "${words[@]}" -- "$TOP"/core/core.mod "$TOP/core/$HOST/core.mod" "$TOP/core/$HOST/$(uname -m)/core.mod" \
		"$TOP"/modules/*/*.mod
	[ "$status" = 0 ]
	# what hosts that are slower need
	[ -z "$(grep -v 'without a vDSO' <<<"$output")" ] || { echo "$output"; return 1; }
}
