# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_offload.bats -- TCP's segments and checksums that the kernel makes: what leaves the host, what a guest may ask for
bats_require_minimum_version 1.5.0
load common
load http

setup_file()
{
	sockets_are_built && boots || return 0
	local device='"devices": [ { "name": "service", "type": "NET_BASIC" } ]'
	appliance_build scribble "$(manifest_make scribble '"memory": "4M"' "$device" '"config": { "NET_OFFLOAD_RECEIVE": true }')" "$TOP/tests/guests/scribble.c"
	appliance_build reserved "$(manifest_make reserved '"memory": "4M"' "$device" '"config": { "NET_OFFLOAD": true }')" "$TOP/tests/guests/reserved.c"
	device=${device/service/service0}
	# the example, for IPv6, too
	sed 's/sockaddr_in /sockaddr_in6 /; s/sin_/sin6_/g; s/AF_INET/AF_INET6/g' "$TOP/examples/echo/echo.c" | file_replace "$(appliance_folder)/large.c"
	appliance_build large "$(manifest_make large '"libraries": ["libc", "sockets"]' '"memory": "16M"' "$device" '"config": { "LWIP_IPV6": true }')" \
		"$(appliance_folder)/large.c"
	appliance_build small "$(manifest_make small '"libraries": ["libc", "sockets"]' '"memory": "16M"' "$device" '"config": { "LWIP_OFFLOAD": false }')" \
		"$TOP/examples/echo/echo.c"
	appliance_build morsels "$(manifest_make morsels '"libraries": ["libc", "sockets"]' '"memory": "16M"' "$device")" \
		"$TOP/tests/guests/sockets/morsels.c"
	appliance_build bulk "$(manifest_make bulk '"libraries": ["libc", "sockets"]' '"memory": "16M"' "$device")" "$TOP/tests/guests/sockets/bulk.c"
	appliance_build two "$(manifest_make two '"libraries": ["lwip"]' '"memory": "16M"' \
		'"devices": [ { "name": "one", "type": "NET_BASIC" }, { "name": "two", "type": "NET_BASIC" } ]')" "$TOP/tests/guests/sinks.c"
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
	[ -z "${capture:-}" ] || kill "$capture" 2>/dev/null || true
	[ -z "${sender:-}" ] || kill "$sender" 2>/dev/null || true
	[ -z "${far:-}" ] || kill "$far" 2>/dev/null || true
	network_end
}

# far_start: a bridge from tap0 to a namespace, $far, by an interface that sends whole frames only
far_start()
{
	unshare -n sleep 1000000 3>&- &
	far=$!
	own_namespace $far
	inside ip addr flush dev tap0
	inside ip link add bridge0 type bridge
	inside ip link add near0 type veth peer name far0 netns /proc/$far/ns/net
	inside ip link set tap0 master bridge0
	inside ip link set near0 master bridge0
	inside ip link set bridge0 up
	inside ip link set near0 up
	inside python3 "$TOP/tests/peers/bare.py" near0
	nsenter -t $far -n ip addr add 10.9.0.1/24 dev far0
	nsenter -t $far -n ip -6 addr add fd00::1/64 dev far0 nodad
	nsenter -t $far -n ip link set far0 up
	nsenter -t $far -n python3 "$TOP/tests/peers/bare.py" far0
}

# capture_start NAMESPACE INTERFACE OPTION...: keeps TCP's frames in the file frames
capture_start()
{
	nsenter -t $1 -n dumpcap -q -i $2 "${@:3}" -f 'tcp' -w frames 2>dumpcap.out 3>&- &
	capture=$!
	wait_for 10 grep -q "^File:" dumpcap.out
}

capture_end()
{
	kill $capture
	wait $capture || true
	capture=
}

# sent: how many frames the server has handed to its interface
sent()
{
	kill -USR1 $server
	wait_for 10 grep -q 'frames received' "$PWD/out"
	sed -n 's/.*frames sent \([0-9]*\);.*/\1/p' out | tail -n 1
}

# megabytes ADDRESS...: 10 MB to each and back, content compared
megabytes()
{
	for address in "$@"; do
		nsenter -t "${far:-$network}" -n timeout 60 python3 "$TOP/tests/e2e/echo_client.py" "$address" bulk
	done
}

