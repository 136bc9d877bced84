# SPDX-License-Identifier: ISC
# handoff.bats -- spin checks all interleavings of modules/net's two threads, a guest and a host
#
# begins first: it tries all interleavings

setup()
{
	command -v spin >/dev/null || skip "spin is missing"
	cd "$BATS_TEST_TMPDIR"
	MODEL=$BATS_TEST_DIRNAME/handoff.pml
}

# errors FLAGS MODEL OPTION...: how many spin finds; the search is compiled with FLAGS
errors()
{
	spin -a "${@:3}" "$2" >spin.out 2>&1 || { cat spin.out >&2; return 1; }
	# shellcheck disable=SC2086 # several flags
	gcc $1 -DSAFETY -DCOLLAPSE -o pan pan.c
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
	# above -O1 compiling takes longer, and the search does not get shorter
	run errors -O1 "$MODEL" "$@"
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
	# the search ends at the first error, which in this order comes soon
	run errors "-O0 -DREVERSE -DT_REVERSE" changed.pml $1
	echo "$output"
	[ "$output" = 1 ]
}

@test "the two threads never both wait while a frame is left: full transmit ring" {
	proved $full_transmit
}

@test "the same: full receive ring" {
	proved $full_receive
}

@test "the same: lost back end" {
	proved $loss
}

@test "the same: frames held by a rate" {
	proved $rate_of_sending
	proved $rate_of_receiving
}

@test "the same: two devices" {
	proved $two_devices
}

@test "the model fails if a guest that wakes up doesn't wake the I/O thread" {
	without "$full_transmit" ":: parked -> kick = true" ":: false -> skip"
}

@test "the model fails if the I/O thread doesn't check again before it parks" {
	without "$full_transmit" ":: idle -> timeout_choose()" ":: true -> timeout_choose()"
}

@test "the model fails if the guest isn't asked to kick after sending" {
	without "$full_transmit" "D.armed = (arms -> D.sending == 0 : D.armed)" "skip"
	without "$two_devices" "D.armed = (arms -> D.sending == 0 : D.armed)" "D.armed = (arms && n == 1 -> D.sending == 0 : D.armed)"
}

@test "the model fails if the guest isn't asked to kick after freeing buffers" {
	without "$full_receive" "D.receive_armed = (arms -> !has_room : D.receive_armed)" "skip"
}

@test "the model fails if the guest's thread doesn't report a lost back end" {
	without "$loss" "kick = kick || owned_by_guest" "skip"
}

@test "the model fails if the guest's thread keeps waiting for a lost back end" {
	without "$loss" "		wake = true" "		skip"
}

@test "the model fails if a frame is held without setting the timer" {
	without "$rate_of_sending" ":: D.bare && !timer -> timer = true" ":: false -> timer = true"
}

@test "the model fails if the guest's thread doesn't wait for the timer" {
	without "$rate_of_sending" "#define timer_wakes (timer_over" "#define timer_wakes (false"
}

@test "the model fails if the I/O thread doesn't wait for the timer" {
	without "$rate_of_sending" "timer_event = timer_event || (timer && watched)" "skip"
}
