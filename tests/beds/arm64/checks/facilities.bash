# SPDX-License-Identifier: ISC
# facilities.bash -- arguments, input, stop requests, reports

appliance_build given "$(manifest_make given '"memory": "1M"' '"environment": { "TZ": "UTC" }')" "$TOP/tests/guests/words.c"
for guest in input stop; do
	appliance_build $guest "$(manifest_make $guest '"memory": "1M"')" "$TOP/tests/guests/$guest.c"
done
appliance_build where "$(manifest_make where '"memory": "1M"' '"config": { "GUEST_REPORT": true }')" "$TOP/tests/guests/where.c"

check "arguments and environment, word by word" 0 "arguments \[./given\] \[a b\] \[\]
environment \[A=1\] \[TZ=UTC\]
*" "./given --env A=1 'a b' ''"
check "input, and its end" 0 "ready
\[abc\]
end" "printf abc | ./input sleep"
check "a guest that is asked to stop" 7 "ready
woken" '
	./stop sleep >stopped &
	until grep -qs ready stopped; do sleep 0.1; done
	kill -TERM $!
	wait $!
	status=$?
	cat stopped
	exit $status'
check "a guest that never looks" 143 "ready" '
	./stop --grace=1 loop >looping &
	until grep -qs ready looping; do sleep 0.1; done
	kill -TERM $!
	wait $! 2>/dev/null
	status=$?
	cat looping
	exit $status'
check "where a guest is that goes on" 5 "where: SIGQUIT: the guest is
where:   at 0x1*: busy+0x*
where:   from 0x1*: outer+0x*
where:   x0 0x*" '
	./where busy >ready 2>>said &
	until grep -qs ready ready; do sleep 0.1; done
	# it may not be in busy yet
	until grep -qs elr said && grep -qs busy said; do
		: >said
		kill -QUIT $!
		sleep 0.2
	done
	kill -TERM $!
	wait $!
	status=$?
	cat said
	exit $status'
if [ $HOST = process ]; then
	"$(command -v aarch64-linux-gnu-gcc || echo gcc)" -static -std=gnu11 -O2 -Wall -Wextra -o "$folder/bin/sweep" "$TOP/tests/peers/sweep.c" >&2 || exit 1
	check "a signal at any instruction of the way into the guest" 0 "*ready
+([0-9]) instructions" "./sweep ./where busy"
fi
check "who called a jump to nowhere" 255 "ready
*
where:   at 0x0
where:   from 0x1*: jump+0x*
where:   from 0x1*: outer+0x*" "./where jump"
check "who called a function without a frame" 255 "*
where:   at 0x1*: strlen+0x*
where:   from 0x1*: length_of_nothing+0x*
where:   from 0x1*: outer+0x*" "./where strlen"
check "frames that lead astray" 255 "*
where:   at 0x1*: chain+0x*
where:   x0 0x*" "./where unmapped"
