# SPDX-License-Identifier: ISC
# bulk.bats -- 100 MB each way, by checksum: over TAP and a bridge, with wires that lose and reorder, and over passt; less over a long wire
bats_require_minimum_version 1.5.0
load ../e2e/common
load ../e2e/http

setup_file()
{
	sockets_are_built && boots || return 0
	appliance_build echo "$TOP/examples/echo/app.manifest"
	appliance_build bulk "$(manifest_make bulk '"libraries": ["libc", "sockets"]' '"memory": "16M"' \
		'"devices": [ { "name": "service0", "type": "NET_BASIC" } ]')" "$TOP/tests/guests/sockets/bulk.c"
}

setup()
{
	sockets_are_built || skip "lwIP's sources or the C library are missing: ./configure --deps, ninja"
	need_tap python3
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
	network_start
}

teardown()
{
	local process
	for process in ${other:-} ${wire:-}; do kill "$process" 2>/dev/null || true; done
	[ -z "${open:-}" ] || rm -rf "$open"
	network_end
}

# hundred ADDRESS: 100 MB there, and back
hundred()
{
	inside timeout 600 python3 "$TOP/tests/e2e/echo_client.py" "$1" hundred
}

@test "over a TAP interface" {
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.9.0.2/24
	hundred 10.9.0.2
}

@test "over a bridge" {
	inside ip link add bridge0 type bridge
	inside ip addr del 10.9.0.1/24 dev tap0
	inside ip link set tap0 master bridge0
	inside ip addr add 10.9.0.1/24 dev bridge0
	inside ip link set bridge0 up
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.9.0.2/24
	hundred 10.9.0.2
}

@test "over a wire that loses 1 of 100 frames, repeats 1 of 200, and reorders 1 of 50" {
	need gcc
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	nsenter -t "$network" -n ./wire tap0 wire.socket 10 5 20 >carried 3>&- &
	other=$!
	wait_for 10 test -S wire.socket
	server_start out "$folder/echo" --net:service0=unix:wire.socket -- --ip=10.9.0.2/24
	hundred 10.9.0.2
}

@test "over two bridges, and between them a wire that loses 1 of 100 frames, repeats 1 of 200, and reorders 1 of 50" {
	need gcc
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	bridges_start 10 5 20
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.9.0.2/24
	hundred 10.9.0.2
	bridges_end
}

@test "over passt, one way after the other" {
	need gcc passt
	gcc -O2 -o bulk "$TOP/tests/peers/bulk.c"
	# passt becomes nobody, and hands out the address of the interface with the default route
	open=$(mktemp -d /tmp/bulk.XXXXXX)
	chmod 777 "$open"
	inside ip route add default via 10.9.0.2
	nsenter -t "$network" -n passt -q -f -s "$open/socket" -t 9,19 >passt.out 2>&1 3>&- &
	other=$!
	wait_for 20 test -S "$open/socket"
	server_start out "$folder/bulk" --net:service0=unix:"$open/socket"
	for way in send receive; do
		inside timeout 60 ./bulk 127.0.0.1 $way 100
	done
}

# reaches RATE WAY MEGABYTES: in one of three attempts the client sends or receives that many megabytes a second
reaches()
{
	local attempt rates=
	for attempt in 1 2 3; do
		rates+=" $(inside timeout 100 ./bulk 10.9.0.2 "$2" "$3")"
		! awk -v rate="${rates##* }" -v least="$1" 'BEGIN { exit !(rate >= least) }' || return 0
	done
	echo "$2: megabytes a second:$rates"
	return 1
}

# Mathis's formula, 1.22 segments a round trip by the root of the share that is lost, is 0.36 MB/s; if losses wait for lwIP's timer, 0.2 to 0.3 come.
@test "over a wire that takes 25 ms each way and loses 1 of 100 frames, from and to peers with SACK, and without" {
	need gcc
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	gcc -O2 -o bulk "$TOP/tests/peers/bulk.c"
	bridges_start 10 0 0 25
	server_start out "$folder/bulk" --net:service0=tap0 -- --ip=10.9.0.2/24
	for sack in 1 0; do
		echo $sack | inside tee /proc/sys/net/ipv4/tcp_sack
		reaches "0.$((3 + sack))" receive 3
		reaches 0.3 send 3
	done
}
