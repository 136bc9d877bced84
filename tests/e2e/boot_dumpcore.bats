# SPDX-License-Identifier: ISC
# boot_dumpcore.bats -- core files that real gdb opens: after traps and aborts, and none otherwise

load common

setup_file()
{
	local options='"memory": "2M", "cflags": ["-O0"], "sources": ["'$TOP'/tests/guests/debuggee.c"]'

	appliance_build dumper "$(manifest_make dumper "$options" '"config": {"DUMPCORE": true}')"
	appliance_build none "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	# O_TMPFILE is not for every file system
	folder=$(mktemp -d /dev/shm/ukgen-dumpcore.XXXXXX)
}

teardown()
{
	rm -rf "$folder"
}

# dump DEED GDB-COMMAND...: the guest ends by DEED; what gdb shall say of its core file goes to words
dump()
{
	local command
	core=$folder/$1
	mkdir "$core"
	run appliance dumper --dumpcore="$core" "$1"
	[ "$status" = 255 ]
	core=$(echo "$core"/*)
	[[ $core == "$folder/$1"/dumper.core.*.* ]]
	[ "${lines[-1]}" = "dumper: core file: $core" ]
	words+=(-ex "core-file $core")
	for command in "${@:2}"; do words+=(-ex "$command"); done
}

@test "crash, stack overflow, jump to null, abort: backtrace, variables, memory and registers" {
	need_kvm
	need gdb
	words=()
	dump crash 'backtrace' 'print where' 'print/x (int)$eflags & 2' 'print counter' 'info registers rip' 'print $mxcsr'
	# a core of 2 MiB with few pages in it
	[ "$(stat -c %s "$core")" -gt $((1 << 20)) ]
	[ "$(du -k "$core" | cut -f 1)" -lt 200 ]
	[ "$(stat -c %a "$core")" = 600 ]
	dump overflow 'backtrace -3'
	dump jump 'backtrace'
	dump abort 'backtrace'
	run timeout 250 gdb -nx -q -batch -iex 'set debuginfod enabled off' \
		"$(appliance_folder)/dumper.build/dumper.guest.elf" "${words[@]}"
	[[ $output != *warning* ]]
	says 'SIGSEGV' '#0 ' 'crash (where=0x10)' '#1 ' 'in solo5_app_main' 'in _start' '0x10' '0x2' '= 0' '<crash+' 'IM'
	says 'SIGSEGV' 'SIGSEGV' 'in overflow (depth=0)' 'in solo5_app_main' 'in _start'
	says 'SIGSEGV' '#0  0x0000000000000000 in ?? ()' '#1 ' 'in jump (function=0x0)' 'in solo5_app_main' 'in _start'
	says 'SIGABRT' 'in solo5_abort' 'in solo5_app_main' 'in _start'
}

@test "a normal exit, a kill and a run without the option leave no file" {
	need_kvm
	run appliance dumper --dumpcore="$folder" calls
	[ "$status" = 27 ]
	"$(appliance_folder)/dumper" --dumpcore="$folder" busy 3>&- &
	monitor=$!
	wait_for 10 grep -q '^Seccomp:.*2' /proc/$monitor/status || true
	kill -9 $monitor
	wait $monitor || true
	run appliance dumper crash
	[ "$status" = 255 ]
	[[ $output != *"core file"* ]]
	[ -z "$(ls -A "$folder")" ]
}

@test "folders that cannot take the file are refused before the guest runs" {
	need_kvm
	run appliance dumper --dumpcore=absent
	[ "$status" = 1 ]
	[ "$output" = "dumper: --dumpcore=absent: No such file or directory" ]
	touch file
	run appliance dumper --dumpcore=file
	[ "$status" = 1 ]
	[ "$output" = "dumper: --dumpcore=file: Not a directory" ]
	run appliance dumper --dumpcore=/proc
	[ "$status" = 1 ]
	[ "$output" = "dumper: --dumpcore=/proc: its file system has no files without a name (O_TMPFILE); choose another folder" ]
}

@test "started as root, the helper runs as the folder's owner, without capabilities, and the file belongs to that user" {
	need_kvm
	need_root
	local owner=1234 helper
	for owner in 1234 0; do
		mkdir "$folder/$owner"
		chown $owner:77 "$folder/$owner"
		"$(appliance_folder)/dumper" --dumpcore="$folder/$owner" busy 3>&- &
		monitor=$!
		wait_for 10 grep -q '^Seccomp:.*2' /proc/$monitor/status
		helper=$(cat /proc/$monitor/task/$monitor/children)
		grep -qx "Uid:	$owner	$owner	$owner	$owner" /proc/${helper% }/status
		grep -qx "Gid:	77	77	77	77" /proc/${helper% }/status
		grep -qx "Groups:	 *" /proc/${helper% }/status
		[ "$(grep -c '^Cap[IPEA].*:	0000000000000000$' /proc/${helper% }/status)" = 4 ]
		grep -qx 'NoNewPrivs:	1' /proc/${helper% }/status
		grep -qx 'Seccomp:	2' /proc/${helper% }/status
		[ "$(ls /proc/${helper% }/fd | wc -l)" = 4 ]
		kill -9 $monitor
		wait $monitor || true
		run appliance dumper --dumpcore="$folder/$owner" crash
		[ "$status" = 255 ]
		[ "$(stat -c '%u %g %a' "$folder/$owner"/*)" = "$owner 77 600" ]
	done
	# which only root's capabilities would do
	mkdir -m 555 "$folder/closed"
	chown 1234 "$folder/closed"
	run appliance dumper --dumpcore="$folder/closed" crash
	[ "$status" = 1 ]
	[ "$output" = "dumper: --dumpcore=$folder/closed: its owner can't create files there: Permission denied" ]
}

@test "a full disk is reported, and no partial file is left" {
	need_kvm
	need_root
	mkdir full
	mount -t tmpfs -o size=8k tmpfs full
	run appliance dumper --dumpcore=full crash
	left=$(ls -A full)
	umount full
	[ "$status" = 255 ]
	[ "${lines[-1]}" = "dumper: no core file in full: No space left on device" ]
	[ -z "$left" ]
}

@test "an appliance without dumpcore has nothing of it" {
	need nm
	appliances=$(appliance_folder)
	nm "$appliances/dumper.build/dumper.monitor.elf" >with
	grep -q ' dumpcore_end$' with
	grep -q ' registers_dump$' with
	# a module that only reads registers gets no call that writes them
	run "$UKGEN" inspect "$appliances/dumper"
	[ $HOST != kvm ] || [[ $output == *KVM_GET_REGS* ]]
	[[ $output != *KVM_SET_REGS* ]]
	nm "$appliances/none.build/hello.monitor.elf" >without
	grep -q ' host_console_write$' without
	run grep -E ' (dumpcore|core_write|registers?_|debug_)' without
	[ "$status" = 1 ]
	run "$UKGEN" inspect "$appliances/none"
	[[ $output == *"console_write"* ]]
	[[ ! $output =~ dumpcore|linkat|ftruncate|pwrite|GET_REGS ]]
}
