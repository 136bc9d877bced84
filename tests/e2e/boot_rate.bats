# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_rate.bats -- --block-rate and --net-rate: throughput, signals and debuggers during waits, invalid rates
#
# runs alone: it measures times

load common

setup_file()
{
	boots || return 0
	local disk='"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]' net='"devices": [{ "name": "net", "type": "NET_BASIC" }]'
	appliance_build paced "$(manifest_make paced '"memory": "4M"' "$disk" \
		'"config": { "BLOCK_RATE": true, "BLOCK_FILE_OR_MAPPED": true, "GDB": true }')" "$TOP/tests/guests/paced.c"
	appliance_build plain "$(manifest_make plain '"memory": "4M"' "$disk")" "$TOP/tests/guests/paced.c"
	for name in echo sender; do
		appliance_build $name "$(manifest_make $name '"memory": "4M"' "$net" '"config": { "NET_RATE": true }')" \
			"$TOP/tests/guests/$name.c"
	done
	appliance_build quiet "$(manifest_make quiet '"memory": "4M"' "$net")" "$TOP/tests/guests/echo.c"
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
	truncate -s 1M disk.img
	holder=
}

teardown()
{
	[ -z "$holder" ] || { kill -9 $(pgrep -P $holder) $holder && wait $holder; } 2>/dev/null || true
}

# takes EXPECTED COMMAND...: the microseconds that the command prints; a busy machine may make them longer, so in one of five tries
takes()
{
	local time most=105
	# two processes and three threads that want to run at the same time
	[ $2 != frames_echoed ] || most=130
	for try in 1 2 3 4 5; do
		time=$("${@:2}")
		echo "$time us, expected $1"
		# the peer of a network may notice the first frame late
		[ "$time" -ge $(($1 * 95 / 100)) ] || [ $2 = frames_sent ] || return 1
		[ "$time" -lt $(($1 * 95 / 100)) ] || [ "$time" -gt $(($1 * most / 100)) ] || return 0
	done
	return 1
}

# calls RATE WHAT SIZE COUNT: the time of calls of the block device
calls()
{
	appliance paced --block:disk=disk.img --block-rate:disk=$1 -- $2 $3 $4
}

# frames_sent RATE SIZE COUNT: the time in which a guest's frames arrive at their peer
frames_sent()
{
	frames packets take $2 $3 -- "$(appliance_folder)/sender" --net:net=@3 --net-rate:net=$1 -- net $2 $3 \
		2>&1 >/dev/null | awk -v count=$3 '/us a frame/ { printf "%d\n", $1 * count }'
}

# frames_echoed RATE MODE: the time in which 750 frames of 1,000 bytes go there and back
frames_echoed()
{
	frames packets echo 1000 750 64 end -- "$(appliance_folder)/echo" --net:net=@3 --net-rate:net=$1 -- net $2 \
		2>&1 >/dev/null | awk '/us a frame/ { printf "%d\n", $1 * 750 }'
}

@test "block: bytes and calls pass at the rate, after a burst" {
	need_kvm
	# 30 times 64 KiB, of which 200,000 or 655,360 bytes at once, at 4 MB a second
	takes 441520 calls 4M:200K read 65536 30
	takes 327680 calls 4M:655360 write 65536 30
	# a tenth of a second's if no burst is given
	takes 391520 calls 4M read 65536 30
	# one call that is larger than the burst
	takes 424288 calls 2M:200K read 1048576 1
	takes 400000 calls 0,100:20 read 512 60
	# whichever of the two is slower
	takes 400000 calls 100M,100:20 write 512 60
	takes 441520 calls 4M:200K,1M read 65536 30
}

@test "block: no limit within the burst, and none without the option" {
	need_kvm
	[ $(calls 1M:1M,10:100 read 10240 100) -lt 100000 ]
	[ $(calls 0 read 10240 100) -lt 100000 ]
	[ $(calls 0,0 read 10240 100) -lt 100000 ]
	[ $(appliance paced --block:disk=disk.img -- read 10240 100) -lt 100000 ]
}

@test "net: bytes and frames are sent at the rate" {
	need_kvm
	# 500 of 1,514 bytes, 200,000 bytes at once, at 1 MB a second
	takes 557000 frames_sent 1M:200K 1514 500
	takes 400000 frames_sent 0,1000:100 60 500
}

@test "net: bytes and frames are received at the rate, whether the guest yields or polls" {
	need_kvm
	# 750 of 1,000 bytes
	takes 500000 frames_echoed 1M:250K
	takes 500000 frames_echoed 1M:250K poll
	takes 500000 frames_echoed 0,1000:250
	takes 500000 frames_echoed 0,1000:250 poll
}

