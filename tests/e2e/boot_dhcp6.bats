# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_dhcp6.bats -- guests get addresses and name servers from real DHCPv6 servers, and keep them
#
# All of them run at the same time, each in a network namespace of its own. Leases last for 20 seconds, and are to be
# renewed after 8 seconds, by any server after 14.
#
# mostly waits: for renewals
bats_require_minimum_version 1.5.0
load common
load cases
load http

setup_file()
{
	sockets_are_built && boots || return 0
	appliance_build both "$(manifest_make both '"libraries": ["libc", "sockets"]' '"memory": "20M"' '"config": { "LWIP_IPV6": true }' \
		'"devices": [ { "name": "service0", "type": "NET_BASIC" } ]')" "$TOP/tests/guests/sockets/both.c"
}

# Each of these runs in a folder and in a namespace of its own.

# server ADDRESS|none [LINE...]: leases this one address of fd00::/64, as process $server
server()
{
	local file=server.$((++servers)) range=
	[ "$1" = none ] || range="range6 $1 $1;"
	printf '%s\n' "default-lease-time 20; preferred-lifetime 16; option dhcp-renewal-time 8; option dhcp-rebinding-time 14;" \
		"authoritative; option dhcp6.name-servers fd00::1; subnet6 fd00::/64 { $range }" "${@:2}" >$file.conf
	dhcpd -6 -f -d -cf $file.conf -lf leases --no-pid tap0 >$file.log 2>&1 3>&- &
	server=$!
	wait_for 10 grep -q 'Server starting' $file.log
}

# said SERVER WORD: how often its log has the word
said()
{
	grep -c "$2" "server.$1.log" || true
}

# router FLAG
router()
{
	python3 "$TOP/tests/e2e/advertise.py" tap0 "$1" >router.log 2>&1 3>&- &
}

# guest: it starts, and has found six.test, for which it needs an address and a name server
guest()
{
	"$folder/both" --net:service0="${device:-tap0}" --net-mac:service0=02:00:00:00:00:07 -- -- six.test >guest.out 2>&1 3>&- &
	wait_for 30 grep -q 'serving at' guest.out
	[ "$(head -n 1 guest.out)" = "six.test: fd00::5" ]
}

answers()
{
	ping -q -c 1 -W 1 "${1:-fd00::100}"
}

# answers_for SECONDS: without a pause
answers_for()
{
	local end=$((SECONDS + $1))
	while ((SECONDS < end)); do
		answers
		sleep 0.5
	done
}

# stop PROCESS
stop()
{
	kill "$1"
	wait "$1" || true
}

case_renewed()
{
	server fd00::100
	router managed
	dumpcap -q -i tap0 -f 'udp port 546 or udp port 547' -w frames >dumpcap.log 2>&1 3>&- &
	local capture=$!
	wait_for 10 grep -q ^File: dumpcap.log
	guest
	answers_for 26
	stop $capture
	[ "$(said 1 'Request message')" = 1 ]
	(($(said 1 'Renew message') >= 2 && $(said 1 'Renew message') <= 4))
	[ "$(said 1 'Rebind message')" = 0 ]
	# the server's checksums are computed where frames leave the host
	tshark -r frames -o udp.check_checksum:TRUE -Y 'eth.src == 02:00:00:00:00:07' -T fields -e udp.checksum.status -e _ws.malformed >fields
	[ "$(sort -u fields)" = $'1\t' ]
}

# the server leases at once who asks for that
case_rapid()
{
	server fd00::100 'option dhcp6.rapid-commit;'
	router managed
	guest
	answers
	[ "$(said 1 'Solicit message')" = 1 ]
	[ "$(said 1 'Request message')" = 0 ]
}

# the server is gone when the lease is to be renewed, and there again before it ends
case_back()
{
	server fd00::100
	router managed
	guest
	stop $server
	sleep 11
	server fd00::100
	answers_for 16
	(($(said 2 'Rebind message') >= 1))
}

# it is gone for longer: the address is given up at the end, and found again
case_expired()
{
	server fd00::100
	router managed
	guest
	answers
	stop $server
	sleep 22
	run -1 answers
	server fd00::100
	wait_for 40 answers
}

# another one knows nothing of it, and has another address
case_other()
{
	server fd00::100
	router managed
	guest
	stop $server
	: >leases
	server fd00::101
	wait_for 40 answers fd00::101
}

# who has had the address all along says so
case_duplicate()
{
	echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
	echo 1 >/proc/sys/net/ipv6/conf/tap0/proxy_ndp
	echo 0 >/proc/sys/net/ipv6/neigh/tap0/proxy_delay
	ip -6 neigh add proxy fd00::100 dev tap0
	server fd00::100
	router managed
	"$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- -- six.test >guest.out 2>&1 3>&- &
	wait_for 30 grep -q 'Decline message' server.1.log
	stop $server
	: >leases
	server fd00::101
	wait_for 40 answers fd00::101
}

# only name servers; the address is made of a prefix
case_stateless()
{
	server none
	router other
	guest
	answers fd00::ff:fe00:7
	[ "$(said 1 'Information-request message')" -ge 1 ]
	[ "$(said 1 'Solicit message')" = 0 ]
}

# the server of another program, which is a router, too
case_dnsmasq()
{
	kill $names
	wait $names || true
	dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts=hosts --local=/test/ --interface=tap0 --bind-interfaces \
		--user=root --enable-ra --dhcp-range=fd00::100,fd00::100,64,120 --dhcp-option=option6:dns-server,[fd00::1] --log-dhcp \
		--dhcp-leasefile=leases.2 --pid-file= >server.1.log 2>&1 3>&- &
	guest
	answers
}

# what is behind the device goes, and comes back: the guest asks whether the address still holds
case_carrier()
{
	wire
	server fd00::100
	router managed
	device=unix:wire.socket
	guest
	answers
	stop $wire
	wait_for 10 grep -q 'is gone' guest.out
	wire
	wait_for 20 grep -q 'Confirm message' server.1.log
	wait_for 20 answers
}

# in_namespace CASE: runs it with a TAP interface, and a name server
in_namespace()
{
	ip link set lo up
	ip tuntap add dev tap0 mode tap
	echo 0 >/proc/sys/net/ipv6/conf/tap0/accept_dad
	echo 0 >/proc/sys/net/ipv6/conf/tap0/accept_ra
	ip link set tap0 up
	ip -6 addr add fd00::1/64 dev tap0 nodad
	: >leases
	echo 'fd00::5 six.test' >hosts
	servers=0
	dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts=hosts --local=/test/ --listen-address=fd00::1 \
		--bind-interfaces --user=root --pid-file= >names.log 2>&1 3>&- &
	names=$!
	set -x
	"case_$1"
}

@test "DHCPv6: leases are renewed in time; servers that stop, return or are new; duplicates; name servers alone; a lost carrier" {
	need_kvm
	need_root
	need dhcpd dnsmasq unshare ping gcc python3 dumpcap tshark
	sockets_are_built || skip "lwIP's sources or the C library are missing: ./configure --deps, ninja"
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	cases_run renewed rapid back expired other duplicate stateless dnsmasq carrier
}
