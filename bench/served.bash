# SPDX-License-Identifier: ISC
# served.bash -- networks of servers that are measured, how they are asked, and how figures are printed; for `source`, with $work and $seconds

row()
{
	printf '%s\t%s\t%s\t%s\n' "$@"
}

# cubic NETWORK INTERFACE [COMMAND...]: the kernel's connections there have Linux's default congestion control, whatever this machine's is
cubic()
{
	! grep -qw cubic /proc/sys/net/ipv4/tcp_available_congestion_control || "${@:3}" ip route change "$1" dev "$2" congctl cubic
}

# tap_make: tap0 at 10.9.0.1; a guest is 10.9.0.2
tap_make()
{
	ip link set lo up
	ip tuntap add tap0 mode tap
	ip addr add 10.9.0.1/24 dev tap0
	ip link set tap0 up
	cubic 10.9.0.0/24 tap0
}

# other_make NETWORK: a namespace, of process $other, with address 2 of NETWORK (10.8.0); veth0 leads there
other_make()
{
	unshare --net sleep 1000000 &
	other=$!
	while [ "$(readlink /proc/$other/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
	ip link add veth0 type veth peer name veth0 netns $other
	nsenter -t $other -n ip addr add $1.2/24 dev veth0
	nsenter -t $other -n ip link set veth0 up
	cubic $1.0/24 veth0 nsenter -t $other -n
}

# veth_make: veth0 at 10.8.0.1; its other end is 10.8.0.2, in the namespace of process $other
veth_make()
{
	other_make 10.8.0
	ip addr add 10.8.0.1/24 dev veth0
	ip link set veth0 up
	cubic 10.8.0.0/24 veth0
}

# can_serve: whether this machine has what servers need to be measured; $why says what is missing
can_serve()
{
	local command
	for command in ip unshare nsenter "$@"; do
		why="$command is missing"
		command -v $command >/dev/null || return 1
	done
	why="needs root and /dev/net/tun"
	[ -c /dev/net/tun ] && [ "$(id -u)" = 0 ]
}

# asked ADDRESS/PAGE [https]: answers a second, on $connections that are kept (64)
asked()
{
	wrk -t1 -c"${connections:-64}" -d"${seconds}s" --timeout 20 "${2:-http}://$1" >$work/wrk.out
	! grep -E 'Socket errors|Non-2xx' $work/wrk.out >&2
	awk '/^Requests\/sec/ { print $2 }' $work/wrk.out
}

# answered ADDRESS [PORT]: returns when it does
answered()
{
	local i
	for ((i = 0; i < 200; i++)); do
		! (exec 3<>"/dev/tcp/$1/${2:-80}") 2>/dev/null || return 0
		sleep 0.1
	done
	echo "bench: nothing answers at $1" >&2
	return 1
}

# of A B: A / B; "-" if B is 0, on a machine that is too busy
of()
{
	awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0) printf "%.2f", a / b; else print "-" }'
}

median()
{
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
