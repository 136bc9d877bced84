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

# tap_make [NUMBER]: tap0 at 10.9.0.1, or with NUMBER tapNUMBER at 10.9.NUMBER.1; a guest is 10.9.NUMBER.2
tap_make()
{
	local number=${1:-0}
	ip link set lo up
	ip tuntap add tap$number mode tap
	ip addr add 10.9.$number.1/24 dev tap$number
	ip link set tap$number up
	cubic 10.9.$number.0/24 tap$number
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

# processors_choose: $on_server and $on_client run a command on the processor of servers, or of their clients: two that this program may use, or
# the same one. Left to the scheduler, a server and its client are on one processor or on two, from one second to the next, and a process on veth
# then sends 1.5 times as much or not.
processors_choose()
{
	local number usable=()
	for number in $(cd /sys/devices/system/cpu && printf '%s\n' cpu[0-9]* | tr -d cpu | sort -n); do
		! taskset -c "$number" true 2>/dev/null || usable+=("$number")
	done
	on_server="taskset -c ${usable[0]}" on_client="taskset -c ${usable[1]:-${usable[0]}}"
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
	${on_client:-} wrk -t1 -c"${connections:-64}" -d"${seconds}s" --timeout 20 "${2:-http}://$1" >$work/wrk.out
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

# ratios FILE FILE: the median of the quotients of their lines, which were measured in the same turns; "-" if there are none
ratios()
{
	paste "$1" "$2" | awk '$2 + 0 { print $1 / $2 }' | sort -n | awk '{ v[NR] = $1 } END { if (NR) printf "%.2f", v[int((NR + 1) / 2)]; else print "-" }'
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
