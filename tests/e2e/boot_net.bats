# SPDX-License-Identifier: ISC
# begins first in a bed: it takes two and a half minutes
# boot_net.bats -- network devices: frames over every back end, what ends a guest, what the monitor refuses
#
# The file has its own network and mount namespaces. tests/peers/frames.c checks the
# guest's frames. SCRIBBLE_SECONDS (10) is how long hostile guests run.

bats_require_minimum_version 1.5.0
load common

setup_file()
{
	local service='{ "name": "service", "type": "NET_BASIC" }' second='{ "name": "second", "type": "NET_BASIC" }'
	local memory='"memory": "4M"'

	boots || return 0
	appliance_build one "$(manifest_make one "$memory" '"devices": ['"$service"']')" "$TOP/tests/guests/echo.c"
	appliance_build two "$(manifest_make two "$memory" '"devices": ['"$service, $second"']')" "$TOP/tests/guests/echo.c"
	appliance_build small "$(manifest_make small "$memory" '"devices": ['"$service"']' '"config": { "NET_RING": 8 }')" \
		"$TOP/tests/guests/echo.c"
	for name in sender scribble arp yields sums; do
		appliance_build $name "$(manifest_make $name "$memory" '"devices": ['"$service"']')" "$TOP/tests/guests/$name.c"
	done
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"

	# of its own: interfaces, and permission for everyone where only root has it
	[ "$(id -u)" = 0 ] && [ -z "${BUILD_ONLY:-}" ] && [ -e /dev/kvm ] && [ -c /dev/net/tun ] || return 0
	unshare --net --mount sleep 3600 3>&- &
	export NAMESPACE=$!
	for kind in net mnt; do
		wait_for 10 eval '[ "$(readlink /proc/$NAMESPACE/ns/$kind)" != "$(readlink /proc/self/ns/$kind)" ]'
	done
	inside ip link set lo up
	mknod -m 666 "$BATS_FILE_TMPDIR/kvm" c 10 232
	mknod -m 666 "$BATS_FILE_TMPDIR/tun" c 10 200
	inside mount --bind "$BATS_FILE_TMPDIR/kvm" /dev/kvm
	inside mount --bind "$BATS_FILE_TMPDIR/tun" /dev/net/tun
	# where an ordinary user may write; bats' folders are root's alone
	inside mount -t tmpfs -o mode=777 ordinary /mnt
	inside cp "$(appliance_folder)/one" "$(appliance_folder)/arp" /mnt
	tap_make tap100
}

teardown_file()
{
	[ -z "${NAMESPACE:-}" ] || { kill -9 "$NAMESPACE"; wait "$NAMESPACE" || true; } 2>/dev/null
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
	guest=
}

teardown()
{
	[ -z "$guest" ] || { kill -9 $guest && wait $guest; } 2>/dev/null || true
}

inside()
{
	nsenter -t "$NAMESPACE" -n -m --wdns="$PWD" timeout -k 5 "${LIMIT:-120}" "$@"
}

# tap_make NAME: an interface that is up; nothing of the host's own goes to it
tap_make()
{
	inside ip tuntap add "$1" mode tap
	inside sh -c "echo 1 >/proc/sys/net/ipv6/conf/$1/disable_ipv6"
	inside ip link set "$1" up
}

need_net()
{
	need_kvm
	need_root
	need ip unshare nsenter
	[ -n "${NAMESPACE:-}" ] || skip "/dev/net/tun is missing"
}

# ordinary COMMAND...: as a user without any privilege
ordinary()
{
	inside setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all "$@"
}

# background COMMAND...: runs it as process $guest, its output in guest.out
background()
{
	nsenter -t "$NAMESPACE" -n -m --wdns="$PWD" "$@" >guest.out 2>&1 3>&- &
	guest=$!
}

# guest_start COMMAND...: the same; returns when it has said something
guest_start()
{
	rm -f guest.out
	background "$@"
	wait_for 30 test -s guest.out
}

# guest_ended STATUS: the guest has ended by itself
guest_ended()
{
	local status=0
	wait $guest || status=$?
	guest=
	[ $status = "$1" ]
}

# counters: has the guest show them
counters()
{
	kill -USR1 $guest
	wait_for 30 grep -q 'frames received' guest.out
}

# said TEXT: a line of the guest's output is that, or soon is
said()
{
	wait_for 10 grep -qxF -- "$1" guest.out || { cat guest.out; return 1; }
}

# refused TEXT OPTION...: the appliance "one" ends before its guest runs, and says TEXT
refused()
{
	run inside one "${@:2}" -- service
	echo "$output"
	[ "$status" = 1 ]
	[ "$output" = "one: $1" ]
}

