# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_libc.bats -- ordinary C programs as appliances: served and unserved calls of the C library
bats_require_minimum_version 1.5.0
load common

PROGRAMS=$TOP/tests/guests/libc
ARCHIVE=$TOP/build/musl/$(uname -m)/lib/libc.a

# program NAME FIELD...: an appliance of the C library
program()
{
	appliance_build "$1" "$(manifest_make "$1" '"libraries": ["libc"]' "${@:2}")" "$PROGRAMS/$1.c"
}

setup_file()
{
	[ -f "$ARCHIVE" ] || return 0
	appliance_build printf "$TOP/examples/printf/app.manifest"
	boots || return 0
	program served '"memory": "64M"' '"environment": { "B": "two words", "TZ": "EST5EDT,M3.2.0,M11.1.0" }' 2>"$BATS_FILE_TMPDIR/served.said"
	program ends '"memory": "1M"'
	program lines '"memory": "1M"'
	program unserved '"memory": "1M"' 2>"$BATS_FILE_TMPDIR/unserved.said"
	cp -R "$PROGRAMS/root" "$(appliance_folder)/"
	program files '"memory": "16M"' '"files": ["root"]'
	program fopen '"memory": "1M"' '"files": ["root"]'
	program devices '"memory": "1M"'
	program full '"memory": "2M"'
	program absent '"memory": "8M"'
	program signals '"memory": "1M"' 2>"$BATS_FILE_TMPDIR/signals.said"
	program heap '"memory": "128M"'
	program jumps '"memory": "1M"'
	[ ! -d "$TOP/build/deps/lua" ] || appliance_build lua "$TOP/examples/lua/app.manifest" 2>/dev/null
}

setup()
{
	[ -f "$ARCHIVE" ] || skip "the C library is not built: ./configure --deps, ninja"
	cd "$BATS_TEST_TMPDIR"
}

@test "printf: a main, its arguments and its exit status" {
	need_kvm
	[ "$(appliance printf)" = "Hello, world!" ]
	[ "$(appliance printf 'big wide' world)" = "Hello big wide world!" ]
}

@test "a printf has at most 100 KB, with only the calls it makes and the modules console and arguments" {
	local folder
	folder=$(appliance_folder)
	"$UKGEN" inspect --json "$folder/printf" >json
	[ "$(jq_names modules name)" = "argument_words console core" ]
	[ "$(jq_names hypercalls name)" = "abort console_write exit" ]
	[ "$(jq_names library_calls call)" = "close exit exit_group lseek writev" ]
	grep -q '"cause": "hello.c uses printf"' json
	[ "$(uname -m)" != x86_64 ] || [ "$(appliance_size "$folder/printf")" -le 100000 ]
}

# jq_names LIST KEY: the values of a key in one of the lists of a description, in order
jq_names()
{
	python3 -c 'import json, sys
print(*sorted(entry[sys.argv[2]] for entry in json.load(open("json"))[sys.argv[1]]))' "$@"
}

@test "every served call behaves as in a process, errors included" {
	need_kvm
	need musl-gcc
	local folder
	folder=$(appliance_folder)
	[ ! -s "$BATS_FILE_TMPDIR/served.said" ]
	musl-gcc -static -o process "$PROGRAMS/served.c"
	(exec -a "$folder/served" env -i B="two words" TZ=EST5EDT,M3.2.0,M11.1.0 ./process one 'two three' '' </dev/null) | cat >expected || true
	appliance served one 'two three' '' | cat >output
	diff expected output
	[ "$(wc -l <output)" -gt 120 ]
}

@test "longjmp returns its value, and restores the signal mask if it was saved" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$PROGRAMS/jumps.c"
	./process >expected
	appliance jumps >output
	diff expected output
	[ "$(wc -l <output)" = 4 ]
}

@test "standard input arrives unchanged, up to its end" {
	need_kvm
	printf 'one\ntwo\nthree' >lines
	[ "$(timeout 20 "$(appliance_folder)/lines" <lines)" = $'3: three\n2: two\n1: one' ]
	[ "$( (echo early; sleep 0.3; echo late) | timeout 20 "$(appliance_folder)/lines")" = $'2: late\n1: early' ]
	[ "$(appliance lines)" = "" ]
}

