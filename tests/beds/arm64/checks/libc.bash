# SPDX-License-Identifier: ISC
# libc.bash -- programs of the C library: what they print, their files, a script, a signal

if [ -f "$TOP/build/musl/aarch64/lib/libc.a" ]; then
	appliance_build printf "$TOP/examples/printf/app.manifest"
	appliance_build jumps "$(manifest_make jumps '"libraries": ["libc"]' '"memory": "1M"')" "$TOP/tests/guests/libc/jumps.c"
	cp -R "$TOP/tests/guests/libc/root" "$folder/"
	for guest in fopen signals; do
		appliance_build $guest "$(manifest_make $guest '"libraries": ["libc"]' '"memory": "64M"' '"files": ["root"]' \
			'"environment": { "TZ": "UTC" }')" "$TOP/tests/guests/libc/$guest.c" 2>/dev/null
	done

	check "printf" 0 "Hello, world!" "./printf"
	check "longjmp and siglongjmp" 0 "setjmp: 1
sigsetjmp: 7, the signal is blocked
sigsetjmp: 7, the signal is as before
from a handler: 1, the signal is as before" "./jumps"
	check "a packed file, through a link" 0 "0123456789" "./fopen /link"
	check "a file that is not there" 1 "/none: No such file or directory" "./fopen /none"
	check "a handler of SIGTERM ends a sleep" 5 "ready
handler
nanosleep(*): -1 Interrupted system call
*: yes" '
		./signals sleep >slept &
		until grep -qs ready slept; do sleep 0.1; done
		kill -TERM $!
		wait $!
		status=$?
		cat slept
		exit $status'
fi

if [ -f "$TOP/build/musl/aarch64/lib/libc.a" ] && [ -d "$TOP/build/deps/lua" ]; then
	appliance_build lua "$TOP/examples/lua/app.manifest" 2>/dev/null
	check "a script of Lua" 0 "6 queens: 4 ways" "./lua /queens.lua 6"
fi
