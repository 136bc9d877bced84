# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_sockets.bats -- programs with sockets: each call as in a process, a server, its clients of every kind
bats_require_minimum_version 1.5.0
load common
load http

PROGRAMS=$TOP/tests/guests/sockets
NETWORK='"devices": [ { "name": "service0", "type": "NET_BASIC" } ]'

# program NAME: an appliance with sockets
program()
{
	appliance_build "$1" "$(manifest_make "$1" '"libraries": ["libc", "sockets"]' '"memory": "16M"' "$NETWORK")" "$PROGRAMS/$1.c"
}

# there_is: what these tests are made of
there_is()
{
	[ -d "$TOP/build/deps/lwip" ] && [ -f "$TOP/build/musl/$(uname -m)/lib/libc.a" ]
}

setup_file()
{
	there_is && boots || return 0
	appliance_build echo "$TOP/examples/echo/app.manifest" 2>"$BATS_FILE_TMPDIR/echo.said"
	program streams 2>"$BATS_FILE_TMPDIR/streams.said"
	program events 2>"$BATS_FILE_TMPDIR/events.said"
	program sendfile 2>"$BATS_FILE_TMPDIR/sendfile.said"
}

setup()
{
	there_is || skip "lwIP's sources or the C library are missing: ./configure --deps, ninja"
	need_kvm
	need_root
	need nsenter unshare python3
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

teardown()
{
	network_end
}

# same NAME: the program does as an appliance what it does as a process
same()
{
	need musl-gcc
	[ ! -s "$BATS_FILE_TMPDIR/$1.said" ]
	musl-gcc -static -o process "$PROGRAMS/$1.c"
	network_start
	unshare -n sh -c 'ip link set lo up && exec timeout 30 ./process' >expected
	inside timeout 30 "$folder/$1" --net:service0=tap0 -- --ip=10.9.0.2/24 >output
	diff expected output
}

@test "every call of TCP sockets does what it does in a process, errors included" {
	same streams
	[ "$(wc -l <output)" -gt 170 ]
}

@test "epoll does what it does in a process: levels, edges, once, errors included" {
	same events
	[ "$(wc -l <output)" -gt 50 ]
}

@test "sendfile does what it does in a process, errors included" {
	same sendfile
	[ "$(wc -l <output)" -gt 30 ]
}

# echo_start ARGUMENT...
echo_start()
{
	network_start
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.9.0.2/24 "$@"
	[ ! -s "$BATS_FILE_TMPDIR/echo.said" ]
}

# peers SCENARIO...: those of echo_client.py
peers()
{
	inside timeout 60 python3 "$TOP/tests/e2e/echo_client.py" 10.9.0.2 "$@"
}

@test "echo: clients of every kind get back what they sent" {
	echo_start
	peers words bulk many slow half_open unread garbage reset words
	kill -0 $server
}

# over_wire LOST REPEATED LATE SCENARIO...: echo, and a client beyond tests/peers/wire.c
over_wire()
{
	network_start
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	inside ./wire tap0 wire.socket "${@:1:3}" >carried 3>&- &
	wire=$!
	wait_for 10 test -S wire.socket
	server_start out "$folder/echo" --net:service0=unix:wire.socket -- --ip=10.9.0.2/24
	peers "${@:4}"
	server_end
	wait $wire
}

@test "echo: every byte comes back over a wire that loses, repeats and reorders frames" {
	need gcc
	over_wire 10 5 20 lossy
	# to the appliance, and from it: some were lost, repeated and late
	run -0 cat carried
	[[ ! $output =~ \ 0\  ]]
}

@test "the network's words are taken out of the arguments, and checked" {
	network_start
	for wrong in --ip=10.9.0.2 --gateway=10.9.0.1 --ip=10.9.0.2/33 "--ip=10.9.0.2/24 --gateway=x" --dns=1.2.3.x \
		"--dns=1.2.3.4,1.2.3.4,1.2.3.4,1.2.3.4" --hostname=-x --hostname=; do
		# shellcheck disable=SC2086 # words
		run -1 inside timeout 20 "$folder/echo" --net:service0=tap0 -- $wrong
		[[ $output == "network: "* ]]
	done
}