@test "exit, _exit, return, abort, assert and signals end a program with their status" {
	need_kvm
	ends() { run --separate-stderr -"$1" appliance ends "$2"; }
	ends 7 exit
	[ "$output" = $'begun\natexit\nended' ]
	ends 8 _exit
	[ "$output" = "begun" ]
	ends 9 return
	[ "$output" = $'begun\natexit\nended' ]
	ends 255 abort
	[ "$output" = "begun" ]
	[[ $stderr == *"ABORT"* ]]
	ends 255 assert
	[[ $output == *"Assertion failed: word[0] == 'b' ("*"ends.c: main: "* ]]
	ends 143 SIGTERM
	ends 10 handler
	[ "$output" = $'begun\nSIGABRT' ]
	ends 255 caught
	[ "$output" = $'begun\nSIGABRT' ]
	ends 255 deadlock
	[[ $output == *"waits for itself"* ]]
}

# signalled PROGRAM WAY: sends it SIGTERM once it is ready, then input; prints its output and its status
signalled()
{
	local process status=0
	rm -f in out
	mkfifo in
	# also for reading, so that there is a reader when the program has ended
	exec 7<>in
	"$1" "$2" <in >out 2>/dev/null 3>&- 7>&- &
	process=$!
	wait_for 10 test -s out
	# it waits; one that works does not
	[ "$2" = work ] || wait_for 10 grep -q '^State:.S' "/proc/$process/status"
	kill -TERM $process
	[ "$2" != restart ] || wait_for 10 grep -q handler out
	[[ $2 != restart && $2 != ignore ]] || echo input >&7
	wait $process || status=$?
	exec 7>&-
	cat out
	echo "status $status"
}

@test "SIGTERM from outside runs its handler at the next call, and interrupts waiting calls, as in a process" {
	need_kvm
	need musl-gcc
	local folder way
	folder=$(appliance_folder)
	musl-gcc -static -o process "$PROGRAMS/signals.c"
	[ ! -s "$BATS_FILE_TMPDIR/signals.said" ]
	for way in sleep read restart poll pselect sigsuspend sigwait work default ignore; do
		signalled ./process $way >expected
		signalled "$folder/signals" $way >output
		diff expected output
		[ "$(wc -l <output)" -ge 2 ]
	done
}

@test "alarms work as in a process, and end a program without a handler" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$PROGRAMS/signals.c"
	run -142 ./process alarm
	printf '%s\n' "${lines[@]}" >expected
	run -142 appliance signals alarm
	diff expected <(printf '%s\n' "${lines[@]}")
	[ "${#lines[@]}" -gt 15 ]
}

@test "time zones come from TZ, or from files, and are UTC without either" {
	need_kvm
	need musl-gcc zic
	local outside=$PWD/root/zones
	mkdir -p root/zones root/etc
	zic -d root/zones - <<-'END'
		Rule X 1996 max - Mar lastSun 1:00u 1:00 S
		Rule X 1996 max - Oct lastSun 1:00u 0 -
		Zone Test/City 0:53:28 - LMT 1893 Apr
		               1:00 X TE%sT
	END
	ln -s ../zones/Test/City root/etc/localtime
	echo 'not a zone' >root/zones/text
	manifest_write . zones '"libraries": ["libc"]' '"files": ["root"]' '"memory": "2M"'
	"$UKGEN" --host=$HOST -o zones -B build zones.manifest "$PROGRAMS/zones.c"
	"$UKGEN" inspect --json zones >json
	[[ " $(jq_names library_calls call) " != *" openat "* ]]
	musl-gcc -static -o process "$PROGRAMS/zones.c"
	TZ=:$outside/Test/City ./process EST5EDT,M3.2.0,M11.1.0 "$outside/Test/City" UTC0 "$outside/text" "$outside/none" "<+0530>-5:30" >expected
	timeout 20 ./zones EST5EDT,M3.2.0,M11.1.0 /zones/Test/City UTC0 /zones/text /zones/none "<+0530>-5:30" >output
	diff expected output
	grep -q '2024-03-31 03:00:00 +0200 TEST' output
	TZ=UTC0 ./process >expected
	timeout 20 ./zones --env=TZ=UTC0 >output
	diff expected output
	rm -r root
	mkdir root
	"$UKGEN" --host=$HOST -o zones -B build zones.manifest "$PROGRAMS/zones.c"
	timeout 20 ./zones >output
	diff expected output
}