@test "net: a flood is limited to the rate, and the guest sleeps when it ends" {
	need_kvm
	local received=0 guest before began=$SECONDS i
	frames packets flood good 2 -- "$(appliance_folder)/echo" --net:net=@3 --net-rate:net=0,200:50 -- net >guest.out 2>&1 3>&- &
	holder=$!
	wait_for 20 grep -q 'mtu' guest.out
	# the rate goes on behind the burst, and over all the time it is not exceeded
	for ((i = 1; i <= 40 && received <= 150; i++)); do
		sleep 0.25
		pkill -USR1 -P $holder
		wait_for 10 eval '[ $(grep -c "frames received" guest.out) -ge $i ]'
		received=$(sed -n 's/.*frames received \([0-9]*\).*/\1/p' guest.out | tail -n 1)
	done
	echo "$received received in $((SECONDS - began)) s"
	[ $received -gt 150 ] && [ $received -le $((50 + 200 * (SECONDS - began + 1))) ]
	guest=$(pgrep -P $holder)
	kill -9 $holder
	holder=$guest
	wait_for 10 grep -q 'its frames are dropped' guest.out
	before=$(spent $guest)
	sleep 1
	[ $(($(spent $guest) - before)) -lt 20 ]
}

@test "a guest that waits for its rate can be ended, inspected and debugged at once" {
	need_kvm
	local began
	# 512 bytes a second: a wait of two minutes
	"$(appliance_folder)/paced" --block:disk=disk.img --block-rate:disk=512 -- read 65536 1 >out 2>err 3>&- &
	holder=$!
	confined_asleep $holder
	kill -USR1 $holder
	wait_for 10 grep -q 'this appliance has no counters' err
	kill -TERM $holder
	began=$SECONDS
	! wait $holder
	# of two minutes
	[ $((SECONDS - began)) -le 10 ]
	holder=

	mkfifo asked
	exec 7<>asked
	"$(appliance_folder)/paced" --gdb=stdio --block:disk=disk.img --block-rate:disk=512 -- read 65536 1 <asked >answers 2>err 3>&- &
	holder=$!
	printf '$vCont;c#a8' >&7
	# the answer to what was sent comes before the guest continues
	wait_for 10 grep -aq + answers
	wait_for 10 asleep $holder
	printf '\3' >&7
	wait_for 10 grep -aq 'T02' answers
	printf '$k#6b' >&7
	wait $holder || true
	holder=
}

@test "invalid rates are refused" {
	need_kvm
	local form='accepted are bytes[:burst] or bytes[:burst],calls[:burst] a second, up to 16G each, such as 10M, 10M:64K and 0,500, where 0 is no limit'
	for value in x -1 '' 1M: 1M:0 0:5 1MM 1.5M 17G 1:17G 99999999999999999999999999 16000000000001 1M,2,3 1M, ,5 1m; do
		run appliance paced --block:disk=disk.img "--block-rate:disk=$value" -- read 512 1
		[ "$status" = 1 ]
		[ "$output" = "paced: --block-rate:disk=$value: not a rate; $form" ]
	done
	run appliance paced --block:disk=disk.img --block-rate:disk=16G:16G,16000M:1 -- read 512 1
	[ "$status" = 0 ]
	run appliance paced --block:disk=disk.img --block-rate:disk=1M:511 -- read 512 1
	[ "$status" = 1 ]
	[ "$output" = "paced: --block-rate:disk: a burst of 511 is too small; accepted is 512 or more" ]
	run appliance paced --block:disk=disk.img --block-rate:disk=1M --block-mode:disk=mapped -- read 512 1
	[ "$status" = 1 ]
	[ "$output" = "paced: --block-rate:disk: the device is mapped; only devices in file mode can be limited (--block-mode:disk=file)" ]
	run frames packets end -- "$(appliance_folder)/echo" --net:net=@3 --net-rate:net=1M:1513 -- net
	[[ $output == *"echo: --net-rate:net: a burst of 1513 is too small; accepted is 1514 or more"* ]]
}

@test "an appliance without BLOCK_RATE and NET_RATE has nothing of them" {
	need nm
	need_kvm
	for name in plain quiet; do
		run appliance $name --help
		[[ $output != *-rate* ]]
		! nm "$(appliance_folder)/$name.build/$name.monitor.elf" | grep -E ' (bucket|rate|pace|wait_pause)' || return 1
		! "$UKGEN" inspect --json "$(appliance_folder)/$name" | grep timerfd_settime || return 1
	done
	# a guest that never yields waits for room in a pipe alone
	! "$UKGEN" inspect --json "$(appliance_folder)/plain" | grep '"ppoll"' || return 1
}
