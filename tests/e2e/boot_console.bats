# SPDX-License-Identifier: ISC
# boot_console.bats -- standard input, output and error that are closed, full, non-blocking, limited or unread
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	local disk='"devices": [ { "name": "disk", "type": "BLOCK_BASIC" } ]'

	boots || return 0
	appliance_build lines "$(manifest_make lines '"memory": "1M"')" "$TOP/tests/guests/lines.c"
	appliance_build disk "$(manifest_make disk '"memory": "4M"' "$disk" '"config": { "GDB": true, "DUMPCORE": true }')" \
		"$TOP/tests/guests/disk.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	need_kvm
	writer=$(appliance_folder)/lines
	# O_TMPFILE is not for every file system
	folder=$(mktemp -d /dev/shm/ukgen-console.XXXXXX)
	truncate -s 64K disk.img
}

teardown()
{
	rm -rf "$folder"
}

@test "a closed pipe ends the appliance, as any program; with --console-lost=go-on it continues" {
	run -0 --separate-stderr bash -c '"$1" 100000 | head -n 2; echo "${PIPESTATUS[0]}"' bash "$writer"
	[ "$(tail -n 1 <<<"$output")" = 141 ]
	[ "$(wc -l <<<"$output")" = 3 ]
	[ -z "$stderr" ]
	run -0 --separate-stderr bash -c '"$1" --console-lost=go-on 5000 | head -n 2; echo "${PIPESTATUS[0]}"' bash "$writer"
	[ "$(tail -n 1 <<<"$output")" = 7 ]
	[ -z "$stderr" ]
	run -1 "$writer" --console-lost=never
	[ "$output" = "lines: --console-lost=never: accepted are end and go-on" ]
}

# non_blocking COMMAND...: runs it with descriptor 1, which is a pipe, not blocking
non_blocking()
{
	perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, fcntl(STDOUT, F_GETFL, 0) | O_NONBLOCK) or die; exec @ARGV' "$@"
}

@test "a non-blocking pipe gets all text, however slow its reader" {
	need perl
	# 2 MiB through a pipe that holds 64 KiB
	non_blocking "$writer" 32768 | { sleep 1; cat; } >text || [ "${PIPESTATUS[0]}" = 7 ]
	[ "$(wc -lc <text | tr -s ' ')" = " 32768 2097152" ]
	[ "$(tail -n 1 text | cut -c 1-8)" = 00032767 ]
}