@test "the least, usual and longest frames come back over a TAP interface, one at a time and 32" {
	need_net
	guest_start one --net:service=tap100 -- service
	grep -qE '^service .[26ae](:[0-9a-f]{2}){5} mtu 01500$' guest.out
	inside frames tap100 echo 14 20 1 echo 60 50 1 echo 1514 200 32 echo 1000 100 100 end
	guest_ended 0
}

@test "the smallest rings" {
	need_net
	guest_start small --net:service=tap100 -- service
	inside frames tap100 echo 1514 100 8 end
	guest_ended 0
}

@test "solo5.h's calls, and a guest that polls" {
	need_net
	guest_start one --net:service=tap100 -- service copies poll
	inside frames tap100 echo 14 20 1 echo 1514 200 32 end
	guest_ended 0
}

@test "a guest that slept for long, then polls and sends nothing, gets its frames" {
	need_net
	guest_start one --net:service=tap100 -- service sink
	confined_asleep $guest
	inside frames tap100 raw 0200000000020200000000018899
	wait_for 10 ran $guest $(($(spent $guest) + 5))
	inside frames tap100 end
	guest_ended 0
}

@test "the guest finds the address that it was given" {
	need_net
	guest_start one --net:service=tap100 --net-mac:service=02:00:5e:10:0A:ff -- service
	said "service 02:00:5e:10:0a:ff mtu 01500"
	inside frames tap100 end
	guest_ended 0
}

@test "the MTU is the interface's, small and large, and must fit the rings" {
	need_net
	inside ip link set tap100 mtu 400
	guest_start one --net:service=tap100 --net-mac:service=02:00:00:00:00:01 -- service
	said "service 02:00:00:00:00:01 mtu 00400"
	inside frames tap100 echo 414 100 32 end
	guest_ended 0
	inside ip link set tap100 mtu 9000
	run inside small --net:service=tap100 -- service
	[ "$status" = 1 ]
	[ "$output" = "small: --net:service=tap100: an MTU of 9000 is too much for this appliance's rings; accepted is at most 6123 (increase NET_RING in \"config\" of its manifest)" ]
	guest_start one --net:service=tap100 --net-mac:service=02:00:00:00:00:01 -- service copies
	said "service 02:00:00:00:00:01 mtu 09000"
	inside frames tap100 echo 9014 50 10 echo 60 50 32 end
	guest_ended 0
	inside ip link set tap100 mtu 1500
}

@test "two devices are two networks" {
	need_net
	tap_make tap101
	guest_start two --net:second=tap101 --net:service=tap100 -- service second
	inside frames tap100 echo 60 20 1 3>&- &
	peer=$!
	inside frames tap101 echo 1514 100 32
	wait $peer
	inside frames tap101 end
	guest_ended 0
}

@test "a device is acquired once, and only by its name" {
	need_net
	run inside one --net:service=tap100 -- service service
	[ "$status" = 2 ]
	[[ $output = *$'\nservice can\'t be acquired' ]]
	run inside one --net:service=tap100 -- second
	[ "$status" = 2 ]
	[ "$output" = "second can't be acquired" ]
}

@test "what a guest sends before it ends arrives, however much it is" {
	need_net
	local sender
	sender=$(appliance_folder)/sender
	inside frames packets take 1514 1000 -- "$sender" --net:service=@3 -- service 1514 1000
	inside frames stream take 60 1000 -- "$sender" --net:service=@3 -- service 60 1000 copies
}

@test "SIGUSR1 shows what became of every frame" {
	need_net
	# of its own: nothing else waits in it
	tap_make tap103
	guest_start one --net:service=tap103 -- service
	inside frames tap103 echo 60 30 1
	counters
	said 'one: device "service": frames sent 30; dropped: link down 0, host busy 0, too long 0, too short 0, refused 0'
	said 'one: device "service": frames received 30; dropped: link down 0, host busy 0, too long 0, too short 0, refused 0'
	inside frames tap103 echo 60 1 1 end
	guest_ended 0
}

@test "frames to an interface that is down are counted, and it can come up again" {
	need_net
	inside ip link set tap100 down
	run inside sender --net:service=tap100 -- service 60 300
	[ "$status" = 0 ]
	guest_start one --net:service=tap100 -- service
	inside ip link set tap100 up
	inside frames tap100 echo 60 10 1 end
	guest_ended 0
}

