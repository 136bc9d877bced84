# SPDX-License-Identifier: ISC
# cases.bash -- cases of a test that wait for long, all at the same time, each in a folder and a network namespace of its own; for `load`

# wire: joins tap0 and the guest's stream, as process $wire
wire()
{
	rm -f wire.socket
	../wire tap0 wire.socket 0 0 0 >wire.log 2>&1 3>&- &
	wire=$!
	wait_for 10 test -S wire.socket
}

# cases_run CASE...: in_namespace CASE, which the file has; says what failed
cases_run()
{
	local case failed=
	folder=$(appliance_folder)
	export folder
	cd "$BATS_TEST_TMPDIR"
	gcc -O2 -o wire "$TOP/tests/peers/wire.c"
	for case; do
		mkdir $case
		# the last process of it takes the namespace and all that runs in it along
		unshare -n -p -f --kill-child bash -c "set -e; TOP=$TOP; cd $case; $(declare -f); in_namespace $case" >$case/log 2>&1 3>&- &
		echo $! >namespace.$case
	done
	for case; do
		wait "$(cat namespace.$case)" || { failed+=" $case"; tail -n 20 $case/log $case/guest.out $case/server.*.log; }
	done
	[ -z "$failed" ] || { echo "failed:$failed"; return 1; }
}

teardown()
{
	local process
	for process in $(cat namespace.* 2>/dev/null); do
		kill "$process" 2>/dev/null || true
	done
	wait
}