@test "frames that leave the host have the MTU's size and right checksums; the guest hands large ones over" {
	need dumpcap tshark
	far_start
	capture_start $far far0 -s 1600
	server_start out "$folder/large" --net:service0=tap0 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	megabytes 10.9.0.2 fd00::2
	capture_end
	guest='(ip.src == 10.9.0.2 || ipv6.src == fd00::2)'
	tshark -r frames -Y "$guest" -T fields -e frame.len -e tcp.len >fields
	awk '$1 > 1514 { exit 1 } { bytes += $2; whole += $1 == 1514 } END { exit !(bytes >= 20000000 && whole > 10000) }' fields
	# A status of 1 is good. In place of 0 the kernel writes 0xffff (CSUM_MANGLED_0), which is the same number: RFC 1624.
	tshark -r frames -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE \
		-Y "$guest && ((tcp.checksum.status != 1 && !tcp.checksum.ffff) || (ip && ip.checksum.status != 1) || _ws.malformed)" >wrong
	cat wrong
	[ ! -s wrong ]
	# how large depends on how fast acknowledgements come
	handed=$(sent) arrived=$(wc -l <fields)
	echo "frames: $handed handed over, $arrived arrived"
	((handed * 5 < arrived * 4))
}

# received: how many frames it got
received()
{
	sent >/dev/null
	sed -n 's/.*frames received \([0-9]*\);.*/\1/p' out | tail -n 1
}

@test "what this host sends comes in large frames, also where the interface's MTU is larger" {
	server_start out "$folder/large" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	megabytes 10.9.0.2 fd00::2
	count=$(received)
	echo "$count frames"
	((count < 20000000 / 1460 / 2))
	server_end
	rm out
	inside ip link set tap0 mtu 6000
	server_start out "$folder/large" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	megabytes 10.9.0.2 fd00::2
	count=$(received)
	echo "$count frames"
	((count < 20000000 / 1460 / 2))
}

@test "large frames to the guest and from it are whole, of both families" {
	need dumpcap tshark
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	capture_start $network tap0
	server_start out "$folder/large" --net:service0=tap0 --net-mac:service0=02:00:00:00:00:07 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	megabytes 10.9.0.2 fd00::2
	capture_end
	tshark -r frames -o ip.check_checksum:TRUE -T fields -E separator=, -e eth.src -e frame.len -e ip.len -e ipv6.plen \
		-e ip.checksum.status -e _ws.malformed -e tcp.len >fields
	# a status of 0 is bad
	awk -F, '
		$5 == "0" || $6 != "" || $7 == "" || ($2 > 60 && $2 != ($3 == "" ? 54 + $4 : 14 + $3)) { print; wrong = 1 }
		$2 > 1514 { large[($1 == "02:00:00:00:00:07" ? "from" : "to") ($3 == "" ? 6 : 4)]++ }
		END {
			for (way in large) print way, large[way] + 0
			exit !(!wrong && large["from4"] > 50 && large["from6"] > 50 && large["to4"] > 50 && large["to6"] > 50)
		}' fields
}

@test "checksums of frames that others sent are checked" {
	far_start
	server_start out "$folder/large" --net:service0=tap0 -- --ip=10.9.0.2/24
	nsenter -t $far -n timeout 20 python3 "$TOP/tests/peers/sums.py" 10.9.0.1 10.9.0.2 7
}

@test "a frame that is reserved while all others leave goes out as it was made" {
	capture_start $network tap0
	inside "$folder/reserved" --net:service=tap0
	wait_for 10 eval '[ "$(tshark -r frames -T fields -e tcp.srcport 2>/dev/null | wc -l)" = 7 ]'
	[ "$(tshark -r frames -T fields -e tcp.srcport | tr "\n" " ")" = "1 2 3 4 5 6 7 " ]
}

@test "two devices receive large frames, each its own" {
	tap_add tap1 10.8.0.1/24
	server_start out "$folder/two" --net:one=tap0 --net:two=tap1
	inside timeout 60 python3 "$TOP/tests/peers/sink_client.py" 10.9.0.2 10.8.0.2 10.8.0.2
	kill -USR1 $server
	wait_for 10 grep -q '"two".*frames received' "$PWD/out"
	cat out
	sed -n 's/.*frames received \([0-9]*\);.*/\1/p' out | sort -n | awk '{ count[NR] = $1 } END { exit !(NR == 2 && count[2] < 20000000 / 1460 / 2) }'
}

@test "without LWIP_OFFLOAD the guest cuts its segments itself" {
	server_start out "$folder/small" --net:service0=tap0 -- --ip=10.9.0.2/24
	megabytes 10.9.0.2
	(($(sent) > 6800))
	run -1 grep -c NET_OFFLOAD=y "$folder/small.build/.config"
}

# of the best of five runs: a guest that the host interrupts for long begins anew
morsels_frames()
{
	for i in 1 2 3 4 5; do inside timeout 20 python3 "$TOP/tests/peers/morsels.py" 10.9.0.2 $1 tap0; done | sort -n | head -n 1
}