@test "root's appliance makes an interface that is missing; it goes with the appliance" {
	need_net
	guest_start one --net:service=tap7 -- service
	inside frames tap7 echo 60 10 1 end
	guest_ended 0
	grep -qx 'one: --net:service=tap7: there was no such interface: created it; it is removed when this appliance ends' guest.*
	! inside ip link show tap7 2>/dev/null
}

@test "inherited descriptors: a TAP interface, a socket of packets, a stream" {
	need_net
	local one
	one=$(appliance_folder)/one
	inside frames tap:tap100 echo 60 20 1 echo 1514 100 32 end -- "$one" --net:service=@3 -- service
	inside frames packets echo 60 20 1 echo 1514 100 32 end -- "$one" --net:service=@3 -- service
	inside frames stream echo 60 20 1 echo 1514 100 32 end -- "$one" --net:service=@3 -- service
}

@test "a stream's frames may be of any length, and come in pieces" {
	need_net
	local zeroes
	zeroes=$(head -c 7998 /dev/zero | tr '\0' 0)
	guest_start one --net:service=unix:missing -- service || true
	said "one: --net:service=unix:missing: nothing listens there; start passt -f -s PATH, or another network, before"
	# a frame of no bytes, one of 3, one of 1,515 and zeroes, which are 615 of no bytes
	inside frames unix:socket echo 60 5 1 raw 00000000 raw 000000 raw 03aabbcc raw 000005eb raw "$zeroes" \
		echo 1514 20 8 3>&- &
	peer=$!
	wait_for 30 test -S socket
	guest_start one --net:service=unix:socket -- service
	wait $peer
	counters
	said 'one: device "service": frames received 25; dropped: link down 0, host busy 0, too long 1, too short 623, refused 0'
	# the other end went; it comes back
	said 'one: device "service": unix:socket is gone; it is tried again every second'
	said 'one: device "service": unix:socket: No such file or directory'
	# and again, which is told no more
	sleep 1.5
	[ "$(grep -c 'No such file' guest.out)" = 1 ]
	inside frames unix:socket echo 60 5 1 end
	guest_ended 0
	said 'one: device "service": unix:socket is back'
}

@test "a stream that speaks something else counts as gone, and may end the appliance" {
	need_net
	inside frames unix:socket raw 48545450 take 60 1 3>&- &
	peer=$!
	wait_for 30 test -S socket
	run inside one --net:service=unix:socket --net-lost:service=end -- service
	[ "$status" = 255 ]
	[[ $output == *'one: ABORT: device "service": unix:socket is gone'* ]]
	! wait $peer
}

@test "a frame with a tag of VLAN 0 counts as one without, at its longest, too" {
	need_net
	local one
	one=$(appliance_folder)/one
	guest_start one --net:service=tap100 -- service
	inside frames tap100 tagged 60 tagged 1514 echo 60 5 1 end
	guest_ended 0
	inside frames stream tagged 60 tagged 1514 raw 000005ef raw "$(head -c 3038 /dev/zero | tr '\0' 0)" \
		echo 60 5 1 end -- "$one" --net:service=@3 -- service copies
}

@test "offloads that another user left on a TAP interface are off" {
	need_net
	inside frames offloads:tap100 echo 60 0 1 -- /bin/true
	run inside frames tap100 finished
	[ "$output" = "checksums are left unfinished" ]
	guest_start one --net:service=tap100 -- service
	inside frames tap100 finished echo 60 5 1 end
	guest_ended 0
	inside frames offloads:tap100 finished echo 60 5 1 end -- "$(appliance_folder)/one" --net:service=@3 -- service
}

# raw_start NAME ARGUMENT...: the appliance, with a packet socket at veth100 as descriptor 9
raw_start()
{
	guest_start python3 -c 'import os, socket, sys
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
raw.bind(("veth100", 0))
os.dup2(raw.fileno(), 9)
os.execv(sys.argv[1], sys.argv[1:])' "$(appliance_folder)/$1" --net:service=@9 -- "${@:2}"
}

@test "a packet socket: frames come back, and checksums that this machine left unfinished are finished" {
	need_net
	need python3
	inside ip link add veth100 type veth peer name veth101
	inside sh -c 'for i in veth100 veth101; do echo 1 >/proc/sys/net/ipv6/conf/$i/disable_ipv6; ip link set $i up; done'
	raw_start one service
	inside frames veth101 echo 60 20 1 echo 1514 100 32 tagged 60 end
	guest_ended 0
	inside ip address add 192.0.2.1/24 dev veth101
	inside ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev veth101
	for text in even odd; do
		raw_start sums
		inside bash -c "echo $text >/dev/udp/192.0.2.2/9"
		guest_ended 0
		said right
	done
	inside ip link delete veth100
}

