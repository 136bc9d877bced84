# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_metrics.bats -- figures of a run by HTTP: what they say, which users may ask, and that no client disturbs the guest
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	boots || return 0
	appliance_build disk "$(manifest_make disk '"memory": "4M"' '"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]' \
		'"config": { "METRICS": true, "GDB": true }')" "$TOP/tests/guests/disk.c"
	appliance_build echo "$(manifest_make echo '"memory": "4M"' '"devices": [{ "name": "net", "type": "NET_BASIC" }]' \
		'"config": { "METRICS": true }')" "$TOP/tests/guests/echo.c"
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
	truncate -s 64K disk.img
	holder= peer=
}

teardown()
{
	for process in $holder $peer; do
		{ kill -9 $process && wait $process; } 2>/dev/null || true
	done
}

# figures [CURL-ARGUMENT...]: as metrics_check.py has them, and as they were given
figures()
{
	curl -sS --max-time 10 --unix-socket figures http://localhost/metrics "$@" >given || return 1
	! command -v promtool >/dev/null || promtool check metrics <given || return 1
	/usr/bin/python3 "$TOP/tests/e2e/metrics_check.py" <given
}

# figure NAME[ LABEL=VALUE...]: its value
figure()
{
	sed -n "s/^$1 \([0-9.]*\)$/\1/p" <<<"$figures"
}

@test "a parser of Prometheus takes the figures, and they say what the guest did" {
	need_kvm
	need curl python3
	/usr/bin/python3 -c 'import prometheus_client' || skip "python3-prometheus-client is missing"
	local before
	holder_start disk --metrics=unix:figures --block:disk=disk.img -- writes disk 0 1024 A read disk 0 512 read disk 0 512 \
		read disk 1 512 flush disk sleep 60
	wait_for 10 grep -q 'flush ok' holder.out
	figures=$(figures)
	before=$figures
	grep -qx "ukgen_info name=disk version=[0-9.]* isolation=$([ $HOST = kvm ] && echo 'virtual machine' || echo process) 1" <<<"$figures"
	[ "$(figure 'ukgen_exits_total kind=hypercall call=block_read')" = 3 ]
	[ "$(figure 'ukgen_exits_total kind=hypercall call=block_write')" = 1 ]
	[ "$(figure 'ukgen_exits_total kind=hypercall call=yield')" = 1 ]
	[ "$(figure 'ukgen_exits_total kind=trap')" = 0 ]
	[ "$(figure 'ukgen_block_bytes_total device=disk operation=write')" = 1024 ]
	[ "$(figure 'ukgen_block_bytes_total device=disk operation=read')" = 1024 ]
	[ "$(figure 'ukgen_block_errors_total device=disk operation=read')" = 1 ]
	[ "$(figure 'ukgen_block_call_seconds_count device=disk operation=read')" = 3 ]
	[ "$(figure 'ukgen_block_call_seconds_bucket device=disk operation=flush le=+Inf')" = 1 ]
	[ "$(figure ukgen_guest_memory_bytes)" = 4194304 ]
	# the guest's own megabyte of zeroes is touched by the first word of it alone
	[ "$(figure ukgen_guest_memory_resident_bytes)" -ge 4096 ]
	[ "$(figure ukgen_guest_memory_resident_bytes)" -lt 4194304 ]
	# it sleeps, so time passes outside of it
	figures=$(figures)
	awk -v a="$(figure ukgen_uptime_seconds)" -v b="$(figures=$before; figure ukgen_uptime_seconds)" 'BEGIN { exit !(a > b) }'
	[ "$(figure ukgen_guest_seconds_total)" = "$(figures=$before; figure ukgen_guest_seconds_total)" ]
	awk -v a="$(figure ukgen_guest_seconds_total)" 'BEGIN { exit !(a > 0 && a < 5) }'
}

@test "bytes, frames, drops, and restarts of what is behind a device; SIGUSR1 counts the same" {
	need_kvm
	need curl python3
	/usr/bin/python3 -c 'import prometheus_client' || skip "python3-prometheus-client is missing"
	frames unix:socket echo 100 50 1 raw 00000008 raw 0102030405060708 3>&- >/dev/null 2>&1 &
	peer=$!
	wait_for 10 test -S socket
	holder_start echo --metrics=unix:figures --net:net=unix:socket -- net
	wait_for 20 grep -q 'socket is gone' holder.err
	wait $peer || true
	frames unix:socket echo 60 10 1 raw 00000000 3>&- >/dev/null 2>&1 &
	peer=$!
	wait_for 20 grep -q 'socket is back' holder.err
	wait $peer || true
	figures=$(figures)
	[ "$(figure 'ukgen_net_frames_total device=net direction=received')" = 60 ]
	[ "$(figure 'ukgen_net_frames_total device=net direction=sent')" = 60 ]
	[ "$(figure 'ukgen_net_bytes_total device=net direction=received')" = 5600 ]
	[ "$(figure 'ukgen_net_bytes_total device=net direction=sent')" = 5600 ]
	[ "$(figure 'ukgen_net_restarts_total device=net')" = 1 ]
	[ "$(figure 'ukgen_net_losses_total device=net')" -ge 1 ]
	[ "$(grep -c '^ukgen_net_drops_total device=net direction=received cause=' <<<"$figures")" = 5 ]
	kill -USR1 $holder
	wait_for 10 grep -q 'frames received' holder.err
	grep -q "frames received 60; .* too short $(figure 'ukgen_net_drops_total device=net direction=received cause=too short')," holder.err
	grep -q 'frames sent 60;' holder.err
}

