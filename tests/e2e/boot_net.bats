# SPDX-License-Identifier: ISC
# boot_net.bats -- network devices: frames there and back by every back end, what ends a guest, what the monitor refuses
#
# Each test has network, mount and process namespaces of its own. What a guest sends and
# gets is checked by tests/peers/frames.c. SCRIBBLE_SECONDS (10) is how long hostile guests are let loose.

load common

setup_file()
{
	local service='{ "name": "service", "type": "NET_BASIC" }' second='{ "name": "second", "type": "NET_BASIC" }'
	local memory='"memory": "4M"'

	appliance_build one "$(manifest_make one "$memory" '"devices": ['"$service"']')" "$TOP/tests/guests/echo.c"
	appliance_build two "$(manifest_make two "$memory" '"devices": ['"$service, $second"']')" "$TOP/tests/guests/echo.c"
	for name in sender scribble arp; do
		appliance_build $name "$(manifest_make $name "$memory" '"devices": ['"$service"']')" "$TOP/tests/guests/$name.c"
	done
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
	namespace=
}

teardown()
{
	[ -z "$namespace" ] || kill -9 $namespace
}

# need_net: makes the test's namespaces, with an interface tap100; "inside" is where the test goes on
need_net()
{
	need_kvm
	need_root
	need ip unshare nsenter
	[ -c /dev/net/tun ] || skip "/dev/net/tun is missing"
	unshare --net --mount --pid --fork --mount-proc --kill-child sleep 1000 3>&- &
	namespace=$!
	until nsenter -t $namespace -n ip link set lo up 2>/dev/null && [ "$(pgrep -P $namespace)" ]; do sleep 0.1; done
	inside ip tuntap add tap100 mode tap
	# the host's own frames would be echoed, too
	inside sysctl -qw net.ipv6.conf.tap100.disable_ipv6=1
	inside ip link set tap100 up
}

inside()
{
	nsenter -t "$(pgrep -P $namespace)" -n -m -p timeout -k 5 "${LIMIT:-120}" "$@"
}

# guest_start NAME ARGUMENT...: runs an appliance as process $guest, its output in guest.out; returns when it has said something
guest_start()
{
	inside "$@" >guest.out 2>&1 3>&- &
	guest=$!
	for ((i = 0; i < 200; i++)); do
		[ ! -s guest.out ] || return 0
		sleep 0.1
	done
	return 1
}

guest_signal()
{
	kill -"$1" "$(inside pgrep -n -x "$2")"
}

# guest_ended STATUS: the guest has ended by itself
guest_ended()
{
	local status=0
	wait $guest || status=$?
	[ $status = "$1" ]
}