@test "a packet of no bytes and an ICMP error pass; the end of a socket doesn't" {
	need_net
	local one
	one=$(appliance_folder)/one
	inside frames packets empty echo 60 20 1 empty empty echo 60 20 1 end -- "$one" --net:service=@3 -- service
	inside frames datagrams empty echo 60 20 1 refuse echo 60 20 1 end -- "$one" --net:service=@3 -- service
	guest_start frames packets raw 0102 -- "$one" --net:service=@3 --net-lost:service=end -- service
	kill $guest || true
	wait_for 10 grep -qF 'one: ABORT: device "service": @3 is gone' guest.out
}

# flooded WHERE KIND: while a peer sends such frames, yields of 100 ms end in time, and SIGUSR1 and SIGTERM are heeded.
# The flood ends with the guest, so a yield that waits for its end takes 5 seconds.
flooded()
{
	local before answered peer yields
	rm -f guest.out
	nsenter -t "$NAMESPACE" -n -m --wdns="$PWD" timeout 20 frames "$1" flood "$2" 5 -- \
		"$(appliance_folder)/yields" --net:service=@3 >guest.out 2>&1 3>&- &
	peer=$!
	wait_for 10 grep -q ready guest.out
	yields=$(pgrep -f "^$(appliance_folder)/yields --net")
	# it has many frames behind it
	wait_for 10 ran $yields 5
	before=$(date +%s%N)
	kill -USR1 $yields
	wait_for 10 grep -q 'frames received' guest.out
	answered=$((($(date +%s%N) - before) / 1000000))
	echo "$1 $2: answered after $answered ms"
	[ $answered -lt 3000 ]
	kill -TERM $yields
	wait $peer
	grep longest guest.out
	[ "$(sed -n 's/^longest yield \([0-9]*\) ms$/\1/p' guest.out)" -lt 1000 ]
}

# bats test_tags=bed:no
@test "during a flood of frames, yields still end and counters are shown" {
	need_net
	local where kind
	for where in packets datagrams stream; do
		for kind in empty short long good; do
			flooded $where $kind
		done
	done
	flooded tap:tap100 good
}

@test "passt gives an ordinary user a network; when it goes, the guest sees it, and its return" {
	need_net
	need passt setpriv
	inside ip address add 192.0.2.9/24 dev tap100
	inside ip route add default via 192.0.2.1
	passt_start()
	{
		ordinary passt -q -f -s /mnt/passt-$HOST >passt.out 2>&1 3>&- &
		wait_for 30 inside test -S /mnt/passt-$HOST
	}
	passt_start
	guest_start setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all \
		/mnt/arp --net:service=unix:/mnt/passt-$HOST -- 2
	wait_for 60 grep -qx answer guest.out
	pkill -f "passt -q -f -s /mnt/passt-$HOST"
	wait_for 60 grep -qx down guest.out
	inside rm /mnt/passt-$HOST
	passt_start
	guest_ended 0
	pkill -f "passt -q -f -s /mnt/passt-$HOST"
	inside ip address flush dev tap100
	[ "$(grep -v ^arp: guest.out)" = $'answer\ndown\nup\nanswer' ]
	said "arp: device \"service\": unix:/mnt/passt-$HOST is gone; it is tried again every second"
	said "arp: device \"service\": unix:/mnt/passt-$HOST is back"
}

@test "an interface that is deleted is gone for good" {
	need_net
	tap_make tap102
	background arp --net:service=tap102 -- 1
	wait_for 30 grep -q '^Seccomp:.*2' /proc/$guest/status
	inside ip link delete tap102
	wait_for 60 grep -qx down guest.out
	said 'arp: device "service": tap102 is gone; its frames are dropped'
	counters
	grep -qE '^arp: device "service": frames sent [0-9]+; dropped: link down [0-9]+, host busy 0, too long 0, too short 0, refused 0$' guest.out
}

@test "a damaged ring ends the guest, with the damage in the message" {
	need_net
	ends()
	{
		run inside scribble --net:service=tap100 -- "$1"
		echo "$1: $status $output"
		[ "$status" = 255 ]
		[[ $output == "scribble: ABORT: device \"service\": the guest damaged its $2" ]]
	}
	# the receive ring is looked at when there is a frame
	background sh -c 'while :; do frames tap100 raw 0200000000020200000000018899; sleep 0.1; done'
	ends index "transmit ring: buffer count out of range: 0x101"
	ends head "transmit ring: descriptor index out of range: 0xffff"
	ends flags "transmit ring: wrong descriptor flags: 0x1"
	ends direction "transmit ring: wrong descriptor flags: 0x2"
	ends long "transmit ring: buffer size out of range: 0x5eb"
	ends short "transmit ring: buffer size out of range: 0xd"
	ends null "transmit ring: buffer address out of reach: 0x0"
	ends tables "transmit ring: buffer address out of reach: 0x15000"
	ends above "transmit ring: buffer address out of reach: 0x10000000000"
	ends wrap "transmit ring: buffer address out of reach: 0xffffffffffffffe1"
	ends text "receive ring: buffer address out of reach: $IMAGE"
	ends cut "transmit ring: wrong descriptor flags: 0x100"
}

