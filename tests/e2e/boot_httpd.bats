# SPDX-License-Identifier: ISC
# begins first in a bed: it takes nearly two minutes
# boot_httpd.bats -- the HTTP server as an appliance: curl, ping, wrk, DHCP, and no malformed frame
#
# httpd.bats tests the same server as a process with hostile clients, too.
bats_require_minimum_version 1.5.0
load common
load http

setup_file()
{
	[ -d "$TOP/build/deps/lwip" ] || return 0
	appliance_build httpd "$TOP/examples/httpd/app.manifest"
	appliance_build files "$TOP/examples/httpd/files.manifest"
	[ "$(appliance_folder)/density" -nt "$TOP/bench/density.c" ] ||
		gcc -D_GNU_SOURCE -O2 -Wall -Wextra -o "$(appliance_folder)/density" "$TOP/bench/density.c"
}

setup()
{
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

teardown()
{
	[ -z "${capture:-}" ] || kill "$capture" 2>/dev/null || true
	[ -z "${passt:-}" ] || kill "$passt" 2>/dev/null || true
	[ -z "${dnsmasq:-}" ] || kill "$dnsmasq" 2>/dev/null || true
	network_end
}

# network: what a test needs that boots httpd
network()
{
	need_tap curl
	network_start
}

@test "httpd's monitor is small, and its filter allows only what the guest can use" {
	"$UKGEN" inspect "$folder/httpd" >inspected
	[ "$(awk '$1 == "monitor" { print $2 }' inspected)" -le 66560 ]
	run -1 grep -E 'block|pread' inspected
	"$UKGEN" inspect "$folder/files" | grep -q 'pread64(fd block)'
}

# raw TEXT: what is answered to it on one connection, which the server closes
raw()
{
	inside timeout 20 bash -c 'exec 3<>/dev/tcp/10.9.0.2/80; printf "$1" >&3; cat <&3' raw "$1"
}

@test "pages, statistics, refusals, no malformed frames" {
	network
	need dumpcap tshark
	nsenter -t "$network" -n dumpcap -q -i tap0 -w frames 2>dumpcap.out 3>&- &
	capture=$!
	wait_for 10 grep -q "^File:" dumpcap.out   # before, the first ARP request may go by unseen
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24 --gateway=10.9.0.1
	[ "$(cat out)" = "httpd: serving at 10.9.0.2" ]
	# two requests on one connection
	[ "$(ask -w '%{http_code} %{num_connects}\n' -o page -o again / /index.html)" = "200 1
200 0" ]
	[ "$(stat -c %s page)" = 612 ]
	cmp page again
	ask -I / /none >heads
	[ "$(grep -c '^Content-Length: 612' heads)" = 1 ]
	grep -q '^HTTP/1.1 404 ' heads
	[[ $(ask /stats) =~ ^'{"uptime_ms": '[0-9]+', "requests": 4, "bytes": 1224, "connections": {"open": 1, "accepted": 3, "refused": 0}}'$ ]]
	get='GET / HTTP/1.1\r\nHost: x\r\n\r\n'
	raw "$get${get}HEAD / HTTP/1.0\r\n\r\n" >answers
	[ "$(grep -c '^HTTP/1.1 200 OK' answers)" = 3 ]
	[ "$(grep -c '<h1>It works' answers)" = 2 ]
	raw 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx' | grep -q '^HTTP/1.1 405 '
	raw "GET / HTTP/1.1\r\nHost: x\r\nX: $(head -c 4000 /dev/zero | tr '\0' a)" | grep -q '^HTTP/1.1 431 '
	inside ping -q -c 3 -i 0.2 10.9.0.2
	inside ping -q -c 1 -s 4000 10.9.0.2
	kill $capture
	wait $capture || true
	capture=
	# of the guest's frames; TCP's checksums are computed where frames leave the host: boot_offload.bats
	tshark -r frames -o ip.check_checksum:TRUE -Y 'ip.src == 10.9.0.2 || arp' \
		-T fields -e frame.protocols -e ip.checksum.status -e tcp.checksum.status -e icmp.checksum.status -e _ws.malformed >fields
	cat fields
	# answers, of which several may share a frame
	tshark -r frames -Y 'ip.src == 10.9.0.2 && http.response' -T fields -e http.response.code >codes
	cat codes
	[ "$(tr ',' '\n' <codes | grep -c .)" -ge 8 ]
	grep -q ':icmp' fields
	grep -q ':arp' fields
	# a status of 0 is bad
	run -1 grep -P '\t0|Malformed' fields
}

@test "clients of every kind" {
	[ -z "${KEEP:-}" ] || skip "slow in a test bed; httpd.bats has them"
	network
	need python3
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24
	clients split pipeline malformed accepted half_closed many exhaustion abandon port_again
	kill -0 $server
}

@test "a flood of SYNs shuts nobody out" {
	network
	need gcc
	gcc -D_GNU_SOURCE -O2 -o flood "$TOP/tests/peers/flood.c"
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24 --gateway=10.9.0.1
	ask / >page
	nsenter -t "$network" -n ./flood tap0 10.9.0.2 syn 80 2000 60 >flooding 3>&- &
	capture=$!
	wait_for 10 test -s flooding
	wait_for 20 ask -o again /
	kill $capture
	cmp page again
}

@test "wrk with 64 connections: every answer is right" {
	network
	need wrk
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24
	inside wrk -t1 -c64 -d3 --timeout 20 http://10.9.0.2/ >wrk.out
	cat wrk.out
	run -1 grep -E 'Socket errors|Non-2xx' wrk.out
	[ "$(awk '/requests in/ { print $1 }' wrk.out)" -ge 64 ]
	[ "$(ask -w '%{http_code}' -o page /)" = 200 ]
}

@test "files of a block device, byte for byte" {
	network
	mkdir -p site/sub
	head -c 300000 /dev/urandom >site/large
	echo '<p>first</p>' >site/index.html
	echo 'body { }' >site/sub/style.css
	: >site/empty
	tar cf site.tar -C site .
	server_start out "$folder/files" --net:service0=tap0 --block:storage=site.tar -- --ip=10.9.0.2/24
	for file in index.html sub/style.css large empty; do
		ask "/$file" | cmp - "site/$file"
	done
	[ "$(ask -o got -w '%{http_code} %{content_type} %{size_download}' /sub/style.css)" = "200 text/css 9" ]
	[ "$(ask -o got -w '%{http_code}' /sub)" = 404 ]
}

@test "an address by DHCP" {
	network
	need dnsmasq
	nsenter -t "$network" -n dnsmasq --no-daemon --conf-file=/dev/null --interface=tap0 --bind-interfaces --port=0 --no-ping \
		--dhcp-range=10.9.0.2,10.9.0.2,255.255.255.0,1h --dhcp-leasefile="$PWD/leases" --pid-file= >dnsmasq.out 2>&1 3>&- &
	dnsmasq=$!
	wait_for 10 grep -q 'DHCP, IP range' dnsmasq.out || true
	server_start out "$folder/httpd" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 --
	grep -q 'serving at 10.9.0.2' out
	grep -q '02:00:00:00:00:07 10.9.0.2' leases
	[ "$(ask -w '%{http_code}' -o page /)" = 200 ]
}

@test "an ordinary user serves through passt, with an address from its DHCP" {
	network
	need passt setpriv
	ordinary=(setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all)
	# the new user may use KVM if this one may
	mknod -m 666 kvm c 10 232
	with_kvm=(unshare --mount sh -c 'mount --bind kvm /dev/kvm && exec "$@"' sh)
	# passt hands out the address of the interface with the default route
	inside ip route add default via 10.9.0.9
	# by relative paths, since only root may search the folders above this one
	mkdir -m 777 open
	cp "$folder/httpd" open
	nsenter -t "$network" -n "${ordinary[@]}" passt -q -f -s open/passt -t 8080:80 >passt.out 2>&1 3>&- &
	passt=$!
	wait_for 20 test -S open/passt || true
	cat passt.out
	[ -S open/passt ]
	server_start out "${with_kvm[@]}" "${ordinary[@]}" open/httpd --net:service0=unix:open/passt --
	grep -q 'serving at 10.9.0.1' out
	[ "$(ask -w '%{http_code} %{size_download}' -o page http://127.0.0.1:8080/)" = "200 612" ]
}

@test "when idle it has less than 1 MiB of private memory" {
	network
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24
	[ "$(ask -w '%{http_code}' -o page /)" = 200 ]
	private=$(awk '/^Private_(Clean|Dirty):/ { sum += $2 } END { print sum }' /proc/$server/smaps_rollup)
	echo "private: $private KiB"
	[ "$private" -le 1024 ]
}

@test "connections in TIME-WAIT don't keep it awake" {
	network
	server_start out "$folder/httpd" --net:service0=tap0 -- --ip=10.9.0.2/24
	# the server closes first, so that its end is the one in TIME-WAIT
	raw 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' | grep -q '^HTTP/1.1 200 '
	sleeps_seldom
	# and the clock that stood still is right for the next one
	[ "$(ask -w '%{http_code}' -o page /)" = 200 ]
}

@test "many, on routed interfaces, isolated ports and one bridge, each of which answers; nothing is left behind" {
	need_kvm
	need_root
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	"$TOP/examples/density" 16 "$folder" >table
	cat table
	grep -qE '^ +routed +isolated +bridge +ARM, 2017$' table
	grep -qE '^appliances, all answering +16 +16 +16 +256$' table
	# a first packet that is lost comes again after a second
	awk '/^launch/ { exit !($(NF - 2) < 900 && $(NF - 1) < 900) }' table
	awk '/^private/ { exit !($NF > 0) }' table
	run -1 pgrep -f "$folder/httpd"
	# one way only, under another name than the tree's
	(cd / && "${TOP#/}/examples/density" 2 "$folder" isolated) >table
	grep -qE '^appliances, all answering +2 +256$' table
}

@test "the density demonstration refuses what it cannot do" {
	for count in 0 1001 x -1; do
		run -1 "$TOP/examples/density" $count "$folder"
		[ "$output" = "density: \"$count\" is no number of appliances; accepted are 1 to 1000" ]
	done
	run -1 "$TOP/examples/density" 2 "$folder" routed star
	[ "$output" = "density: \"star\" is no way to connect appliances; accepted are routed, isolated, bridge" ]
}

@test "asked to stop, it answers accepted requests, closes, and ends with 0" {
	network
	need python3
	head -c 2000000 /dev/urandom >large
	tar cf site.tar large
	server_start out "$folder/files" --net:service0=tap0 --block:storage=site.tar -- --ip=10.9.0.2/24
	inside timeout 60 python3 - $server <<-'END'
		import os, signal, socket, sys, time

		def connect():
		    connection = socket.create_connection(("10.9.0.2", 80), 5)
		    connection.settimeout(10)
		    return connection

		def request(path):
		    return b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n"

		def rest(connection):
		    text = b""
		    while part := connection.recv(65536):
		        text += part
		    return text

		idle, busy, fresh = connect(), connect(), connect()
		idle.sendall(request(b"/stats"))
		idle.recv(65536)
		busy.sendall(request(b"/large"))
		begun = busy.recv(1000)
		os.kill(int(sys.argv[1]), signal.SIGTERM)
		assert rest(idle) == b""
		try:
		    connect()
		    assert False, "a new connection was accepted"
		except ConnectionRefusedError:
		    pass
		fresh.sendall(request(b"/stats"))
		answer = rest(fresh)
		assert answer.startswith(b"HTTP/1.1 200 ") and b"Connection: close" in answer, answer
		time.sleep(0.5)
		head, content = (begun + rest(busy)).split(b"\r\n\r\n", 1)
		assert content == open("large", "rb").read()
	END
	wait $server
	server=
}