@test "small pieces fill large frames while others wait in the ring, unless TCP_NODELAY is set, and the last one leaves, too" {
	server_start out "$folder/morsels" --net:service0=tap0 -- --ip=10.9.0.2/24
	delayed=$(morsels_frames 7)
	prompt=$(morsels_frames 8)
	echo "40 pieces are $delayed frames, and $prompt with TCP_NODELAY"
	((delayed <= 15 && prompt >= 40))
}

@test "a new connection soon fills large frames, however much its program sends at once" {
	need gcc
	gcc -O2 -o client "$TOP/tests/peers/bulk.c"
	server_start out "$folder/bulk" --net:service0=tap0 -- --ip=10.9.0.2/24
	for i in 1 2 3; do inside timeout 20 ./client 10.9.0.2 receive 5; done
	count=$(sent)
	echo "15 MB: $count frames"
	# 760 on a busy machine; each connection had 700 of one MSS at its start when its program could queue a megabyte at once
	((count < 1200))
}

@test "an interface with a MTU below the usual one" {
	far_start
	inside ip link set tap0 mtu 1000
	server_start out "$folder/large" --net:service0=tap0 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	megabytes 10.9.0.2 fd00::2
}

@test "a segment size that a packet names in the middle of a connection changes nothing: frames stay as long as the MTU" {
	inside ip link set tap0 mtu 1000
	server_start out "$folder/large" --net:service0=tap0 -- --ip=10.9.0.2/24
	inside timeout 60 python3 "$TOP/tests/peers/resize.py" 10.9.0.1 10.9.0.2 7
}

@test "peers whose windows are smaller than a large segment, or closed for a while, get all of it" {
	server_start out "$folder/large" --net:service0=tap0 -- --ip=10.9.0.2/24 --ip=fd00::2/64
	inside ip -6 addr add fd00::1/64 dev tap0 nodad
	for address in 10.9.0.2 fd00::2; do
		inside timeout 60 python3 "$TOP/tests/peers/narrow.py" $address 7
	done
}

@test "an offload that is none ends the guest, with the damage in the message" {
	ends()
	{
		run inside timeout 20 "$folder/scribble" --net:service=tap0 -- "$1"
		echo "$1: $status $output"
		[ "$status" = 255 ]
		[ "$output" = "scribble: ABORT: device \"service\": the guest damaged its transmit ring: $2" ]
	}
	ends cut-small "segment size out of range: 0x217"
	ends cut-large "segment size out of range: 0x5b5"
	ends cut-type "frame without a header of TCP, of size 0xbb8"
	ends cut-size "frame without a header of TCP, of size 0xbb8"
	ends cut-fragment "frame without a header of TCP, of size 0xbb8"
	ends cut-header "size of TCP's header out of range: 0x10"
	ends parts-many "parts of a frame out of range: 0x10"
	ends parts-long "size of a frame out of range: 0x111a6"
	ends parts-end "frame without its end, after parts: 0x2"
	ends parts-header "frame without a header of TCP, of size 0xbe0"
	ends parts-empty "buffer size out of range: 0x0"
	ends parts-flags "wrong descriptor flags: 0x100"
	# what is of this form isn't damage
	for form in cut parts; do
		run inside timeout 2 "$folder/scribble" --net:service=tap0 -- $form
		[ "$status" = 124 ]
		[ -z "$output" ]
	done
}

# large_start: frames of 60,000 bytes to the guest, until the test ends
large_start()
{
	nsenter -t "$network" -n python3 "$TOP/tests/peers/large.py" tap0 60000 3>&- &
	sender=$!
}

@test "a receive buffer out of reach behind good ones ends the guest" {
	large_start
	run inside timeout 20 "$folder/scribble" --net:service=tap0 -- later
	echo "$status $output"
	[ "$status" = 255 ]
	[ "$output" = 'scribble: ABORT: device "service": the guest damaged its receive ring: buffer address out of reach: '$IMAGE ]
	# one buffer given many times is written many times
	run inside timeout 2 "$folder/scribble" --net:service=tap0 -- same
	[ "$status" = 124 ]
	[ -z "$output" ]
}

@test "guests that write random values into their rings end themselves and nothing else" {
	large_start
	local end=$((SECONDS + ${SCRIBBLE_SECONDS:-10}))
	for ((seed = 0; SECONDS < end; seed++)); do
		run inside timeout 60 "$folder/scribble" --net:service=tap0 -- random $seed
		[ "$status" = 255 ]
		[[ ${lines[0]} == "scribble: ABORT: device \"service\": the guest damaged its "* ]]
	done
}
