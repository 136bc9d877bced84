# SPDX-License-Identifier: ISC
# common.bash -- shared by the end-to-end tests: building an appliance once per file, running it, skipping
#
# Appliances are built for HOST (kvm). Files whose name starts with boot_ are run
# once for each host; a test that is about one host alone has the tag host:kvm
# or host:process.
#
# A test file begins with `load common`. Files whose name starts with boot_ run
# appliances; tests/beds/test runs them again in a machine with /dev/kvm. There,
# building is slow, so it has them built beforehand: KEEP is a folder where
# appliances stay, BUILD_ONLY makes every test that needs KVM skip, with BUILT
# what is there is not built again. Where no guest can run, their setup_file
# builds only what the tests without KVM want.

TOP=$(readlink -f "$BATS_TEST_DIRNAME/../..")
while [ ! -f "$TOP/configure" ]; do TOP=$(dirname "$TOP"); done
export UKGEN=${UKGEN:-$TOP/build/ukgen}
export HOST=${HOST:-kvm}
# where the guest's image begins: core/machine/layout.h
IMAGE=0x100000
[ $HOST = kvm ] || IMAGE=0x10100000
source "$TOP/tests/files.bash"

# need_kvm: the test is skipped where no guest can run
need_kvm()
{
	[ -z "${BUILD_ONLY:-}" ] || skip "only building"
	[ $HOST = kvm ] || return 0
	[ -e /dev/kvm ] || skip "/dev/kvm is missing"
	[ -r /dev/kvm ] && [ -w /dev/kvm ] || skip "no permission for /dev/kvm"
}

# boots: false where every test that needs KVM is going to be skipped, and nothing is built for later
boots()
{
	[ -n "${BUILD_ONLY:-}" ] || [ $HOST != kvm ] || { [ -r /dev/kvm ] && [ -w /dev/kvm ]; }
}

# need COMMAND...: the test is skipped if one of them is not installed
need()
{
	local command
	for command; do
		command -v "$command" >/dev/null || skip "$command is missing"
	done
}

# need_root: the test is skipped for ordinary users
need_root()
{
	[ "$(id -u)" = 0 ] || skip "root is missing"
}

# appliance_size FILE: its bytes, without the record of what it was made from, which is never loaded
appliance_size()
{
	echo $(($(stat -c %s "$1") - 0x$(readelf -SW "$1" | sed -nE 's/.* \.note\.package +NOTE +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+).*/\1/p')))
}

# wait_for SECONDS COMMAND...: until the command succeeds; false if it doesn't meanwhile
wait_for()
{
	local i
	for ((i = 0; i < 10 * $1; i++)); do
		! "${@:2}" 2>/dev/null || return 0
		sleep 0.1
	done
	return 1
}

# asleep PID: it waits in the kernel
asleep()
{
	local state
	state=$(cat /proc/$1/stat)
	[[ ${state##*) } == S* ]]
}

# confined_asleep PID: returns when the monitor has its filter, and waits in the kernel
confined_asleep()
{
	wait_for 10 grep -q '^Seccomp:.*2' /proc/$1/status
	wait_for 10 asleep $1
}

# spent PID: hundredths of a second that it has run
spent()
{
	awk '{ print $14 + $15 }' /proc/$1/stat
}

# ran PID TIME: it has run that long
ran()
{
	[ $(spent $1) -ge $2 ]
}

# says TEXT...: $output has each of them, in this order, and perhaps other things between
says()
{
	local rest=$output text
	for text; do
		[[ $rest == *"$text"* ]] || { printf 'not said, or not there: %s\nall of it: %s\n' "$text" "$output"; return 1; }
		rest=${rest#*"$text"}
	done
}

# appliance_folder: where this file's appliances are built
appliance_folder()
{
	local folder=$BATS_FILE_TMPDIR
	[ -z "${KEEP:-}" ] || folder=$KEEP/$(basename "$BATS_TEST_FILENAME" .bats)
	mkdir -p "$folder"
	echo "$folder"
}

# built FILE: it is not to be built again
built()
{
	[ -n "${BUILT:-}" ] && [ -e "$1" ]
}

# appliance_build NAME UKGEN-ARGUMENT...: builds an appliance as NAME; for setup_file
appliance_build()
{
	local folder
	folder=$(appliance_folder)
	! built "$folder/$1" || return 0
	# one of an earlier build must not pass for this one
	"$UKGEN" --host=$HOST -o "$folder/$1" -B "$folder/$1.build" "${@:2}" || { rm -f "$folder/$1"; return 1; }
}

# appliance NAME ARGUMENT...: runs it, with a time limit of LIMIT seconds (60)
appliance()
{
	timeout -k 5 "${LIMIT:-60}" "$(appliance_folder)/$1" "${@:2}" </dev/null
}

# manifest_make NAME FIELD...: writes NAME.manifest beside the appliances, prints its path; a FIELD is '"key": value'
manifest_make()
{
	manifest_write "$(appliance_folder)" "$@"
}

# holder_start NAME ARGUMENT...: runs an appliance as process $holder; returns when its guest has printed something
holder_start()
{
	rm -f holder.out
	"$(appliance_folder)/$1" "${@:2}" >holder.out 2>holder.err 3>&- &
	holder=$!
	wait_for 10 test -s holder.out
}

# holder_continue FILE: the file's first byte changes, for which a guest waits with "until NAME 0"
holder_continue()
{
	printf x | dd of="$1" conv=notrunc status=none
}

# with_control_groups COMMAND...: in a mount namespace that takes what containers leave; control groups are
# mounted there where nothing mounted them
with_control_groups()
{
	unshare -m sh -c 'for place in /run /dev/shm /var/lib /var/tmp; do mount -t tmpfs none $place || exit; done
		{ [ -n "$(ls -A /sys/fs/cgroup)" ] || mount -t cgroup2 none /sys/fs/cgroup; } && exec "$@"' sh "$@"
}
