# SPDX-License-Identifier: ISC
# sandbox.bats -- the sandbox besides the filter: users, capabilities, Landlock, descriptors, limits
#
# A program linked with the core's sandbox.c tries everything, with a filter that
# allows all calls (tests/sandbox/within.c). No KVM is needed.
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	appliance_build hello "$TOP/examples/hello/app.manifest"
	cc -std=gnu11 -D_GNU_SOURCE -O2 -fno-strict-aliasing -I "$(appliance_folder)/hello.build/gen" \
		-I "$TOP/core" -I "$TOP/core/$(uname -m)" -o "$BATS_FILE_TMPDIR/within" "$TOP/tests/sandbox/within.c" \
		"$TOP/core/sandbox.c" "$TOP/core/descriptor.c" "$TOP/core/message.c" "$TOP/core/error.c" \
		"$TOP/core/kvm/filter.c"
}

setup()
{
	# by this name other users reach it, too, whatever the folder is
	exec 9<"$BATS_FILE_TMPDIR/within"
	program=/proc/self/fd/9
	cd "$BATS_TEST_TMPDIR"
	chmod a+rwx .
}

# within COMMAND...: the lines that the program says from inside, in $output; it ends by a write to its tables
within()
{
	run -139 "$@"
	output=${output#*inside$'\n'}
}

# printed LINE...: these lines are among what was printed
printed()
{
	local line
	for line; do
		grep -qxF -- "$line" <<<"$output" || { echo "not said: $line"; echo "$output"; return 1; }
	done
}

# landlock: its version here; 0 where there is none
landlock()
{
	sed -n 's/^Landlock: //p' <<<"$output"
}

EMPTY="No such file or directory"

# closed_off [$EMPTY]: what holds for every user, and for one who was root
closed_off()
{
	printed "capabilities: 0 0 0" "no_new_privs: 1, dumpable: 0" "limit core: 0 0" "limit processes: 0 0" \
		"write to standard output: ok"
	# in an empty root folder no name is anything, with or without Landlock
	[ "$(landlock)" -gt 0 ] || [ $# = 1 ] || return 0
	local error=${1:-Permission denied} deed
	for deed in "read a file" "make a file" "open a device" "make a folder"; do
		printed "$deed: $error"
	done
	# or that user's limit on processes keeps it from it
	printed "execute a file: $error" || printed "execute a file: Resource temporarily unavailable"
	[ "$(landlock)" -gt 0 ] || return 0
	printed "list a folder: Permission denied"
	[ "$(landlock)" -ge 4 ] || return 0
	printed "connect by TCP: Permission denied" "bind a TCP port: Permission denied"
	[ "$(landlock)" -ge 6 ] || return 0
	printed "connect to an abstract socket: Operation not permitted" "signal a process: Operation not permitted"
}

@test "root becomes nobody" {
	need_root
	within $program
	closed_off "$EMPTY"
	printed "user: 65534 65534, group 65534 65534, 0 more" "make a process: Resource temporarily unavailable" \
		"signal a process: Operation not permitted"
}

@test "root becomes the user that --user names, or stays root" {
	need_root
	within $program 12345
	closed_off "$EMPTY"
	printed "user: 12345 12345, group 12345 12345, 0 more"
	within $program keep
	closed_off "$EMPTY"
	printed "user: 0 0, group 0 0, 0 more"
}

@test "an ordinary user stays, and cannot become another" {
	need_root
	need setpriv
	within setpriv --reuid=1000 --regid=1000 --clear-groups $program
	closed_off
	printed "user: 1000 1000, group 1000 1000, 0 more" "make a process: Resource temporarily unavailable"
	run -1 setpriv --reuid=1000 --regid=1000 --clear-groups $program 77
	[[ $output == *"within: --user=77: become that user and group: Operation not permitted" ]]
}

@test "an ordinary user's ambient capabilities go" {
	need_root
	need setpriv
	within setpriv --reuid=1000 --regid=1000 --clear-groups --inh-caps=+net_admin --ambient-caps=+net_admin \
		$program
	closed_off
}

@test "root of a user namespace with no other user stays" {
	need unshare
	unshare -r true || skip "no user namespaces here"
	within unshare -r $program
	closed_off "$EMPTY"
	printed "user: 0 0, group 0 0, 0 more"
	run -1 unshare -r $program 77
	[[ $output == *"within: --user=77: become that user and group: Operation not permitted" ]]
}

@test "a container's root that may not change users stays" {
	need_root
	need setpriv
	within setpriv --bounding-set=-setuid,-setgid $program
	closed_off "$EMPTY"
	printed "user: 0 0, group 0 0, 0 more"
}

@test "works in a kernel or container without Landlock" {
	need strace
	local user=()
	[ "$(id -u)" != 0 ] || user=(setpriv --reuid=1000 --regid=1000 --clear-groups)
	# nothing keeps it from executing true, then, unless that user has other processes
	run "${user[@]}" strace -o /dev/null -e inject=landlock_create_ruleset:error=ENOSYS $program
	[ "$status" = 0 ] || printed "execute a file: Resource temporarily unavailable"
	printed "capabilities: 0 0 0" "no_new_privs: 1, dumpable: 0" "read a file: ok"
	need_root
	within strace -o /dev/null -e inject=landlock_create_ruleset:error=ENOSYS $program
	closed_off "$EMPTY"
}

@test "works without /proc, and in a container whose root may not chroot" {
	need_root
	within setpriv --bounding-set=-sys_chroot $program
	closed_off
}

@test "only the needed descriptors are left open" {
	run -139 --separate-stderr $program 5</dev/null 17>/dev/null 99</dev/null 101</dev/null 220</dev/null
	printed "descriptors: 1 2 100"
}