@test "unserved calls fail with ENOSYS, and are reported with their cause when the appliance is made" {
	need_kvm
	local said
	said=$(cat "$BATS_FILE_TMPDIR/unserved.said")
	for line in "vfork, which can call clone" "execv, which can call execve" "pthread_create, which can call pthread_create" \
		"socket, which can call socket" "dlopen, which can call dlopen" "syscall, which can call syscall" \
		"pipe, which can call pipe2" "shmget, which can call shmget"; do
		[[ $said == *"unserved.manifest: warning: unserved.c uses $line: no library serves it; it fails with ENOSYS"* ]]
	done
	run appliance unserved
	[ "$status" = 0 ]
	for call in fork vfork system popen pipe eventfd timerfd_create inotify_init shmget mq_open ptrace mount chroot execv \
		pthread_create socket syscall; do
		echo "$call: 38"
	done >expected
	echo "dlopen: nothing: Function not implemented" >>expected
	diff expected <(echo "$output")
}

# bats test_tags=host:kvm
@test "LIBC_UNSERVED_ERROR refuses unserved calls" {
	manifest_write . refused '"libraries": ["libc"]' '"config": { "LIBC_UNSERVED_ERROR": true }'
	run -1 "$UKGEN" refused.manifest "$PROGRAMS/unserved.c"
	[[ $output == *"unserved.c uses vfork, which can call clone: no library serves it; leave LIBC_UNSERVED_ERROR off to have it fail with ENOSYS"* ]]
	[ ! -e ukgen-build/refused ]
}

@test "every unserved call of Linux is reported with its cause, and fails with ENOSYS" {
	need python3
	python3 "$PROGRAMS/unserved.py" "$ARCHIVE" .
	[ "$(wc -l <names)" -gt 120 ]
	for call in clone execve pthread_create dlopen pipe2 socket; do
		grep -qx $call names
	done
	manifest_write . every '"libraries": ["libc"]' '"memory": "1M"' '"config": { "LIBC_UNSERVED_ERROR": true }'
	run -1 "$UKGEN" --host=$HOST every.manifest functions.c
	[ ! -e ukgen-build/every ]
	grep -o 'functions.c uses [^:]*' <<<"$output" | sed 's/.*can call //; s/, /\n/g' | sort >told
	diff <(sort names) told
	need_kvm
	manifest_write . every '"libraries": ["libc"]' '"memory": "1M"'
	"$UKGEN" --host=$HOST every.manifest errors.c 2>said
	grep -q 'library "libc" can call .*: no library serves them; they fail with ENOSYS' said
	timeout 20 ukgen-build/every >output
	diff <(sed 's/$/: -38/' names) output
}

# bats test_tags=host:kvm
@test "for a program without main, the message lists the accepted entry functions" {
	manifest_write . none '"libraries": ["libc"]'
	echo 'int other(void) { return 0; }' >none.c
	run -1 "$UKGEN" none.manifest none.c
	[[ $output == *"nothing defines solo5_app_main or main; give the sources"* ]]
	echo 'int main(void) { return 0; } int solo5_app_main(const void *info) { return !info; }' >both.c
	run -1 "$UKGEN" none.manifest both.c
	[[ $output == *"both.c defines solo5_app_main and both.c defines main; an application begins with one of them"* ]]
}

@test "an application of solo5.h can use the C library" {
	need_kvm
	manifest_write . api '"libraries": ["libc"]' '"memory": "2M"'
	cat >api.c <<-'END'
		#include <solo5.h>
		#include <stdio.h>
		#include <stdlib.h>

		int solo5_app_main(const struct solo5_start_info *info)
		{
			char *text = malloc(20);

			snprintf(text, 20, "%zu %d\n", info->heap_size, 42);
			fputs(text, stdout);
			exit(4);
		}
	END
	"$UKGEN" --host=$HOST api.manifest api.c
	run -4 timeout 20 ukgen-build/api
	[ "$output" = "0 42" ]
}

