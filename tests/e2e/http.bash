# SPDX-License-Identifier: ISC
# http.bash -- a network of its own with a TAP interface, and an HTTP server on it
#
# `load http` after common. What is started by setup_file or a test is ended by network_end.

# sockets_are_built: what programs with sockets are made of is there
sockets_are_built()
{
	[ -d "$TOP/build/deps/lwip" ] && [ -f "$TOP/build/musl/$(uname -m)/lib/libc.a" ]
}

# need_tap COMMAND...: skips the test where an appliance can't be on a network of its own
need_tap()
{
	need_kvm
	need_root
	need nsenter unshare "$@"
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
}

# network_start: an empty network namespace, $network, with tap0 at 10.9.0.1/24; the guest's side is 10.9.0.2
network_start()
{
	unshare -n sleep 1000000 3>&- &
	network=$!
	export network
	own_namespace $network
	inside ip link set lo up
	tap_add tap0 10.9.0.1/24
}

# own_namespace PROCESS: returns when it is in a network namespace of its own
own_namespace()
{
	wait_for 10 eval '[ "$(readlink /proc/'$1'/ns/net)" != "$(readlink /proc/self/ns/net)" ]'
}

# tap_add NAME ADDRESS/BITS
tap_add()
{
	inside ip tuntap add dev "$1" mode tap
	inside ip addr add "$2" dev "$1"
	inside ip link set "$1" up
}

# bridges_start LOST REPEATED LATE [MS]: tap0 and the host's address are on different bridges, joined by ./wire, see tests/peers/wire.c
bridges_start()
{
	inside ip addr del 10.9.0.1/24 dev tap0
	inside ip link add near type bridge
	inside ip link add far type bridge
	inside ip addr add 10.9.0.1/24 dev near
	inside ip tuntap add dev wire0 mode tap
	inside ip tuntap add dev wire1 mode tap
	inside ip link set wire0 master near
	inside ip link set wire1 master far
	inside ip link set tap0 master far
	nsenter -t "$network" -n ./wire wire0 if:wire1 "$@" >carried 3>&- &
	wire=$!
	for name in near far wire0 wire1; do inside ip link set $name up; done
}

# bridges_end: of the frames each way some were lost, repeated and late
bridges_end()
{
	kill $wire
	wait $wire
	wire=
	run -0 cat carried
	[[ $output == "to the appliance "* && ! $output =~ \ 0\  ]]
}

# inside COMMAND...: runs it in the namespace, as the same process
inside()
{
	nsenter -t "$network" -n "$@"
}

# server_start OUTPUT COMMAND...: runs it as process $server in the namespace; returns when it says where it serves
server_start()
{
	nsenter -t "$network" -n "${@:2}" >"$1" 2>&1 3>&- &
	server=$!
	export server
	for ((i = 0; i < 600; i++)); do
		! grep -q 'serving at' "$1" || return 0
		kill -0 $server 2>/dev/null || break
		sleep 0.05
	done
	cat "$1"
	return 1
}

# sleeps: how often the server's first thread has slept
sleeps()
{
	awk '/^voluntary_ctxt_switches/ { print $2 }' /proc/$server/status
}

# sleeps_seldom: in one of twenty seconds at most five times, since the kernel's end looks for neighbours and routers at
# first; its stack's timer, where it runs, makes twenty sleeps a second
sleeps_seldom()
{
	local i before slept
	for ((i = 0; i < 20; i++)); do
		before=$(sleeps)
		sleep 1
		slept=$(($(sleeps) - before))
		echo "slept $slept times in a second"
		[ $slept -gt 5 ] || return 0
	done
	return 1
}

server_end()
{
	[ -n "${server:-}" ] || return 0
	kill "$server" 2>/dev/null || true
	wait "$server" 2>/dev/null || true
	server=
}

network_end()
{
	server_end
	[ -z "${network:-}" ] || kill "$network" 2>/dev/null || true
	network=
}

# ask PATH-OR-OPTION...: curl for paths of the server
ask()
{
	inside curl -sS --max-time 20 "${@/#\//http://10.9.0.2/}"
}

# clients SCENARIO...: those of http_client.py
clients()
{
	inside timeout 120 python3 "$TOP/tests/e2e/http_client.py" 10.9.0.2 "$@"
}