@test "guests that write random values into their rings end themselves and nothing else" {
	need_net
	local end=$((SECONDS + ${SCRIBBLE_SECONDS:-10}))
	for ((seed = 0; SECONDS < end; seed++)); do
		run inside scribble --net:service=tap100 -- random $seed
		[ "$status" = 255 ]
		[[ ${lines[0]} == "scribble: ABORT: device \"service\": the guest damaged its "* ]]
	done
	LIMIT=600
	run inside scribble --net:service=tap100 -- race $((${SCRIBBLE_SECONDS:-10} / 2))
	[ "$status" = 0 ]
}

@test "interfaces that are busy, missing, of others or no TAP are refused" {
	need_net
	guest_start one --net:service=tap100 -- service
	refused "--net:service=tap100: busy: another process uses this interface" --net:service=tap100
	inside frames tap100 end
	guest_ended 0
	refused "--net:service=lo: not a TAP interface for a single process; make one by \"ip tuntap add NAME mode tap\"" --net:service=lo
	inside ip tuntap add tun100 mode tun
	refused "--net:service=tun100: not a TAP interface for a single process; make one by \"ip tuntap add NAME mode tap\"" --net:service=tun100
	inside ip tuntap add tap10 mode tap user 1
	run ordinary /mnt/one --net:service=tap10
	[ "$status" = 1 ]
	[ "$output" = "one: --net:service=tap10: no permission: this needs CAP_NET_ADMIN, or an interface made for this user (\"ip tuntap add NAME mode tap user USER\"); passt needs neither: --net:service=unix:PATH" ]
	run ordinary /mnt/one --net:service=tap8
	[ "$status" = 1 ]
	[ "$output" = "one: --net:service=tap8: there is no such interface, and making one needs CAP_NET_ADMIN; passt needs none: --net:service=unix:PATH" ]
	inside ip tuntap add tap9 mode tap user 65534
	run ordinary /mnt/one --net:service=tap9 -- nobody
	[ "$output" = "nobody can't be acquired" ]
}

@test "invalid names, addresses and descriptors are refused" {
	need_net
	local forms="@FD (an inherited TAP interface, or socket of packets), unix:PATH (a socket of passt), @FD (an inherited stream socket), TAP (an interface's name)"
	local mac="not an Ethernet address; accepted are six bytes in hexadecimal, 02:00:00:00:00:01"
	local station="not a unicast address; its first byte must be even, and not all may be 0"

	refused "--net:service=interface-of-16b: the name of an interface has at most 15 characters" --net:service=interface-of-16b
	refused "--net:service=a/b: not a network of this appliance; accepted is $forms" --net:service=a/b
	refused "--net:service=@2: not a descriptor; accepted are @3 to @99" --net:service=@2
	refused "--net:service=@x: not a descriptor; accepted are @3 to @99" --net:service=@x
	refused "--net:service=@77: Bad file descriptor" --net:service=@77
	refused "--net:service=@9: not a network of this appliance; accepted is $forms" --net:service=@9 9</dev/null
	refused "--net:service=unix:: accepted is the path of a socket, of 1 to 107 bytes" --net:service=unix:
	for value in 02:00:00:00:00 02:00:00:00:00:00:00 02:00:00:00:00:0g 2:0:0:0:0:0 02-00-00-00-00-00 ''; do
		refused "--net-mac:service=$value: $mac" --net:service=tap100 --net-mac:service=$value
	done
	refused "--net-mac:service=01:00:5e:00:00:01: $station" --net:service=tap100 --net-mac:service=01:00:5e:00:00:01
	refused "--net-mac:service=00:00:00:00:00:00: $station" --net:service=tap100 --net-mac:service=00:00:00:00:00:00
	refused "--net-lost:service=stop: accepted are end and wait" --net:service=tap100 --net-lost:service=stop
	run inside one --net:other=tap100
	[ "$status" = 1 ]
	[[ $output == "one: --net:other"* ]]
}