# bats test_tags=host:kvm
@test "programs for 64-bit ARM have the same calls" {
	need aarch64-linux-gnu-gcc
	[ -f "$TOP/build/musl/aarch64/lib/libc.a" ] || skip "the C library for 64-bit ARM is not built"
	"$UKGEN" --host=$HOST --arch=aarch64 -o printf -B build "$TOP/examples/printf/app.manifest"
	[ "$(appliance_size printf)" -le 100000 ]
	manifest_write . fopen '"libraries": ["libc"]' '"memory": "1M"'
	"$UKGEN" --host=$HOST --arch=aarch64 fopen.manifest "$PROGRAMS/fopen.c"
	[ "$(appliance_size ukgen-build/fopen)" -le 116000 ]
	# landing pads in musl's assembly, too, or no page would be guarded
	aarch64-linux-gnu-readelf -n build/app.o | grep -q BTI
	manifest_write . served '"libraries": ["libc"]' '"memory": "64M"' '"environment": { "TZ": "UTC" }'
	"$UKGEN" --host=$HOST --arch=aarch64 served.manifest "$PROGRAMS/served.c"
}

@test "files are opened, read, written, renamed and removed as in a process, errors included" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$PROGRAMS/files.c"
	cp -R "$PROGRAMS/root" root
	mkdir root/tmp
	(cd root && ../process) >expected
	appliance files >output
	diff expected output
	[ "$(wc -l <output)" -gt 180 ]
}

@test "a program that opens a file has at most 116 KB, without input, host clock or sleep" {
	need_kvm
	local folder
	folder=$(appliance_folder)
	[ "$(appliance fopen /sub/digits)" = 0123456789 ]
	[ "$(appliance fopen /link)" = 0123456789 ]
	# a stack of 64 KiB is enough for links without end
	run -1 appliance fopen /loop
	[ "$output" = "/loop: Symbolic link loop" ]
	"$UKGEN" inspect --json "$folder/fopen" >json
	[ "$(jq_names hypercalls name)" = "abort console_write exit memory_return" ]
	[ "$(uname -m)" != x86_64 ] || [ "$(appliance_size "$folder/fopen")" -le 116000 ]
}

@test "the devices of /dev are as in a process, errors included" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$PROGRAMS/devices.c"
	echo a line | ./process 2>/dev/null | cat >expected
	echo a line | timeout 60 "$(appliance_folder)/devices" 2>&1 | tr -d '\r' >output
	# the process' standard error is elsewhere
	grep -qx 'also by its name' output
	diff expected <(grep -vx 'also by its name' output)
	[ "$(wc -l <output)" -gt 180 ]
}

@test "devices can't be moved or removed, and /dev is a folder like any other" {
	need_kvm
	echo | appliance devices change >output
	sed -n '/^unlink("\/dev\/null")/,/^open("\/dev\/null", O_RDWR)/p' output | sed 's/ $//' >changes
	diff - changes <<-END
		unlink("/dev/null"): -1 Resource busy
		rename("/dev/null", "/dev/other"): -1 Resource busy
		rename("/tmp", "/dev/null"): -1 Resource busy
		rename("/plain", "/dev/null"): -1 Resource busy
		rename("/dev", "/devices"): -1 Resource busy
		rmdir("/dev"): -1 Resource busy
		link("/dev/null", "/null"): -1 Operation not permitted
		symlink("/dev/zero", "/zeroes"): 0
		read(file, &byte, 1): 1
		unlink("/dev/stdout"): -1 Resource busy
		chmod("/dev/null", 0600): 0
		stat("/dev/null", &state): 0
		stat: 20600 1:3 0 1
		stat("/dev/stdout", &state): 0
		stat: 20666 5:1 0 1
		chown("/dev/null", 0, 0): 0
		fchmod(file, 0666): 0
		rename("/dev/mine", "/dev/my"): 0
		unlink("/dev/my"): 0
		mknod("/dev/mine", S_IFCHR | 0666, makedev(1, 3)): -1 Operation not permitted
		open("/dev/null", O_RDWR): 5
	END
}

# reader NAME [FIELD...]: an appliance whose exit status is 0 if it can open its last argument
reader()
{
	echo '#include <fcntl.h>
		int main(int count, char **words) { return open(words[count - 1], O_RDONLY) < 0; }' >reader.c
	manifest_write . "$1" '"libraries": ["libc"]' '"memory": "1M"' "${@:2}"
	"$UKGEN" --host=$HOST -B "$1.build" -o "$1" "$1.manifest" reader.c
}

