# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_dhcp.bats -- guests keep the address that a real DHCP server leases them, however short the lease
#
# All of them run at the same time, each in a network namespace of its own, since
# the longest lease here has its first renewal after 38 seconds.
#
# mostly waits: for renewals
bats_require_minimum_version 1.5.0
load common
load cases

setup_file()
{
	[ -d "$TOP/build/deps/lwip" ] || return 0
	appliance_build httpd "$TOP/examples/httpd/app.manifest"
}

# Each of these runs in a folder and in a namespace of its own.

# server ADDRESS SECONDS [LINE...]: leases this one address for so long, as process $server; knows the leases of the last one
server()
{
	local file=server.$((++servers))
	printf '%s\n' "start $1" "end $1" "interface tap0" "min_lease 5" "offer_time 5" "max_leases 1" \
		"lease_file $PWD/leases" "pidfile $PWD/pid" "option subnet 255.255.255.0" "option lease $2" "${@:3}" >$file.conf
	udhcpd -f $file.conf >$file.log 2>&1 3>&- &
	server=$!
}

# acknowledged SERVER: how often it granted an address
acknowledged()
{
	grep -c 'sending ACK' "server.$1.log"
}

guest()
{
	"$folder/httpd" --net:service0="${device:-tap0}" --net-mac:service0=02:00:00:00:00:07 >guest.out 2>&1 3>&- &
	guest=$!
}

# serves ADDRESS TIMES: the guest has said so often that it serves, the last time at that address
serves()
{
	[ "$(grep -c 'serving at' guest.out)" = "$2" ] && [ "$(tail -n 1 guest.out)" = "httpd: serving at $1" ]
}

# connected: one connection has its requests answered for 44 seconds
connected()
{
	local answer rest
	exec 5<>/dev/tcp/10.9.0.2/80
	for rest in 11 11 11 11 0; do
		printf 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n' >&5
		read -r -t 5 answer <&5
		[[ $answer == "HTTP/1.1 200 "* ]]
		while read -r -t 5 answer <&5 && [ "$answer" != $'\r' ]; do :; done
		sleep "$rest"
	done
}

# keeps SECONDS RENEWALS: within 44 seconds the lease is renewed so often, or once more, and the address never given up
keeps()
{
	server 10.9.0.2 "$1"
	guest
	wait_for 20 serves 10.9.0.2 1
	connected
	serves 10.9.0.2 1
	(($(acknowledged 1) >= 1 + $2 && $(acknowledged 1) <= 2 + $2))
}

# lwIP counts in minutes
case_24() { keeps 24 4; }
case_60() { keeps 60 1; }
case_80() { keeps 80 1; }

# T1 and T2 as the server says: 10 and 20 of 60 seconds
case_told()
{
	server 10.9.0.2 60 "option 0x3a 0000000a" "option 0x3b 00000014"
	guest
	wait_for 20 serves 10.9.0.2 1
	sleep 26
	serves 10.9.0.2 1
	(($(acknowledged 1) >= 3))
}

# the server is gone from before the first renewal until just before the end
case_gone()
{
	server 10.9.0.2 30
	guest
	wait_for 20 serves 10.9.0.2 1
	kill $server
	sleep 24
	server 10.9.0.2 30
	sleep 16
	serves 10.9.0.2 1
	(($(acknowledged 2) >= 1))
}

# it is gone for longer: the address is given up at the end, and found again
case_expired()
{
	server 10.9.0.2 20
	guest
	wait_for 20 serves 10.9.0.2 1
	ping -q -c 1 -W 5 10.9.0.2
	kill $server
	sleep 22
	run -1 ping -q -c 1 -W 2 10.9.0.2
	server 10.9.0.2 20
	wait_for 30 serves 10.9.0.2 2
	ping -q -c 1 -W 5 10.9.0.2
}

# another server refuses (NAK) to renew it, and has another one
case_refused()
{
	server 10.9.0.2 60 "option 0x3a 0000000a"
	guest
	wait_for 20 serves 10.9.0.2 1
	kill $server
	wait $server || true
	# udhcpd would be silent instead
	dnsmasq --no-daemon --conf-file=/dev/null --interface=tap0 --bind-interfaces --port=0 --no-ping --dhcp-authoritative --log-dhcp \
		--user=root --dhcp-range=10.9.0.3,10.9.0.3,255.255.255.0,2m --dhcp-leasefile="$PWD/leases.2" --pid-file= >server.2.log 2>&1 3>&- &
	wait_for 40 serves 10.9.0.3 2
	grep -q 'DHCPNAK(tap0) 10.9.0.2' server.2.log
	ping -q -c 1 -W 5 10.9.0.3
}

# what is behind the device goes, and comes back: the guest asks at once whether the address still holds
case_carrier()
{
	wire
	server 10.9.0.2 600
	device=unix:wire.socket
	guest
	wait_for 20 serves 10.9.0.2 1
	ping -q -c 1 -W 5 10.9.0.2
	kill $wire
	wait $wire || true
	wait_for 10 grep -q 'is gone' guest.out
	[ "$(acknowledged 1)" = 1 ]
	wire
	wait_for 20 granted_again
	wait_for 20 ping -q -c 1 -W 1 10.9.0.2
}

granted_again()
{
	[ "$(acknowledged 1)" -ge 2 ]
}

# in_namespace CASE: runs it with a TAP interface
in_namespace()
{
	ip link set lo up
	ip tuntap add dev tap0 mode tap
	ip addr add 10.9.0.1/24 dev tap0
	ip link set tap0 up
	: >leases
	servers=0
	set -x
	"case_$1"
}

@test "leases of 24, 60 and 80 seconds are renewed in time; servers that stop, return or refuse; a lost carrier" {
	need_kvm
	need_root
	need udhcpd dnsmasq unshare ping gcc
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	cases_run 24 60 80 told gone expired refused carrier
}
