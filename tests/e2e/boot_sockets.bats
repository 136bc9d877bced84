# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_sockets.bats -- programs with sockets: each call as in a process, a server, its clients of every kind
#
# mostly waits: for timeouts of programs and protocols
bats_require_minimum_version 1.5.0
load common
load http

PROGRAMS=$TOP/tests/guests/sockets
NETWORK='"devices": [ { "name": "service0", "type": "NET_BASIC" } ]'

# program NAME [FIELD...]: an appliance with sockets and $memory (20M), of NAME.c or all files of the folder NAME
program()
{
	local sources=("$PROGRAMS/$1.c")
	[ ! -d "$PROGRAMS/$1" ] || sources=("$PROGRAMS/$1"/*.c)
	appliance_build "$1" "$(manifest_make "$1" '"libraries": ["libc", "sockets"]' "\"memory\": \"${memory:-20M}\"" "$NETWORK" "${@:2}")" "${sources[@]}"
}

setup_file()
{
	sockets_are_built && boots || return 0
	appliance_build echo "$TOP/examples/echo/app.manifest" 2>"$BATS_FILE_TMPDIR/echo.said"
	appliance_build fetch "$TOP/examples/fetch/app.manifest" 2>"$BATS_FILE_TMPDIR/fetch.said"
	program streams 2>"$BATS_FILE_TMPDIR/streams.said"
	program events 2>"$BATS_FILE_TMPDIR/events.said"
	program interrupted 2>"$BATS_FILE_TMPDIR/interrupted.said"
	memory=64M program closed 2>"$BATS_FILE_TMPDIR/closed.said"
	program sendfile 2>"$BATS_FILE_TMPDIR/sendfile.said"
	program datagrams 2>"$BATS_FILE_TMPDIR/datagrams.said"
	program mirror 2>"$BATS_FILE_TMPDIR/mirror.said"
	program bulk
	program many '"config": { "LWIP_CONNECTIONS": 10100, "SOCKETS_BACKLOG": 1000, "LWIP_DHCP": false }' 2>"$BATS_FILE_TMPDIR/many.said"
	program families '"config": { "LWIP_IPV6": true }' 2>"$BATS_FILE_TMPDIR/families.said"
	program keep '"config": { "LWIP_IPV6": true }' 2>"$BATS_FILE_TMPDIR/keep.said"
	program six '"config": { "LWIP_IPV6": true }' 2>"$BATS_FILE_TMPDIR/six.said"
	program both '"config": { "LWIP_IPV6": true }' 2>"$BATS_FILE_TMPDIR/both.said"
	mkdir -p "$(appliance_folder)/root/etc"
	echo '10.7.7.7 fixed.test fixed' >"$(appliance_folder)/root/etc/hosts"
	program names '"files": ["root"]' 2>"$BATS_FILE_TMPDIR/names.said"
	mkdir -p "$(appliance_folder)/found/etc"
	printf '%s\n' '10.7.7.7 fixed.test fixed' '127.0.0.1 localhost' '::1 localhost' >"$(appliance_folder)/found/etc/hosts"
	printf '%s\n' 'search sub.test test' 'options ndots:1' >"$(appliance_folder)/found/etc/resolv.conf"
	printf '%s\n' 'http 80/tcp www' 'domain 53/tcp' 'domain 53/udp' 'tftp 69/udp' 'ukgen-odd 4567/tcp odd' >"$(appliance_folder)/found/etc/services"
	program lookups '"files": ["found"]' '"config": { "LWIP_IPV6": true }' 2>"$BATS_FILE_TMPDIR/lookups.said"
}

setup()
{
	sockets_are_built || skip "lwIP's sources or the C library are missing: ./configure --deps, ninja"
	need_tap python3
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

teardown()
{
	local process
	for process in ${flood:-} ${capture:-} ${dns:-} ${wire:-} ${other:-}; do kill "$process" 2>/dev/null || true; done
	network_end
}

# same NAME: the program does as an appliance what it does as a process
same()
{
	need musl-gcc
	[ ! -s "$BATS_FILE_TMPDIR/$1.said" ]
	musl-gcc -static -o process "$PROGRAMS/$1.c"
	network_start
	unshare -n sh -c 'ip link set lo up && exec timeout 60 ./process' >expected
	inside timeout 60 "$folder/$1" --net:service0=tap0 -- --ip=10.9.0.2/24 >output
	diff expected output
}

@test "every call on TCP sockets behaves as in a process, errors included" {
	same streams
	[ "$(wc -l <output)" -gt 170 ]
}

@test "an application may define every name that libraries use internally" {
	cat "$TOP"/guest/libraries/{libc/calls,sockets,lwip}/names.h |
		sed -nE 's/^#define ([a-z0-9_]+) .*/void \1(void);\nvoid \1(void) { __builtin_trap(); }/p' >names.c
	[ "$(wc -l <names.c)" -gt 900 ]
	manifest_write . named '"libraries": ["sockets"]' '"memory": "16M"' "$NETWORK" '"config": { "LWIP_IPV6": true }'
	"$UKGEN" --host=$HOST -o named -B build named.manifest "$PROGRAMS/streams.c" names.c
	folder=$PWD
	mv named streams
	same streams
}

@test "epoll behaves as in a process: level-triggered, edge-triggered, one-shot, errors included" {
	same events
	[ "$(wc -l <output)" -gt 50 ]
}

@test "signals interrupt waiting calls, or let them continue, as in a process" {
	same interrupted
	[ "$(grep -c 'Interrupted system call' output)" -gt 20 ]
}

@test "a handler may close or replace what the call it interrupts waits for, as in a process" {
	same closed
	[ "$(wc -l <output)" -gt 80 ]
}

@test "sendfile behaves as in a process, errors included" {
	same sendfile
	[ "$(wc -l <output)" -gt 30 ]
}

@test "every call on UDP sockets behaves as in a process, errors included" {
	same datagrams
	[ "$(wc -l <output)" -gt 140 ]
}

@test "IPv6 and dual-stack sockets behave as in a process, errors included" {
	same six
	[ "$(wc -l <output)" -gt 120 ]
}

@test "sizes, flags, shutdown, errors, epoll, poll: with IPv4 and IPv6 alike as in a process" {
	need musl-gcc
	[ ! -s "$BATS_FILE_TMPDIR/families.said" ]
	local family process processes=()
	musl-gcc -static -o process "$PROGRAMS/families"/*.c
	network_start
	tap_add tap4 10.9.4.1/24
	tap_add tap6 10.9.6.1/24
	for family in 4 6; do
		unshare -n sh -c "ip link set lo up && exec timeout 30 ./process $family" >expected.$family 3>&- &
		processes+=($!)
		nsenter -t "$network" -n timeout 30 "$folder/families" --net:service0=tap$family -- --ip=10.9.$family.2/24 -- $family >output.$family 3>&- &
		processes+=($!)
	done
	for process in "${processes[@]}"; do wait $process; done
	for family in 4 6; do
		diff expected.$family output.$family
		[ "$(wc -l <output.$family)" -gt 400 ]
	done
}

# keep_addresses INTERFACE: those of keep_client.py
keep_addresses()
{
	inside ip addr add 10.9.0.3/24 dev "$1"
	inside ip addr add fd00::3/64 dev "$1" nodad
}

@test "keep-alive and TCP_USER_TIMEOUT find that a peer is gone, as in a process, and that another is not" {
	need musl-gcc
	[ ! -s "$BATS_FILE_TMPDIR/keep.said" ]
	musl-gcc -static -o process "$PROGRAMS/keep.c"
	network_start
	# the process is behind a pair of interfaces, and knows the MAC address of its peers
	unshare -n sleep 1000000 3>&- &
	other=$!
	while [ "$(readlink /proc/$other/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
	inside ip link add pair0 address 02:00:00:00:00:01 type veth peer name pair1 netns $other
	inside ip addr add 10.9.0.1/24 dev pair0
	inside ip link set pair0 up
	keep_addresses pair0
	nsenter -t $other -n sh -c 'ip link set lo up && ip link set pair1 up && ip addr add 10.9.0.2/24 dev pair1 &&
		ip addr add fd00::2/64 dev pair1 nodad && for peer in 10.9.0.3 fd00::3; do
		ip neigh add $peer lladdr 02:00:00:00:00:01 dev pair1 nud permanent || exit; done'
	inside ip addr del 10.9.0.1/24 dev tap0
	nsenter -t $other -n timeout 30 ./process >expected 3>&- &
	wait_for 10 grep -q 'serving at' expected
	inside timeout 30 python3 "$TOP/tests/e2e/keep_client.py" pair0 10.9.0.2 fd00::2
	wait $!
	inside ip link del pair0
	inside ip addr add 10.9.0.1/24 dev tap0
	keep_addresses tap0
	server_start output "$folder/keep" --net:service0=tap0 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	inside timeout 30 python3 "$TOP/tests/e2e/keep_client.py" tap0 10.9.0.2 fd00::2
	wait $server
	server=
	diff expected output
	[ "$(grep -c 'timed out' output)" = 5 ]
	[ "$(grep -c 'its time' output)" = 5 ]
}

@test "only appliances configured with IPv6 have its code" {
	nm "$folder/both.build/both.guest.elf" >symbols
	grep -q ip6_input symbols
	nm "$folder/streams.build/streams.guest.elf" >symbols
	run -1 grep -E 'ip6_|nd6_|icmp6_|address6_|ipv6_|lease6_' symbols
	network_start
	run -1 inside timeout 20 "$folder/streams" --net:service0=tap0 -- --ip=fd00::2/64
	[ "$output" = "network: this appliance was made without IPv6" ]
}

# capture_start FILTER: keeps frames of tap0 in the file frames
capture_start()
{
	nsenter -t "$network" -n dumpcap -q -c 100000 -i tap0 -f "$1" -w frames 2>dumpcap.out 3>&- &
	capture=$!
	wait_for 10 grep -q "^File:" dumpcap.out
}

# capture_check PROTOCOL LEAST...: of each there are so many frames from the guest, and no frame of it has a mistake
capture_check()
{
	kill $capture || true
	wait $capture || true
	capture=
	# TCP's checksums are computed where frames leave the host: boot_offload.bats
	tshark -r frames -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
		-Y 'eth.src == 02:00:00:00:00:07' -T fields -e frame.protocols -e ip.checksum.status \
		-e udp.checksum.status -e icmp.checksum.status -e icmpv6.checksum.status -e _ws.malformed >fields
	while [ $# -gt 0 ]; do
		[ "$(grep -c ":$1" fields)" -ge "$2" ] || { echo "$1: $(grep -c ":$1" fields) frames"; return 1; }
		shift 2
	done
	# a status of 0 is bad. An error quotes a datagram as it came from this host, where nobody computed its checksum
	sed -E 's/^([^\t]*:icmp(v6)?:ip[^\t]*\t[^\t]*\t)[^\t]*/\1/' fields >checked
	run -1 grep -m 3 -P '\t0|Malformed' checked
}

# private memory of the server, in KiB
memory()
{
	awk '/^Private_(Clean|Dirty):/ { sum += $2 } END { print sum }' /proc/$server/smaps_rollup
}

# KiB of pages that floods may use for the first time: of frames, of rings, and of a connection's windows (1 MB sent, 512 KB received)
POOLS=2048

# link_address: that of the guest's interface on its link, from the MAC address 02:00:00:00:00:07
link_address=fe80::ff:fe00:7

@test "IPv6: given and link-local addresses; neighbours; a name server; invalid arguments" {
	need ping dnsmasq
	[ ! -s "$BATS_FILE_TMPDIR/both.said" ]
	network_start
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	printf '%s\n' 'fd00::5 six.test' >hosts
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$PWD/hosts" --local=/test/ \
		--listen-address=fd00::1 --bind-interfaces --user=root --pid-file= >dns.log 2>&1 3>&- &
	dns=$!
	wait_for 10 grep -q started dns.log
	server_start out "$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --ip=fd00::2/64 --dns=fd00::1 -- six.test
	[ "$(head -n 1 out)" = "six.test: fd00::5" ]
	inside ping -q -c 2 -i 0.2 -W 5 fd00::2
	inside ping -q -c 1 -W 5 $link_address%tap0
	inside ping -q -c 1 -s 4000 -W 5 fd00::2
	# until the host has checked its own address on the link, it connects from another
	wait_for 10 inside sh -c '! ip -6 addr show dev tap0 tentative | grep -q .'
	inside timeout 60 python3 "$TOP/tests/e2e/both_client.py" 10.9.0.2 ::ffff:10.9.0.1 fd00::2 fd00::1 \
		$link_address%tap0 "$(inside ip -6 -o addr show dev tap0 scope link | awk '{ sub("/.*", "", $4); print $4 }')"
	kill $dns
	server_end
	for wrong in --ip=fd00::2 --ip=fd00::2/48 --ip=::1/64 --ip=ff02::1/64 --ip=fd00:::2/64 "--ip=fd00::2/64 --gateway=x::" --gateway=fd00::1 --dns=fd00::1::; do
		# shellcheck disable=SC2086 # words
		run -1 inside timeout 20 "$folder/both" --net:service0=tap0 -- $wrong
		[[ $output == "network: "* ]]
	done
}

@test "IPv6: an address, a router and a name server that a router advertises; the address is used at once" {
	need dnsmasq ping dumpcap tshark
	network_start
	inside ip addr del 10.9.0.1/24 dev tap0
	# the host has its own address alone
	inside sh -c 'echo 0 >/proc/sys/net/ipv6/conf/tap0/accept_ra'
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	inside ip -6 addr add fd11::1/64 dev lo nodad
	printf '%s\n' 'fd00::5 six.test' >hosts
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$PWD/hosts" --local=/test/ \
		--interface=tap0 --bind-interfaces --user=root --enable-ra --dhcp-range=fd00::,ra-only,64,120 --dhcp-option=option6:dns-server,[fd00::1] \
		--pid-file= >dns.log 2>&1 3>&- &
	dns=$!
	capture_start 'ip6 and ether src 02:00:00:00:00:07'
	# asks for the address from before it is there
	nsenter -t "$network" -n sh -c 'while :; do ping -q -c 1 -W 1 -i 0.05 fd00::ff:fe00:7; ip -6 neigh flush dev tap0; done' >pings 2>&1 3>&- &
	flood=$!
	server_start out "$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- -- six.test
	kill $flood
	wait $flood || true
	flood=
	[ "$(head -n 1 out)" = "six.test: fd00::5" ]
	# by the router, from another network
	inside timeout 60 python3 "$TOP/tests/e2e/both_client.py" fd00::ff:fe00:7 fd00::1
	inside ping -q -c 1 -W 5 -I fd11::1 fd00::ff:fe00:7
	kill $dns
	sleeps_seldom
	capture_check icmpv6 10 tcp 4 udp 2
	# while it still asked whether somebody else has the address: answers that replace nobody's, and no questions from it
	tshark -r frames -Y 'icmpv6.type == 136 && icmpv6.nd.na.flag.o == 0 && ipv6.src == fd00::ff:fe00:7' -T fields -e frame.number >early
	[ -s early ]
	tshark -r frames -Y 'icmpv6.type == 135 && ipv6.src == fd00::ff:fe00:7' -T fields -e frame.number >asked
	[ ! -s asked ] || [ "$(tail -n 1 early)" -lt "$(head -n 1 asked)" ]
}

@test "IPv6: an address that another host has is not used, unless that host claims it later; a flood of neighbours" {
	need gcc ping
	gcc -D_GNU_SOURCE -O2 -o flood "$TOP/tests/peers/flood.c"
	network_start
	server_start out "$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --ip=fd00::2/64 -- 10.1.2.3
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	inside ping -q -c 1 -W 5 10.9.0.2
	inside ping -q -c 1 -W 5 fd00::2
	before=$(memory)
	nsenter -t "$network" -n ./flood tap0 10.9.0.2 nd 7 2000 60 >flooding 3>&- &
	flood=$!
	wait_for 10 test -s flooding
	inside timeout 60 python3 "$TOP/tests/e2e/both_client.py" 10.9.0.2 ::ffff:10.9.0.1 fd00::2 fd00::1
	kill $flood
	wait $flood || true
	flood=
	(($(memory) - before <= POOLS))
	# an unsolicited advertisement to all nodes
	inside python3 "$TOP/tests/e2e/claim.py" tap0 fd00::2
	inside ping -q -c 1 -W 5 fd00::2
	server_end
	# who has it now answers the question that comes first; that is lost if the interface isn't up by then
	for ((try = 0; try < 5; try++)); do
		inside ip -6 addr add fd00::2/64 dev tap0 nodad
		server_start out "$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- \
			--ip=10.9.0.2/24 --ip=fd00::2/64 -- 10.1.2.3
		inside ip -6 addr del fd00::2/64 dev tap0
		inside ping -q -c 2 -W 1 fd00::2 || break
		server_end
	done
	[ $try -lt 5 ]
}

# both_clients: are answered with their addresses, by TCP and UDP
both_clients()
{
	inside timeout 10 python3 "$TOP/tests/e2e/both_client.py" 10.9.0.2 ::ffff:10.9.0.1 fd00::2 fd00::1
}

# near_clients: hosts of the guest's own network are answered, each within 5 s
near_clients()
{
	inside timeout 60 python3 "$TOP/tests/e2e/near_client.py" fd00::2 fd00::1 10 5
	inside timeout 60 python3 "$TOP/tests/e2e/near_client.py" fd00::2 fd00::77 10 5
	inside ip -6 neigh replace fd00::2 lladdr 02:00:00:00:00:07 dev tap0 nud permanent
	inside timeout 60 python3 "$TOP/tests/e2e/near_client.py" fd00::2 fd00::78 10 5
	inside ip -6 neigh del fd00::2 dev tap0
}

@test "IPv6: floods shut nobody out, take no memory that stays, and are answered by whole frames" {
	need gcc ping dumpcap tshark
	gcc -D_GNU_SOURCE -O2 -o flood "$TOP/tests/peers/flood.c"
	network_start
	server_start out "$folder/both" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- \
		--ip=10.9.0.2/24 --ip=fd00::2/64 --gateway=fd00::1 -- 10.1.2.3
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	inside ping -q -c 1 -W 5 10.9.0.2
	inside ping -q -c 1 -W 5 fd00::2
	capture_start 'ip6 and ether src 02:00:00:00:00:07'
	both_clients
	before=$(memory)
	# datagrams of clients, too, may be lost in the interface's queue
	for kind in syn6 ping6 fragments6 udp6; do
		flood $kind wait_for 30 both_clients
	done
	# neighbours that don't exist; they must not take the place of one that the guest knows, of one that asks for it, and of one that it asks for
	inside ip -6 addr add fd00::77/64 dev tap0 nodad
	inside ip -6 addr add fd00::78/64 dev tap0 nodad
	for kind in near6 nearping6; do
		flood $kind near_clients
	done
	inside ip -6 addr del fd00::77/64 dev tap0
	inside ip -6 addr del fd00::78/64 dev tap0
	both_clients
	after=$(memory)
	echo "$before KiB before, $after KiB after"
	((after - before <= POOLS))
	capture_check tcp 500 icmpv6 200 udp 200
}

# code_size SOURCE...: bytes of their code in all; so much of the library at most is in an appliance
code_size()
{
	size "${@/#/$folder/echo.build/obj/library_sockets/}" | awk 'NR > 1 { sum += $1 } END { print sum }'
}

@test "a program has only the code of the sockets that it creates, and of the calls that it makes" {
	nm "$folder/echo.build/echo.guest.elf" >symbols
	grep -q stream_receive symbols
	run -1 grep datagram_receive symbols
	nm "$folder/mirror.build/mirror.guest.elf" >symbols
	grep -q datagram_receive symbols
	run -1 grep -E 'stream_receive|ancillary|epoll|interest' symbols
	nm "$folder/echo.build/echo.guest.elf" >symbols
	run -1 grep -E 'ancillary|epoll|interest' symbols
	nm "$folder/many.build/many.guest.elf" >symbols
	grep -q epoll symbols
	run -1 grep ancillary symbols
	# what TCP_CORK and TCP_USER_TIMEOUT cost each program with TCP; epoll with instances that watch each other; control data
	[ "$(code_size stream_cork.c.o stream_limit.c.o)" -le 1200 ]
	[ "$(code_size epoll.c.o)" -le 4700 ]
	[ "$(code_size ancillary.c.o)" -le 1700 ]
}

@test "datagrams: fragments, broadcasts, ICMP errors, a flood" {
	network_start
	server_start out "$folder/mirror" --net:service0=tap0 -- --ip=10.9.0.2/24
	inside timeout 60 python3 "$TOP/tests/e2e/mirror_client.py" 10.9.0.2
	kill -0 $server
}

# look_up WORD...: what names.c says
look_up()
{
	inside timeout 30 "$folder/names" --net:service0=tap0 -- --ip=10.9.0.2/24 --dns=10.9.0.1 -- "$@"
}

@test "names: from dnsmasq, as in a process; from files; too long for a datagram" {
	need musl-gcc dnsmasq
	[ ! -s "$BATS_FILE_TMPDIR/names.said" ]
	local words="4one.test 6one.test aone.test 4alias.test 4absent.test oone.test oabsent.test b10.2.2.2 b10.3.3.3 6six.test 4six.test
		410.1.2.3 afixed.test 4fixed 4a..b"
	network_start
	{ printf '10.1.1.%d many.test\n' {1..60}; printf '%s\n' '10.2.2.2 one.test' 'fd00::5 six.test one.test'; } >hosts
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$PWD/hosts" --local=/test/ \
		--cname=alias.test,one.test --interface=tap0 --bind-interfaces --user=root --log-queries --pid-file= >dns.log 2>&1 3>&- &
	server=$!
	wait_for 10 grep -q started dns.log
	musl-gcc -static -o process "$PROGRAMS/names.c"
	echo 'nameserver 10.9.0.1' >resolv.conf
	# shellcheck disable=SC2086 # words
	inside unshare -m sh -c 'mount --bind resolv.conf /etc/resolv.conf && mount --bind "$0"/etc/hosts /etc/hosts && exec timeout 30 ./process "$@"' \
		"$folder/root" $words >expected
	# shellcheck disable=SC2086 # words
	look_up $words >output
	diff expected output
	[ "$(wc -l <output)" = 15 ]
	# as many as musl has room for
	look_up 4many.test >output
	[[ $(<output) == "many.test: many.test port 80, 30: 10.1.1."* ]]
}

@test "names: families, flags, services, search domains, chains of aliases, errors, and back from addresses, as in a process" {
	need musl-gcc dnsmasq
	[ ! -s "$BATS_FILE_TMPDIR/lookups.said" ]
	network_start
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	printf '%s\n' '10.2.2.2 one.test both.test' 'fd00::5 six.test both.test' '10.4.4.4 inner.sub.test' >hosts
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$PWD/hosts" --local=/#/ \
		--cname=alias.test,one.test --cname=chain.test,alias.test --interface=tap0 --bind-interfaces --user=root --pid-file= >dns.log 2>&1 3>&- &
	dns=$!
	wait_for 10 grep -q started dns.log
	musl-gcc -static -o process "$PROGRAMS/lookups.c"
	{ cat "$folder/found/etc/resolv.conf"; echo 'nameserver 10.9.0.1'; } >resolv.conf
	# shellcheck disable=SC2016 # the shell's own
	inside unshare -m sh -c 'mount --bind resolv.conf /etc/resolv.conf && mount --bind "$0"/etc/hosts /etc/hosts &&
		mount --bind "$0"/etc/services /etc/services && exec timeout 60 ./process' "$folder/found" >expected
	# one of its servers is not there, and one can't be reached
	start=${EPOCHREALTIME/./}
	inside timeout 60 "$folder/lookups" --net:service0=tap0 -- --ip=10.9.0.2/24 --ip=fd00::2/64 --dns=10.9.0.9,192.0.2.1,10.9.0.1 --hostname=shop >output
	diff expected output
	[ "$(wc -l <output)" -gt 300 ]
	# some hundred questions: none waited
	((${EPOCHREALTIME/./} - start < 20000000))
}

@test "names: forged answers are ignored, truncated ones requested again, silence and errors time out" {
	network_start
	nsenter -t "$network" -n python3 "$TOP/tests/e2e/name_server.py" >dns.log 2>&1 3>&- &
	server=$!
	wait_for 10 grep -q ready dns.log
	look_up 4liar.test aliar.test 4long.test 4absent.test 4broken.test >output
	diff output - <<-'END'
		liar.test: liar.test port 80, 1: 10.5.5.5
		liar.test: liar.test port 443, 1: 10.5.5.5
		long.test: long.test port 80, 1: 10.5.5.5
		absent.test: Name does not resolve
		broken.test: Try again
	END
	start=${EPOCHREALTIME/./}
	look_up 4silent.test >output
	[ "$(<output)" = "silent.test: Try again" ]
	((${EPOCHREALTIME/./} - start > 4000000 && ${EPOCHREALTIME/./} - start < 15000000))
}

@test "ten thousand connections at once are served; without DHCP there is no UDP" {
	[ ! -s "$BATS_FILE_TMPDIR/many.said" ]
	nm "$folder/many.build/many.guest.elf" >symbols
	grep -q tcp_input symbols
	run -1 grep -E '_udp_(input|bind|sendto)$|_dhcp_|lease_follow' symbols
	network_start
	run -1 inside timeout 20 "$folder/many" --net:service0=tap0
	[[ $output == "network: an address is needed"* ]]
	server_start out "$folder/many" --net:service0=tap0 -- --ip=10.9.0.2/24
	inside timeout 100 python3 "$TOP/tests/e2e/many_client.py" 10.9.0.2 10000
	# all of it, in KiB: some 7,000
	(($(awk '$1 == "VmHWM:" { print $2 }' /proc/$server/status) < 16000))
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

@test "echo: clients of every kind get their data back" {
	echo_start
	peers words bulk many slow half_open unread garbage reset words thousand
	# at most the pools, in KiB: received, sent, frames
	(($(memory) <= 4096 + 2048 + 768 + 1024))
}

@test "echo: two appliances behind one address share its clients, by equal-cost routes" {
	network_start
	tap_add tap1 10.1.0.254/32
	inside ip addr add 10.1.0.254/32 dev tap0
	inside ip route add 10.1.0.1/32 nexthop dev tap0 nexthop dev tap1
	inside sysctl -qw net.ipv4.fib_multipath_hash_policy=1
	server_start other.out "$folder/echo" --net:service0=tap1 -- --ip=10.1.0.1/24 --gateway=10.1.0.254
	other=$server
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.1.0.1/24 --gateway=10.1.0.254
	inside timeout 60 python3 "$TOP/tests/e2e/echo_client.py" 10.1.0.1 many many
	# 200 connections of at least 4 frames to the server
	for name in tap0 tap1; do (($(inside awk -v name=$name: '$1 == name { print $11 }' /proc/net/dev) >= 200)); done
}

# flood KIND COMMAND...: which is successful during it
flood()
{
	nsenter -t "$network" -n ./flood tap0 10.9.0.2 "$1" 7 2000 60 >flooding 3>&- &
	flood=$!
	wait_for 10 test -s flooding
	"${@:2}"
	kill $flood
	wait $flood || true
	flood=
}

@test "echo: floods shut nobody out, take no memory that stays, and are answered by whole frames" {
	need gcc dumpcap tshark
	gcc -D_GNU_SOURCE -O2 -o flood "$TOP/tests/peers/flood.c"
	network_start
	server_start out "$folder/echo" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --gateway=10.9.0.1
	[ ! -s "$BATS_FILE_TMPDIR/echo.said" ]
	capture_start 'ether src 02:00:00:00:00:07'
	peers words bulk garbage
	before=$(memory)
	flood syn peers insist insist
	flood near peers insist insist
	flood ping peers insist
	flood fragments peers insist
	flood udp peers insist
	flood arp peers insist
	peers thousand bulk
	after=$(memory)
	echo "memory: $before, $after KiB"
	((after - before <= POOLS))
	capture_check tcp 2000 icmp 500 arp 1
}

@test "echo: an open connection that is idle doesn't keep it awake, and is served again" {
	echo_start
	mkfifo go
	inside timeout 30 python3 "$TOP/tests/e2e/echo_client.py" 10.9.0.2 idle <go >said 3>&- &
	client=$!
	exec 4>go
	wait_for 10 test -s said
	sleeps_seldom
	echo >&4
	exec 4>&-
	wait $client
}

# sizes_try MEMORY SIZE...: echo with these sizes, in KiB or counts, serves its clients
sizes_try()
{
	local config
	config=$(printf '"%s": %s, ' LWIP_CONNECTIONS "$2" LWIP_DATAGRAM_SOCKETS "$3" LWIP_WINDOW_KB "$4" LWIP_SEND_WINDOW_KB "$5" LWIP_SEND_KB "$6" \
		LWIP_FRAMES "$7" SOCKETS_RECEIVE_KB "$8" SOCKETS_BACKLOG "$9")
	manifest_write . sized '"libraries": ["libc", "sockets"]' "\"memory\": \"$1\"" "$NETWORK" "\"config\": { ${config%, } }"
	"$UKGEN" --host=$HOST -o sized -B sized.build sized.manifest "$TOP/examples/echo/echo.c"
	server_start out ./sized --net:service0=tap0 -- --ip=10.9.0.2/24
	peers words bulk slow reset words
	server_end
}

@test "echo serves with all sizes at their least, and with all at their most" {
	network_start
	sizes_try 16M 8 4 4 4 64 64 64 1
	sizes_try 2G 60000 4096 1024 1024 524288 65536 524288 65535
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
	wire=
}

@test "echo: every byte comes back over a wire that loses, repeats and reorders frames" {
	need gcc
	over_wire 10 5 20 lossy
	# to the appliance, and from it: some were lost, repeated and late
	run -0 cat carried
	[[ ! $output =~ \ 0\  ]]
}

@test "echo: every byte comes back over two bridges with such a wire between them" {
	need gcc
	network_start
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	bridges_start 10 5 20
	server_start out "$folder/echo" --net:service0=tap0 -- --ip=10.9.0.2/24
	peers lossy
	bridges_end
}

# is_fast WAY: the client, beyond a wire, sends or receives fast in one of three attempts
is_fast()
{
	local attempt rates=
	# with 300 ms for each second or third loss it is 1 to 4 megabytes a second, else 10 to 60; the machine may be busy
	for attempt in 1 2 3; do
		rates+=" $(inside timeout 60 ./bulk 10.9.0.2 $1 20)"
		! awk -v rate="${rates##* }" 'BEGIN { exit !(rate >= 7) }' || return 0
	done
	echo "$1: megabytes a second:$rates"
	return 1
}

@test "a guest sends and receives fast where 1 of 100 frames is lost: few losses wait for a timer of TCP's" {
	need gcc
	network_start
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	gcc -O2 -o bulk "$TOP/tests/peers/bulk.c"
	bridges_start 10 0 0
	server_start out "$folder/bulk" --net:service0=tap0 -- --ip=10.9.0.2/24
	is_fast receive
	is_fast send
}

# fetch URL
fetch()
{
	inside timeout 60 "$folder/fetch" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- "${address[@]}" --dns=10.9.0.1 -- "$@"
}

@test "fetch: a page by host name, over IPv4 and IPv6, with an address from DHCP, and errors" {
	need dnsmasq dumpcap tshark
	[ ! -s "$BATS_FILE_TMPDIR/fetch.said" ]
	network_start
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	mkdir site
	head -c 300000 /dev/urandom >site/page
	printf '%s\n' '10.9.0.1 four.test both.test' 'fd00::1 six.test both.test' '10.9.0.9 nobody.test' >hosts
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$PWD/hosts" --local=/test/ \
		--interface=tap0 --bind-interfaces --user=root --dhcp-range=10.9.0.2,10.9.0.2,255.255.255.0,1h --dhcp-leasefile="$PWD/leases" \
		--pid-file= >dns.log 2>&1 3>&- &
	dns=$!
	nsenter -t "$network" -n python3 -m http.server --bind :: --directory site 8000 >http.log 2>&1 3>&- &
	server=$!
	wait_for 10 inside curl -s -o curl.page http://10.9.0.1:8000/page
	address=(--ip=10.9.0.2/24 --ip=fd00::2/64)
	for url in http://four.test:8000/page http://six.test:8000/page http://both.test:8000/page http://10.9.0.1:8000/page 'http://[fd00::1]:8000/page'; do
		fetch "$url" >got 2>said
		cmp got site/page
		[ ! -s said ]
	done
	address=()
	capture_start 'ether src 02:00:00:00:00:07'
	fetch http://four.test:8000/page >got
	cmp got site/page
	address=(--ip=10.9.0.2/24)
	run -1 fetch http://four.test:8000/absent
	[[ $output == "fetch: http://four.test:8000/absent: HTTP/1.0 404 "* ]]
	run -1 fetch http://absent.test/
	[ "$output" = "fetch: absent.test: Name does not resolve" ]
	run -1 fetch http://four.test:8001/
	[ "$output" = "fetch: four.test: no address answers" ]
	# neighbours that aren't there: not for minutes
	run -1 fetch http://nobody.test:8000/
	[ "$output" = "fetch: nobody.test: no address answers" ]
	address=(--ip=10.9.0.2/24 --ip=fd00::2/64)
	run -1 fetch 'http://[fd00::9]:8000/'
	[ "$output" = "fetch: fd00::9: no address answers" ]
	address=(--ip=10.9.0.2/24)
	run -1 fetch ftp://four.test/
	[[ $output == "fetch: usage: "* ]]
	kill $dns
	capture_check dhcp 2 dns 4 tcp 10 arp 2
}

@test "the network's arguments are removed, and checked" {
	network_start
	for wrong in --ip=10.9.0.2 --gateway=10.9.0.1 --ip=10.9.0.2/33 "--ip=10.9.0.2/24 --gateway=x" --dns=1.2.3.x \
		"--dns=1.2.3.4,1.2.3.4,1.2.3.4,1.2.3.4" --hostname=-x --hostname=; do
		# shellcheck disable=SC2086 # words
		run -1 inside timeout 20 "$folder/echo" --net:service0=tap0 -- $wrong
		[[ $output == "network: "* ]]
	done
}
