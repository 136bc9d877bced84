# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_takeover.bats -- an attacker who controls a thread of the monitor can't create or duplicate descriptors, nor reach a socket

load common

setup_file()
{
	boots || return 0
	appliance_build echo "$(manifest_make echo '"memory": "4M"' '"devices": [{ "name": "net", "type": "NET_BASIC" }]')" \
		"$TOP/tests/guests/echo.c"
	[ "$(uname -m)" = x86_64 ] || return 0
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/takeover" "$TOP/tests/peers/takeover.c"
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
	peer= holder=
}

teardown()
{
	for process in $holder $peer; do
		{ kill -9 $process && wait $process; } 2>/dev/null || true
	done
}

need_takeover()
{
	need_kvm
	need_root
	[ "$(uname -m)" = x86_64 ] || skip "takeover knows x86-64 alone"
}

# echo_start: the appliance as process $holder, with a peer that says nothing
echo_start()
{
	frames unix:socket take 60 1 >/dev/null 2>&1 3>&- &
	peer=$!
	wait_for 10 test -S socket
	holder_start echo --net:net=unix:socket -- net
}

# taken main|other CALL ARGUMENT...: what becomes of an appliance one of whose threads makes that call
taken()
{
	echo_start
	takeover $holder "$@"
	{ kill -9 $holder $peer; wait $holder $peer; } 2>/dev/null || true
	holder= peer=
}

@test "all threads together have the system calls that the threat model lists" {
	need python3
	need_kvm
	local device='{ "name": "%s", "type": "%s" }'
	printf 'void %s(void);\n' $(sed -n 's/^api  *\([^#]*\).*/\1/p' "$TOP"/modules/*/*.mod) >app.c
	printf 'int solo5_app_main(void)\n{\n' >>app.c
	printf '\t%s();\n' $(sed -n 's/^api  *\([^#]*\).*/\1/p' "$TOP"/modules/*/*.mod) >>app.c
	printf '\treturn 0;\n}\n' >>app.c
	cat >app.manifest <<-END
		{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"],
		  "devices": [ $(for module in "$TOP"/modules/*/; do
			type=$(sed -n 's/^device  *//p' $module*.mod)
			[ -z "$type" ] || printf "$device, " "d$(basename $module)" "$type"
		done | sed 's/, $//') ],
		  "config": { "GDB": true, "DUMPCORE": true, "BLOCK_FILE_OR_MAPPED": true, "BLOCK_RATE": true, "NET_RATE": true, "METRICS": true } }
	END
	"$UKGEN" --host=$HOST app.manifest
	"$UKGEN" inspect --json ukgen-build/app >app.json
	python3 "$TOP/tests/filter/union.py" "$TOP/docs/threat-model.md" app.json
	# the comparison sees a call too many, and one of any descriptor
	sed 's/"exit_group"/"socket"/' app.json >more.json
	! python3 "$TOP/tests/filter/union.py" "$TOP/docs/threat-model.md" more.json
	sed 's/pread64(fd block)/pread64/' app.json >more.json
	! python3 "$TOP/tests/filter/union.py" "$TOP/docs/threat-model.md" more.json
}

@test "a thread under an attacker's control can make the calls of its filter" {
	need_takeover
	# write(2, _, 0)
	[ "$(taken main 1 2 0 0)" = "returned 0" ]
	[ "$(taken other 1 2 0 0)" = "returned 0" ]
}

@test "neither thread can create or connect sockets, or duplicate descriptors" {
	need_takeover
	local thread net stopped
	net=$("$UKGEN" inspect --json "$(appliance_folder)/echo" | grep -o '"net": *\[ *[0-9]*' | grep -o '[0-9]*$')
	for thread in main other; do
		# the thread that runs the guest says which call it was
		[ $thread = main ] && stopped="ended with 159" || stopped="killed by signal 31"
		# socket(AF_UNIX, SOCK_STREAM, 0)
		[ "$(taken $thread 41 1 1 0)" = "$stopped" ]
		# connect(net, PATH), connect(net, @NAME)
		[ "$(taken $thread 42 $net unix:/run/dbus/system_bus_socket 110)" = "$stopped" ]
		[ "$(taken $thread 42 $net @service 110)" = "$stopped" ]
		# dup3(1, net, O_CLOEXEC), dup2(1, net), fcntl(1, F_DUPFD, net), close(net)
		[ "$(taken $thread 292 1 $net 0x80000)" = "$stopped" ]
		[ "$(taken $thread 33 1 $net)" = "$stopped" ]
		[ "$(taken $thread 72 1 0 $net)" = "$stopped" ]
		[ "$(taken $thread 3 $net)" = "$stopped" ]
		# recvmsg(net, _, 0), openat(AT_FDCWD, _, 0)
		[ "$(taken $thread 47 $net 0 0)" = "$stopped" ]
		[ "$(taken $thread 257 -100 0 0)" = "$stopped" ]
	done
}

@test "the helper has no guest memory and no capabilities, and ends with the monitor" {
	need_takeover
	local helper guest=4096
	echo_start
	helper=$(pgrep -P $holder)
	grep -q '^CapEff:	0000000000000000$' /proc/$helper/status
	grep -q '^NoNewPrivs:	1$' /proc/$helper/status
	grep -q '^Seccomp:	2$' /proc/$helper/status
	# it lacks the guest's 4 MiB; in a process the stack, a sixteenth of that, is among the monitor's variables
	[ $HOST = kvm ] || guest=3840
	[ $(awk '/^VmSize:/ { print $2 }' /proc/$helper/status) -lt $(($(awk '/^VmSize:/ { print $2 }' /proc/$holder/status) - guest)) ]
	kill -9 $holder
	wait $holder || true
	wait_for 5 test ! -e /proc/$helper
}