@test "the same for messages on standard error, and for a debugger at standard output" {
	need perl
	# fills the pipe but for less than the message
	{ non_blocking perl -e 'syswrite(STDOUT, "x" x 100) while !$!; $! = 0; syswrite(STDOUT, "y") while !$!;
		open(STDERR, ">&STDOUT"); exec @ARGV' "$writer" --mem=0 || true; } | { sleep 1; cat; } >text
	[[ $(tail -n 1 text) =~ 'lines: --mem=0: not a number from 1 to '[0-9]+$ ]]
	# twenty answers of 16 KiB each
	for request in {1..20}; do
		printf -v packet 'm%x,1ff0' $((0x120000 + request))
		sum=0
		for ((i = 0; i < ${#packet}; i++)); do printf -v code %d "'${packet:i:1}"; sum=$((sum + code)); done
		printf '$%s#%02x' "$packet" $((sum % 256))
	done >asked
	printf '$k#6b' >>asked
	{ non_blocking "$(appliance_folder)/disk" --gdb=stdio --block:disk=disk.img <asked || true; } | { sleep 1; cat; } >answers
	[ "$(tr -cd '$' <answers | wc -c)" -ge 20 ]
}

@test "a file size limit (ulimit -f) doesn't end the appliance: text is lost with one message, the guest gets an error, there is no core file" {
	local command
	for command in "ulimit -f 64; exec" "trap '' XFSZ; ulimit -f 64; exec"; do
		run -7 bash -c "$command '$writer' 4000 >text"
		[ "$output" = "lines: standard output: File too large; the guest's text is lost" ]
		[ "$(stat -c %s text)" = 65536 ]
		rm text
		truncate -s 256K large.img
		run -0 bash -c "$command '$(appliance_folder)/disk' --block:disk=large.img -- writes disk 0 512 A writes disk 131072 512 B"
		[ "$output" = "write ok"$'\n'"write unspecified" ]
		run -255 bash -c "$command '$(appliance_folder)/disk' --dumpcore=$folder --block:disk=disk.img -- peek 0"
		[ "${lines[-1]}" = "disk: no core file in $folder: File too large" ]
		[ -z "$(ls -A "$folder")" ]
	done
}

@test "a full disk or a broken terminal loses text, with one message" {
	run -7 --separate-stderr bash -c "'$writer' 100 >/dev/full"
	[ "$stderr" = "lines: standard output: No space left on device; the guest's text is lost" ]
	run -7 --separate-stderr bash -c "'$writer' 100 1</dev/null"
	[ "$stderr" = "lines: standard output: Bad file descriptor; the guest's text is lost" ]
}

@test "closed standard descriptors: their numbers are not reused" {
	for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&-' '1>&- 2>&-' '0<&- 1>&- 2>&-'; do
		printf '%s' "$(head -c 65536 /dev/zero | tr '\0' A)" >disk.img
		# a trap has something to say on both
		run -255 bash -c "exec '$(appliance_folder)/disk' --block:disk=disk.img -- info disk peek 0 $closed"
		[ "$(tr -d A <disk.img | wc -c)" = 0 ]
	done
	# what the guest's processor is reached by is never standard output
	bash -c "exec '$(appliance_folder)/disk' --block:disk=disk.img -- sleep 60 0<&- 1>&- 2>&- 3>&-" &
	monitor=$!
	wait_for 20 grep -q '^Seccomp:.*2' /proc/$monitor/status
	for fd in 1 2; do
		[ "$(readlink /proc/$monitor/fd/$fd)" = /dev/null ]
	done
	kill -9 $monitor
	wait $monitor || true
}

@test "messages contain no control characters of names, not even C1" {
	run -1 "$writer" $'--a\xc2\x9bb\x9bc\x1bd\xe0\x82\x9be\x7f \xc3\xbc\xe2\x82\xac\xc2\xb0\xf0\x9f\x98\x80'
	[[ $output == *$': --a\xc2?b?c?d\xe0??e? \xc3\xbc\xe2\x82\xac\xc2\xb0\xf0\x9f\x98\x80: unknown option'* ]]
}

@test "messages begin with the name of the file that was started" {
	cp "$writer" elsewhere
	ln -s elsewhere linked
	run -1 ./elsewhere --mem=x
	[[ $output == "elsewhere: --mem=x: "* ]]
	run -1 ./linked --mem=x
	[[ $output == "linked: --mem=x: "* ]]
	run -1 bash -c 'exec -a "" ./elsewhere --mem=x'
	[[ $output == "lines: --mem=x: "* ]]
	# longer than any file's: the message needs room
	run -1 bash -c 'exec -a "$(printf %01000d 0)" ./elsewhere --mem=x'
	[[ $output == "lines: --mem=x: "* ]]
	run -0 ./linked --help
	[[ $output == "usage: linked "* ]]
}

@test "a container whose filter refuses close_range" {
	need strace
	for error in EPERM ENOSYS; do
		run -0 --separate-stderr strace -f -o trace -e trace=close_range,getdents64,close -e inject=close_range:error=$error \
			"$(appliance_folder)/disk" --block:disk=disk.img -- info disk 3</dev/null 7</dev/null 130</dev/null 777</dev/null
		[ "$output" = "65536 512" ] && [ -z "$stderr" ]
		for fd in 3 7 130 777; do
			grep -q "close($fd) *= 0" trace
		done
	done
	run -1 strace -f -o trace -e trace=close_range,openat -e inject=close_range:error=EPERM -e inject=openat:error=ENOENT:when=1 \
		"$(appliance_folder)/disk" --block:disk=disk.img -- info disk
	[ "$output" = "disk: close inherited descriptors: close_range is refused, and /proc/self/fd: No such file or directory" ]
}