@test "devices are there only if the program, its environment or its files name one" {
	need_kvm
	reader without
	[ -z "$(nm without.build/*.guest.elf | grep device)" ]
	run -1 ./without /dev/null
	reader environment '"environment": { "LOG": "/dev/stderr" }'
	nm environment.build/*.guest.elf | grep -q guest_devices_make
	run -0 ./environment /dev/null
	run -1 ./environment /dev/random
	mkdir -p root/etc
	echo 'seed /dev/urandom' >root/etc/conf
	reader files '"files": ["root"]'
	run -0 ./files /dev/null
	run -0 ./files /dev/random
	cp files before
	reader files '"files": ["root"]'
	cmp before files
	rm root/etc/conf
	reader files '"files": ["root"]'
	run -1 ./files /dev/null
}

@test "files of \"files\" in /dev come before devices" {
	need_kvm
	mkdir -p root/dev/full
	echo mine >root/dev/zero
	ln -s zero root/dev/null
	cat >own.c <<-END
		#include <stdio.h>
		int main(int count, char **words)
		{
			char line[10] = "";
			FILE *file = fopen(count > 1 ? words[1] : "/dev/null", "r");

			return !(file && fgets(line, sizeof(line), file) && line[0] == 'm');
		}
	END
	manifest_write . own '"libraries": ["libc"]' '"memory": "1M"' '"files": ["root"]'
	"$UKGEN" --host=$HOST -o own own.manifest own.c
	run -0 ./own /dev/zero
	run -0 ./own /dev/null
	run -1 ./own /dev/full
	run -1 ./own /dev/stdout
}

@test "file types and users that there are not are refused as Linux does where it has none of them" {
	need_kvm
	run -0 appliance absent
	[ "$output" = "link: Operation not permitted
mkfifo: Operation not permitted
chown: Operation not permitted
flock: Resource deadlock would occur
mmap: No such device
open O_TMPFILE: Not supported
setuid: Operation not permitted
seteuid: Operation not permitted
setresgid: Operation not permitted
setgroups: Operation not permitted
setgroups of group 0: done
setsid: Operation not permitted
setpgid: Operation not permitted
statvfs: 255 blocks fewer
accessed: when modified" ]
}

@test "a full tree is ENOSPC, and still works" {
	need_kvm
	run appliance full
	[ "$status" = 0 ]
	[[ $output =~ ^"No space left on device after "([0-9]+)" KiB"$'\n'"again "([0-9]+)" KiB"$ ]]
	((BASH_REMATCH[1] > 500 && BASH_REMATCH[1] < 1024 && BASH_REMATCH[2] >= BASH_REMATCH[1]))
}

@test "the same files give the same bytes, whatever their times, order and folder" {
	cp -R "$PROGRAMS/root" root
	manifest_write . fopen '"libraries": ["libc"]' '"files": ["root"]'
	"$UKGEN" --host=$HOST -o one -B build fopen.manifest "$PROGRAMS/fopen.c"
	mkdir other
	(cd root && find . -depth ! -type d | sort -r | cpio --quiet -pdm ../other/root)
	touch -d 2001-01-01 other/root/lines
	cp fopen.manifest other/
	"$UKGEN" --host=$HOST -o two -B other/build other/fopen.manifest "$PROGRAMS/fopen.c"
	cmp one two
	echo more >>root/lines
	"$UKGEN" --host=$HOST -o three -B build fopen.manifest "$PROGRAMS/fopen.c"
	run -1 cmp -s one three
	! boots || [[ $(timeout 20 ./three /lines) == *more ]]
}

@test "names of files are bytes, in UTF-8 or not" {
	local name=$'caf\xe9 \x01 "\\n??/'
	mkdir -p "root/$name"
	echo -n 0123456789 >"root/$name/"$'\xff\xfe'
	manifest_write . odd '"libraries": ["libc"]' '"files": ["root"]'
	"$UKGEN" --host=$HOST -o odd -B build odd.manifest "$PROGRAMS/fopen.c"
	! boots || [ -n "${BUILD_ONLY:-}" ] || [ "$(timeout 20 ./odd "/$name/"$'\xff\xfe')" = 0123456789 ]
	"$UKGEN" files --make=1M image root
	"$UKGEN" files image >listed
	# for terminals, too
	[ -z "$(LC_ALL=C grep '[^ -~]' listed)" ]
	"$UKGEN" files --extract=out image
	diff -r root out
}

# bats test_tags=host:kvm
@test "a file that changes while it is packed is an error, and nothing is written" {
	mkdir root
	head -c 32M /dev/zero >root/growing
	: >on
	while [ -e on ]; do echo >>root/growing; done 3>&- &
	manifest_write . growing '"libraries": ["libc"]' '"memory": "64M"' '"files": ["root"]'
	run -1 "$UKGEN" growing.manifest "$PROGRAMS/fopen.c"
	rm on
	wait
	[ "$output" = "ukgen: root/growing: changes while it is read; compose again when it is complete" ]
	[ ! -e ukgen-build/growing ]
}

@test "an application of solo5.h can use the tree of files" {
	need_kvm
	cp -R "$PROGRAMS/root" root
	manifest_write . tree '"memory": "1M"' '"files": ["root"]'
	"$UKGEN" --host=$HOST tree.manifest "$TOP/tests/guests/files.c"
	run timeout 20 ukgen-build/tree
	[ "${lines[0]}" = "/dangling 120777 7 nothing" ]
	[[ $output == *"/sub/digits 100644 10 0123456789"* ]]
	[[ $output == *"/sub 40755 0"* ]]
}

@test "Lua runs a script, and reads lines as they arrive" {
	need_kvm
	[ -d "$TOP/build/deps/lua" ] || skip "Lua's source is not there: ./configure --deps"
	[ "$(appliance lua /queens.lua 6)" = "6 queens: 4 ways" ]
	run timeout 20 "$(appliance_folder)/lua" <<<$'= 6 * 7\nio.open("/f", "w"):write("kept")\nprint(io.open("/f"):read())\nos.exit(5)'
	[ "$status" = 5 ]
	[[ $output == *42* ]]
}

@test "Lua behaves as its manual says, and as in a process" {
	need_kvm
	need lua5.4
	[ -d "$TOP/build/deps/lua" ] || skip "Lua's source is not there: ./configure --deps"
	TZ=UTC0 lua5.4 - <"$TOP/tests/guests/lua/manual.lua" >expected
	timeout 60 "$(appliance_folder)/lua" --mem=256 - <"$TOP/tests/guests/lua/manual.lua" >output
	diff expected output
	[ "$(tail -n 1 output)" = "all hold" ]
}

@test "Lua's prompt under a terminal reads lines and their end" {
	need_kvm
	need tmux
	[ -d "$TOP/build/deps/lua" ] || skip "Lua's source is not there: ./configure --deps"
	local tmux=(tmux -S "$PWD/socket" -f /dev/null)
	"${tmux[@]}" new-session -d -x 80 -y 24 "'$(appliance_folder)/lua'; echo status \$?; read -r end"
	wait_for 20 shows "> *$"
	"${tmux[@]}" send-keys '6 * 7' Enter
	wait_for 20 shows '^42$'
	"${tmux[@]}" send-keys 'for i = 1, 2 do' Enter 'print("line", i) end' Enter
	wait_for 20 shows '^line *2$'
	"${tmux[@]}" send-keys C-d
	wait_for 20 shows '^status 0$'
	"${tmux[@]}" kill-server
}

# shows PATTERN: true if a line on the terminal matches
shows()
{
	tmux -S "$PWD/socket" capture-pane -p | grep -q "$1"
}

@test "a sleeping program has at most 100 KiB of private memory" {
	need_kvm
	local processes=() private
	program asleep '"memory": "16M"'
	# of two copies, which share what is not changed
	for copy in 1 2; do
		"$(appliance_folder)/asleep" >$copy.out 3>&- &
		processes+=($!)
		wait_for 10 grep -q asleep $copy.out
	done
	private=$(awk '/^Private_(Clean|Dirty):/ { sum += $2 } END { print sum }' "/proc/${processes[1]}/smaps_rollup")
	kill "${processes[@]}"
	((private > 8 && private <= 100))
}

@test "freed memory is returned to the host" {
	need_kvm
	local said process
	coproc HEAP { exec "$(appliance_folder)/heap"; }
	process=$HEAP_PID
	resident() { awk '/^VmRSS/ { print $2 }' "/proc/$process/status"; }
	read -r -t 20 said <&"${HEAP[0]}" && [ "$said" = full ]
	(($(resident) > 48 * 1024))
	echo >&"${HEAP[1]}"
	read -r -t 20 said <&"${HEAP[0]}" && [ "$said" = free ]
	(($(resident) < 8 * 1024))
	echo >&"${HEAP[1]}"
	read -r -t 20 said <&"${HEAP[0]}" && [ "$said" = again ]
	kill "$process"
}