@test "only one plain request is answered, and garbage is refused" {
	need_kvm
	need python3
	holder_start disk --metrics=unix:figures --block:disk=disk.img -- write disk 0 512 A sleep 60
	run python3 "$TOP/tests/e2e/metrics_client.py" figures statuses
	echo "$output"
	[ "$output" = "good: 200
query: 200
other path: 404
root: 404
post: 405
head: 405
small get: 405
1.0: 505
2.0: 505
no version: 400
no host: 400
two hosts: 400
body: 400
chunks: 400
two requests: 400
space before colon: 400
folded: 400
bare line ends: 400
two spaces: 400
control: 400
zero: 400
TLS: 400
empty line: 400
4096 bytes: 200
long: 431" ]
	[ ! -s holder.err ]
}

@test "who is slow has a second, and the guest doesn't wait for anyone" {
	need_kvm
	need python3
	frames unix:socket echo 60 50000 1 3>&- >frames.out 2>&1 &
	peer=$!
	wait_for 10 test -S socket
	holder_start echo --metrics=unix:figures --net:net=unix:socket -- net
	[ "$(python3 "$TOP/tests/e2e/metrics_client.py" figures drip)" = "b'' True" ]
	# one that says nothing, one that says too little
	run python3 "$TOP/tests/e2e/metrics_client.py" figures silent 1
	echo "$output"
	[[ $output =~ ^[1-5]\.[0-9]$ ]]
	wait $peer
	grep -q '50000 right' frames.out
	peer=
}

@test "a port of this machine, of IPv4 and of IPv6" {
	need_kvm
	need curl python3
	local host port
	for host in 127.0.0.1 '[::1]'; do
		[ $host = 127.0.0.1 ] || [ -s /proc/net/if_inet6 ] || continue
		port=$(python3 -c 'import socket; s = socket.socket(socket.AF_INET6); s.bind(("::1", 0)); print(s.getsockname()[1])')
		holder_start disk --metrics=$host:$port --block:disk=disk.img -- write disk 0 512 A sleep 60
		curl -sS --max-time 10 "http://$host:$port/metrics" | grep -q '^ukgen_info{name="disk",'
		run --separate-stderr appliance disk --metrics=$host:$port --block:disk=/dev/null
		[ $status = 1 ]
		{ kill -9 $holder && wait $holder; } 2>/dev/null || true
		holder=
	done
}

@test "a debugger and a client of the figures at the same time" {
	need_kvm
	need gdb curl
	"$(appliance_folder)/disk" --gdb=unix:debugger --metrics=unix:figures --block:disk=disk.img -- write disk 0 512 A sleep 60 \
		>holder.out 2>holder.err 3>&- &
	holder=$!
	wait_for 10 test -S debugger
	wait_for 10 curl -sS --max-time 10 --unix-socket figures http://localhost/metrics -o before
	# a client that keeps its connection while the debugger attaches
	python3 -c 'import socket, time; s = socket.socket(socket.AF_UNIX); s.connect("figures"); print("there", flush=True); time.sleep(0.9)' \
		>client.out 3>&- &
	peer=$!
	wait_for 10 test -s client.out
	gdb -batch -nx -ex 'target remote debugger' -ex detach >gdb.out 2>&1
	wait $peer
	peer=
	wait_for 10 grep -q 'write ok' holder.out
	curl -sS --max-time 10 --unix-socket figures http://localhost/metrics | grep -q '^ukgen_exits_total{kind="hypercall",call="block_write"} 1'
	grep -q 'block_write"} 0' before
	[ ! -s holder.err ]
}

@test "a place that can't be" {
	need_kvm
	need curl
	local value message
	while IFS='|' read -r value message; do
		run --separate-stderr appliance disk "--metrics=$value" --block:disk=disk.img -- info disk
		echo "$stderr"
		[ $status = 1 ]
		[ "$stderr" = "disk: $message" ]
		[ -z "$output" ]
	done <<-'END'
		0.0.0.0:9100|--metrics=0.0.0.0:9100: accepted are unix:PATH, 127.0.0.1:PORT and [::1]:PORT
		localhost:9100|--metrics=localhost:9100: accepted are unix:PATH, 127.0.0.1:PORT and [::1]:PORT
		9100|--metrics=9100: accepted are unix:PATH, 127.0.0.1:PORT and [::1]:PORT
		127.0.0.1:0|--metrics=0: not a number from 1 to 65535
		127.0.0.1:65536|--metrics=65536: not a number from 1 to 65535
		127.0.0.1:|--metrics=: not a number from 1 to 65535
		unix:|--metrics=unix:: a socket's path has 1 to 107 characters
		unix:/nowhere/figures|--metrics=unix:/nowhere/figures: No such file or directory
		unix:disk.img|--metrics=unix:disk.img: Address in use
	END
	[ "$(stat -c %s disk.img)" = 65536 ]
	# one that an earlier appliance left is replaced
	holder_start disk --metrics=unix:figures --block:disk=disk.img -- write disk 0 512 A sleep 60
	{ kill -9 $holder && wait $holder; } 2>/dev/null || true
	[ -S figures ]
	holder_start disk --metrics=unix:figures --block:disk=disk.img -- write disk 0 512 A sleep 60
	curl -sS --max-time 10 --unix-socket figures http://localhost/metrics | grep -q '^ukgen_info'
}

@test "without the module there is nothing of it: no option, no count" {
	need_kvm
	need nm
	appliance_build plain "$(manifest_make plain '"memory": "4M"' '"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]')" \
		"$TOP/tests/guests/disk.c"
	run "$UKGEN" inspect "$(appliance_folder)/plain"
	[[ $output != *metrics* ]]
	[ -z "$(nm "$(appliance_folder)/plain.build/plain.monitor.elf" | grep -E 'sample|call_counts|call_names|counted|duration')" ]
	[ -n "$(nm "$(appliance_folder)/disk.build/disk.monitor.elf" | grep -E 'call_counts')" ]
}