# said TEXT: a line of the guest's output is that
said()
{
	grep -qxF -- "$1" guest.out
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

@test "solo5.h's calls, and a guest that polls" {
	need_net
	guest_start one --net:service=tap100 -- service copies poll
	inside frames tap100 echo 14 20 1 echo 1514 200 32 end
	guest_ended 0
}

@test "the guest finds the address that it was given" {
	need_net
	guest_start one --net:service=tap100 --net-mac:service=02:00:5e:10:0A:ff -- service
	said "service 02:00:5e:10:0a:ff mtu 01500"
	inside frames tap100 end
	guest_ended 0
}

@test "the MTU is the interface's, small and large" {
	need_net
	inside ip link set tap100 mtu 400
	guest_start one --net:service=tap100 --net-mac:service=02:00:00:00:00:01 -- service
	said "service 02:00:00:00:00:01 mtu 00400"
	inside frames tap100 echo 414 100 32 end
	guest_ended 0
	inside ip link set tap100 mtu 9000
	guest_start one --net:service=tap100 --net-mac:service=02:00:00:00:00:01 -- service copies
	said "service 02:00:00:00:00:01 mtu 09000"
	inside frames tap100 echo 9014 50 10 echo 60 50 32 end
	guest_ended 0
}

@test "an MTU that the rings cannot hold is refused" {
	need_net
	inside ip link set tap100 mtu 65521
	refused "--net:service=tap100: an MTU of 65521 is too much for this appliance's rings; accepted is at most 65519 (NET_RING in \"config\" of its manifest gives them more)" --net:service=tap100
}

@test "two devices are two networks" {
	need_net
	inside ip tuntap add tap101 mode tap
	inside sysctl -qw net.ipv6.conf.tap101.disable_ipv6=1
	inside ip link set tap101 up
	guest_start two --net:second=tap101 --net:service=tap100 -- service second
	inside frames tap100 echo 60 20 1 &
	inside frames tap101 echo 1514 100 32
	wait $!
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
	guest_start() { inside "$@" >guest.out 2>&1 3>&- & guest=$!; }
	inside frames tap100 take 1514 1000 3>&- &
	sleep 1
	inside sender --net:service=tap100 -- service 1514 1000
	wait $!
	inside frames tap100 take 60 1000 3>&- &
	sleep 1
	inside sender --net:service=tap100 -- service 60 1000 copies
	wait $!
}

@test "SIGUSR1 shows what became of every frame" {
	need_net
	guest_start one --net:service=tap100 -- service
	inside frames tap100 echo 60 30 1
	inside ip link set tap100 down
	guest_signal USR1 one
	sleep 0.5
	said 'one: device "service": frames sent 30; dropped: link down 0, host busy 0, too long 0, too short 0, refused 0'
	said 'one: device "service": frames received 30; dropped: link down 0, host busy 0, too long 0, too short 0, refused 0'
	inside ip link set tap100 up
	inside frames tap100 echo 60 1 1 end
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
	said "one: --net:service=unix:missing: nobody listens there; start passt -f -s PATH, or another network, before"
	# a frame of no bytes, one of 3, one of 1,515 and zeroes, which are 615 of no bytes
	inside frames unix:socket echo 60 5 1 raw 00000000 raw 000000 raw 03aabbcc raw 000005eb raw "$zeroes" \
		echo 1514 20 8 3>&- &
	until [ -S socket ]; do sleep 0.1; done
	guest_start one --net:service=unix:socket -- service
	wait $!
	guest_signal USR1 one
	sleep 0.5
	said 'one: device "service": frames received 25; dropped: link down 0, host busy 0, too long 1, too short 623, refused 0'
	# the other end went; it comes back
	said 'one: device "service": unix:socket is gone; it is tried again every second'
	inside frames unix:socket echo 60 5 1 end
	guest_ended 0
	said 'one: device "service": unix:socket is back'
}

@test "a stream that speaks something else counts as gone, and may end the appliance" {
	need_net
	inside frames unix:socket raw 48545450 take 60 1 3>&- &
	until [ -S socket ]; do sleep 0.1; done
	run inside one --net:service=unix:socket --net-lost:service=end -- service
	[ "$status" = 255 ]
	[ "${lines[1]}" = 'one: device "service": unix:socket is gone' ]
	! wait $!
}

@test "passt gives an ordinary user a network; when it goes, the guest sees it, and its return" {
	need_net
	need passt setpriv
	inside ip address add 192.0.2.9/24 dev tap100
	inside ip route add default via 192.0.2.1
	chmod 777 .
	# of this mount namespace: permission for everyone
	inside mknod -m 666 kvm c 10 232
	inside mount --bind kvm /dev/kvm
	passt_start() { inside setpriv --reuid 65534 --regid 65534 --clear-groups passt -q -f -s "$PWD/passt" >passt.out 2>&1 3>&- & }
	passt_start
	until [ -S passt ]; do sleep 0.1; done
	guest_start setpriv --reuid 65534 --regid 65534 --clear-groups "$(appliance_folder)/arp" --net:service=unix:passt -- 2
	until said answer; do sleep 0.1; done
	inside pkill -x passt
	until said down; do sleep 0.1; done
	rm -f passt
	passt_start
	guest_ended 0
	[ "$(grep -v ^arp: guest.out)" = $'answer\ndown\nup\nanswer' ]
	said 'arp: device "service": unix:passt is gone; it is tried again every second'
	said 'arp: device "service": unix:passt is back'
}

@test "an interface that is deleted is gone for good" {
	need_net
	guest_start arp --net:service=tap100 -- 1
	inside ip link delete tap100
	until said down; do sleep 0.1; done
	said 'arp: device "service": tap100 is gone; its frames are dropped'
	guest_signal USR1 arp
	sleep 0.5
	grep -qE '^arp: device "service": frames sent [0-9]+; dropped: link down [0-9]+, host busy 0, too long 0, too short 0, refused 0$' guest.out
	guest_signal KILL arp
}

@test "a damaged ring ends the guest, with the damage in the message" {
	need_net
	ends()
	{
		run inside scribble --net:service=tap100 -- "$1"
		echo "$1: $status $output"
		[ "$status" = 255 ]
		[[ $output == "scribble: device \"service\": the guest damaged its $2" ]]
	}
	inside ping -q -f -c 100000 -w 300 -I tap100 192.0.2.1 >/dev/null 2>&1 3>&- &
	ends index "transmit ring: more buffers than it holds 0x81"
	ends head "transmit ring: there is no descriptor 0xffff"
	ends flags "transmit ring: a descriptor has flags 0x1"
	ends direction "transmit ring: a descriptor has flags 0x2"
	ends long "transmit ring: the bytes of a buffer are 0x5eb"
	ends short "transmit ring: the bytes of a buffer are 0xd"
	ends null "transmit ring: not memory that the guest itself may use so is 0x0"
	ends tables "transmit ring: not memory that the guest itself may use so is 0x6000"
	ends above "transmit ring: not memory that the guest itself may use so is 0x10000000000"
	ends wrap "transmit ring: not memory that the guest itself may use so is 0xffffffffffffffe1"
	ends text "receive ring: not memory that the guest itself may use so is 0x100000"
}

@test "guests that write random values into their rings end themselves and nothing else" {
	need_net
	local end=$((SECONDS + ${SCRIBBLE_SECONDS:-10}))
	for ((seed = 0; SECONDS < end; seed++)); do
		run inside scribble --net:service=tap100 -- random $seed
		[ "$status" = 255 ]
		[[ ${lines[0]} == "scribble: device \"service\": the guest damaged its "* ]]
	done
	LIMIT=600
	inside frames tap100 echo 60 1 1 >/dev/null 2>&1 3>&- &
	run inside scribble --net:service=tap100 -- race $((${SCRIBBLE_SECONDS:-10} / 2))
	[ "$status" = 0 ]
}

@test "interfaces that are busy, missing, of others or no TAP are refused" {
	need_net
	guest_start one --net:service=tap100 -- service
	refused "--net:service=tap100: busy: another process uses this interface" --net:service=tap100
	inside frames tap100 end
	guest_ended 0
	refused "--net:service=lo: not a TAP interface that one process at a time uses; make one by \"ip tuntap add NAME mode tap\"" --net:service=lo
	inside ip tuntap add tun100 mode tun
	refused "--net:service=tun100: not a TAP interface that one process at a time uses; make one by \"ip tuntap add NAME mode tap\"" --net:service=tun100
	inside mknod -m 666 kvm c 10 232
	inside mount --bind kvm /dev/kvm
	inside mknod -m 666 tun c 10 200
	inside mount --bind tun /dev/net/tun
	one="setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all $(appliance_folder)/one"
	one() { nsenter -t "$(pgrep -P $namespace)" -n -m $one "$@"; }
	run one --net:service=tap100
	[ "$status" = 1 ]
	[ "$output" = "one: --net:service=tap100: no permission: it takes CAP_NET_ADMIN, or to be the user whom the interface was made for (\"ip tuntap add NAME mode tap user USER\"); passt needs neither: --net:service=unix:PATH" ]
	run one --net:service=tap8
	[ "$status" = 1 ]
	[ "$output" = "one: --net:service=tap8: there is no such interface, and to make one takes CAP_NET_ADMIN; passt needs none: --net:service=unix:PATH" ]
	inside ip tuntap add tap9 mode tap user 65534
	run one --net:service=tap9 -- nobody
	[ "$output" = "nobody can't be acquired" ]
}

@test "names, addresses and descriptors that are none are refused" {
	need_net
	local forms="@FD (an inherited descriptor), unix:PATH (a socket of passt), TAP (an interface's name)"
	local mac="not an Ethernet address; accepted are six bytes in hexadecimal, 02:00:00:00:00:01"
	local station="no address of one station; its first byte must be even, and not all may be 0"

	refused "--net:service=interface-of-16b: not a network of this appliance; accepted is $forms" --net:service=interface-of-16b
	refused "--net:service=a/b: not a network of this appliance; accepted is $forms" --net:service=a/b
	refused "--net:service=@2: not a descriptor; accepted are @3 to @99" --net:service=@2
	refused "--net:service=@x: not a descriptor; accepted are @3 to @99" --net:service=@x
	refused "--net:service=@77: Bad file descriptor" --net:service=@77
	refused "--net:service=@9: the descriptor is neither a TAP interface nor a socket" --net:service=@9 9</dev/null
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
