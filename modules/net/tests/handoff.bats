# SPDX-License-Identifier: ISC
# handoff.bats -- spin goes through all that modules/net's two threads, a guest and a host can do at the same time

setup()
{
	command -v spin >/dev/null || skip "spin is missing"
	cd "$BATS_TEST_TMPDIR"
	MODEL=$BATS_TEST_DIRNAME/handoff.pml
}

# errors MODEL OPTION...: how many spin finds
errors()
{
	spin -a "${@:2}" "$1" >spin.out 2>&1 || { cat spin.out >&2; return 1; }
	gcc -O2 -DSAFETY -DCOLLAPSE -o pan pan.c
	# -E: that the threads wait for ever is what they should
	./pan -E -m100000 >pan.out
	! grep -E 'max search depth|out of memory' pan.out >&2
	sed -n 's/.*errors: \([0-9]*\)$/\1/p' pan.out
}

full_transmit="-DSENDS=2 -DCOMES=1 -DRING=1 -DHOST_ROOM=1"
full_receive="-DSENDS=1 -DCOMES=2 -DRING=1 -DHOST_ROOM=1"
loss="-DSENDS=1 -DCOMES=1 -DLOSSES=1"
rate_of_sending="-DSENDS=1 -DCOMES=0 -DHOLDS=2"
rate_of_receiving="-DSENDS=0 -DCOMES=1 -DHOLDS=1"
two_devices="-DSENDS=1 -DCOMES=1 -DDEVICES=2"

# proved OPTION...: no frame is left where both threads wait
proved()
{
	run errors "$MODEL" "$@"
	echo "$output"
	[ "$output" = 0 ]
}

# without OPTIONS TEXT REPLACEMENT: the model finds it out if the threads did so instead
without()
{
	local model
	model=$(<"$MODEL")
	[[ $model == *"$2"* ]]
	echo "${model//"$2"/"$3"}" >changed.pml
	run errors changed.pml $1
	echo "$output"
	[ "$output" = 1 ]
}

@test "no frame is left where both threads wait: a transmit ring that fills" {
	proved $full_transmit
}

@test "the same: a receive ring that fills" {
	proved $full_receive
}

@test "the same: a back end that is lost" {
	proved $loss
}

@test "the same: a rate that holds frames" {
	proved $rate_of_sending
	proved $rate_of_receiving
}

@test "the same: two devices" {
	proved $two_devices
}

@test "it would be found out: a guest that wakes up does not wake the I/O thread" {
	without "$full_transmit" ":: parked -> kick = true" ":: false -> skip"
}

@test "it would be found out: no second look before the I/O thread parks" {
	without "$full_transmit" ":: idle -> timeout_choose()" ":: true -> timeout_choose()"
}

@test "it would be found out: no kick is asked for when the guest sends" {
	without "$full_transmit" "D.armed = (arms -> D.sending == 0 : D.armed)" "skip"
	without "$two_devices" "D.armed = (arms -> D.sending == 0 : D.armed)" "D.armed = (arms && n == 1 -> D.sending == 0 : D.armed)"
}

@test "it would be found out: no kick is asked for when the guest gives room" {
	without "$full_receive" "D.receive_armed = (arms -> !has_room : D.receive_armed)" "skip"
}

@test "it would be found out: the guest's thread does not tell that a back end is lost" {
	without "$loss" "kick = kick || owned_by_guest" "skip"
}

@test "it would be found out: the guest's thread goes on waiting for the back end that was lost" {
	without "$loss" "		wake = true" "		skip"
}

@test "it would be found out: a frame is held and the timer not set" {
	without "$rate_of_sending" ":: D.bare && !timer -> timer = true" ":: false -> timer = true"
}

@test "it would be found out: the guest's thread does not wait for the timer" {
	without "$rate_of_sending" "#define timer_wakes (timer_over" "#define timer_wakes (false"
}

@test "it would be found out: the I/O thread does not wait for the timer" {
	without "$rate_of_sending" "timer_event = timer_event || (timer && watched)" "skip"
}
