# SPDX-License-Identifier: ISC
# race.bats -- ThreadSanitizer checks modules/net's two threads, with a guest that changes its rings all the time

load ../../../tests/e2e/common

setup_file()
{
	cd "$BATS_FILE_TMPDIR"
	echo 'int main(void) { return 0; }' >probe.c
	gcc -fsanitize=thread -o probe probe.c 2>/dev/null && ./probe || return 0
	printf '%s' '{ "type": "ukgen.manifest", "version": 1, "name": "race", "sources": ["app.c"],' \
		'"config": { "NET_TAP": false, "NET_UNIX": false, "NET_RATE": true, "METRICS": true },' \
		'"devices": [{ "name": "one", "type": "NET_BASIC" }, { "name": "two", "type": "NET_BASIC" }] }' >race.manifest
	cp "$TOP/tests/guests/echo.c" app.c
	"$UKGEN" --arch=x86_64 -B generated race.manifest
}

setup()
{
	cd "$BATS_FILE_TMPDIR"
	[ "$(uname -m)" = x86_64 ] || skip "the harness knows x86-64 alone"
	first=$BATS_TEST_TMPDIR         # headers there come before others
	[ -d generated ] || skip "ThreadSanitizer is missing or doesn't run here"
}

# race FOLDER: the module's host half in that folder, with the generated headers, for three seconds
race()
{
	local sources
	sources=$(awk '$1 == "source" && $2 == "host" && !/NET_TAP|NET_UNIX/ { print $3 }' "$1/net.mod")
	(cd "$1" && gcc -std=gnu11 -D_GNU_SOURCE -O1 -g -fsanitize=thread -Wno-tsan -fno-strict-aliasing \
		-I"$first" -I"$BATS_FILE_TMPDIR/generated/gen" -I"$TOP/core" -I"$TOP/core/x86_64" -I. -o "$BATS_TEST_TMPDIR/race" \
		"$TOP/modules/net/tests/race.c" "$TOP/core/rate.c" "$TOP"/core/samples/*.c host.c $sources)
	TSAN_OPTIONS=halt_on_error=1 timeout 60 "$BATS_TEST_TMPDIR/race" 3
}

@test "no data race" {
	run race "$TOP/modules/net"
	echo "$output"
	[ "$status" = 0 ]
	# twice, for each device and direction: frames went both ways
	[[ $output =~ device\ \"two\":\ frames\ sent\ [1-9][0-9]* ]]
	[[ $output =~ device\ \"two\":\ frames\ received\ [1-9][0-9]* ]]
	# no more than 20,000 a second in each direction, and a burst
	[ "$(sed -n 's/.*"one": frames [a-z]* \([0-9]*\);.*/\1/p' <<<"$output" | sort -n | tail -n 1)" -lt 64000 ]
}

@test "a missing lock is detected" {
	cp -r "$TOP/modules/net" broken
	sed -i 's/__atomic_exchange_n(&handoff.locked, true, __ATOMIC_ACQUIRE)/false/' broken/host_handoff.c
	! cmp -s "$TOP/modules/net/host_handoff.c" broken/host_handoff.c
	run race broken
	[ "$status" = 66 ]
}

@test "a bucket used without the lock is detected" {
	cp -r "$TOP/modules/net" broken
	sed -i 's/^\tuint64_t end;/&\n\n\tpace_allows(0, SEND, 60);/' broken/host_io.c
	! cmp -s "$TOP/modules/net/host_io.c" broken/host_io.c
	run race broken
	[ "$status" = 66 ]
}

@test "it would be found out: a count that is not read as one that changes" {
	sed 's/__atomic_load_n(count, __ATOMIC_RELAXED)/*count/' "$TOP/core/samples.h" >samples.h
	! cmp -s "$TOP/core/samples.h" samples.h
	mv samples.h "$first"
	run race "$TOP/modules/net"
	[ "$status" = 66 ]
}
