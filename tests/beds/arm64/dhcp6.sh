#!/bin/bash
# SPDX-License-Identifier: ISC
# dhcp6.sh -- a guest on 64-bit ARM has its address and name server from a DHCPv6 server of this machine, and renews its lease; prints TAP
#
# usage: tests/beds/arm64/dhcp6.sh [inside]; inside a network namespace, which it makes otherwise
set -uo pipefail

for program in dhcpd dnsmasq python3 unshare; do
	command -v $program >/dev/null || { echo "1..0 # skip $program is missing"; exit; }
done
[ "$(id -u)" = 0 ] || { echo "1..0 # skip root is missing"; exit; }
# its last process takes the servers and the bed along
[ "${1:-}" = inside ] || exec unshare -n -p -f --kill-child "$0" inside

. "$(dirname "$(readlink -f "$0")")/common.bash"

appliance_build both "$(manifest_make both '"libraries": ["libc", "sockets"]' '"memory": "20M"' '"config": { "LWIP_IPV6": true }' \
	'"devices": [ { "name": "service0", "type": "NET_BASIC" } ]')" "$TOP/tests/guests/sockets/both.c"
work=$(mktemp -d "${TMPDIR:-/tmp}/ukgen-dhcp6.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM
cd "$work" || exit 1

# servers_start: they lease fd00::100 for 20 seconds, to be renewed after 8, and know six.test
servers_start()
{
	ip link set lo up
	ip tuntap add dev tap0 mode tap
	echo 0 >/proc/sys/net/ipv6/conf/tap0/accept_dad
	ip link set tap0 up
	ip -6 addr add fd00::1/64 dev tap0 nodad
	echo 'fd00::5 six.test' >hosts
	dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts=hosts --local=/test/ --listen-address=fd00::1 \
		--bind-interfaces --user=root --pid-file= >names.log 2>&1 &
	printf '%s\n' "default-lease-time 20; preferred-lifetime 16; option dhcp-renewal-time 8; option dhcp-rebinding-time 14;" \
		"authoritative; option dhcp6.name-servers fd00::1; subnet6 fd00::/64 { range6 fd00::100 fd00::100; }" >server.conf
	: >leases
	dhcpd -6 -f -d -cf server.conf -lf leases --no-pid tap0 >server.log 2>&1 &
	python3 "$TOP/tests/e2e/advertise.py" tap0 managed >router.log 2>&1 &
}

# bed_start: as process $bed; the guest is behind a bridge to this machine
bed_start()
{
	cat >program <<-END
		ip link add bridge0 type bridge
		tunctl -t tap0 >/dev/null
		for port in eth0 tap0; do ip link set \$port master bridge0; done
		for device in eth0 tap0 bridge0; do ip link set \$device up; done
		./both --net:service0=tap0 -- -- six.test
	END
	"$TOP/tests/beds/run" -a arm64 -n tap0 -m "tun bridge" -t 240 -f "$folder/bin/both" program >out 2>err &
	bed=$!
}

# becomes DESCRIPTION COMMAND...: that the command succeeds before the bed ends
becomes()
{
	number=$((number + 1))
	until "${@:2}"; do
		if ! kill -0 $bed; then
			echo "not ok $number - $1"
			tail -n 20 out err server.log | sed 's/^/# /'
			return
		fi
		sleep 0.2
	done 2>/dev/null
	echo "ok $number - $1"
}

answers()
{
	ping -q -c 1 -W 1 fd00::100 >/dev/null
}

renewed_twice()
{
	[ "$(grep -c 'Renew message' server.log)" -ge 2 ]
}

servers_start
bed_start
becomes "DHCPv6: the guest has an address, and a name server, which it asks" grep -qx 'six.test: fd00::5' out
becomes "DHCPv6: the leased address answers" answers
becomes "DHCPv6: the lease is renewed in time, and again" renewed_twice
becomes "DHCPv6: the address answers after that" answers
kill $bed
wait $bed
echo "1..$number"
