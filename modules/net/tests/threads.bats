# SPDX-License-Identifier: ISC
# threads.bats -- spin goes through all that modules/net's two threads, a guest and a host can do at the same time

setup()
{
	command -v spin >/dev/null || skip "spin is missing"
	cd "$BATS_TEST_TMPDIR"
	MODEL=$BATS_TEST_DIRNAME/threads.pml
}

# errors MODEL: how many spin finds
errors()
{
	spin -a "$1" >spin.out 2>&1 || { cat spin.out >&2; return 1; }
	gcc -O2 -DSAFETY -DCOLLAPSE -o pan pan.c
	# -E: that the threads wait for ever is what they should
	./pan -E -m100000 >pan.out
	! grep -E 'max search depth|out of memory' pan.out >&2
	sed -n 's/.*errors: \([0-9]*\)$/\1/p' pan.out
}

# without TEXT REPLACEMENT: the model finds it out if the threads did so instead
without()
{
	local model
	model=$(<"$MODEL")
	[[ $model == *"$1"* ]]
	echo "${model//"$1"/"$2"}" >changed.pml
	[ "$(errors changed.pml)" = 1 ]
}

@test "no frame is left where both threads wait" {
	run errors "$MODEL"
	echo "$output"
	[ "$output" = 0 ]
}

@test "it would be found out: who goes on wakes nobody" {
	without ":: io_sleeps -> kick = true" ":: false -> skip"
}

@test "it would be found out: no second look before a long sleep" {
	without ":: guest_rests -> taken = false; events_take(FOR_EVER)" ":: true -> taken = false; events_take(FOR_EVER)"
}

@test "it would be found out: no kick is asked for" {
	without ":: arms -> armed = sending == 0" ":: false -> skip"
}
