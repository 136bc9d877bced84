# SPDX-License-Identifier: ISC
# boot_solo5.bats -- applications built with Solo5's tools: the promises of Solo5

load common
load solo5
load http

setup_file()
{
	local guests=$TOP/tests/guests

	solo5_tools
	solo5_manifest none
	solo5_object words_o "$guests/solo5_words.c"
	solo5_link words words_o none
	boots || return 0
	solo5_manifest storages $(printf 'BLOCK_BASIC:storage%d ' {0..62})
	solo5_manifest served NET_BASIC:service BLOCK_BASIC:storage
	solo5_object started_o "$guests/solo5_started.c"
	solo5_link started started_o served
	solo5_object state_o "$guests/solo5_state.c" -O3
	solo5_object clock_o "$guests/solo5_clock.c"
	solo5_object large_o "$guests/solo5_large.c"
	solo5_object stack_o "$guests/solo5_stack.S"
	solo5_object thread_o "$guests/solo5_thread.c"
	solo5_object devices_o "$guests/solo5_devices.c"
	solo5_link state state_o none
	solo5_link clock clock_o none
	solo5_link large large_o stack_o none
	solo5_link thread thread_o none
	solo5_link devices devices_o storages
}

teardown()
{
	[ -z "${starter:-}" ] || kill $starter 2>/dev/null || true
	network_end
}

# words_are TEXT ARGUMENT...: its command line is TEXT
words_are()
{
	run appliance words "${@:2}"
	[ "$status" = 0 ]
	[ "$output" = "[$1]" ]
}

@test "the command line is passed unchanged" {
	need_kvm
	words_are ""
	words_are "one" one
	words_are "one  two three" "one  two" three
	words_are " \"quoted\" 'too' " " \"quoted\" 'too' "
	words_are "--verbose -x" -- --verbose -x
	words_are "-x" -x
}

@test "Solo5's own arguments are removed from its front, and only there" {
	need_kvm
	words_are "" --solo5:quiet
	words_are "" -- --solo5:debug
	words_are "one --solo5:quiet" --solo5:quiet one --solo5:quiet
	words_are "one" -- --solo5:debug --solo5:quiet one
	words_are "--solo5:other one" --solo5:other one
	words_are "--solo5:quieter" -- --solo5:quieter
	words_are "one" --solo5:error --solo5:warn --solo5:info one
	words_are "one --solo5:warn" -- --solo5:info --solo5:quiet --solo5:debug one --solo5:warn
	words_are "one" --mem=3 --solo5:quiet one
}

@test "exit statuses are the application's" {
	need_kvm
	local word want
	while read -r word want; do
		run appliance words $word
		[ "$status" = "$want" ] || { echo "$word: $status"; return 1; }
	done <<-END
	success 0
	failure 1
	exit 200
	exit-high 42
	abort 255
	END
}

@test "the stack protector's value is random on each start, and a smashed stack aborts" {
	need_kvm
	appliance words guard >"$BATS_TEST_TMPDIR/one"
	appliance words guard >"$BATS_TEST_TMPDIR/two"
	grep -E '^[0-9a-f]{14}00$' "$BATS_TEST_TMPDIR/one"
	! cmp -s "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/two"
	run appliance words smash
	[ "$status" = 255 ]
	[ "${lines[1]}" = "words: ABORT: solo5_abort() called" ]
}

@test "read-only data cannot be executed" {
	need_kvm
	run appliance words execute-rodata
	[ "$status" = 255 ]
	[ "${lines[1]}" = "words: ABORT: guest trap: page fault (#PF), error code 0x15" ]
}

@test "registers are as the ABI requires at the start, and calls preserve them" {
	need_kvm
	run appliance state $HOST
	[ "$status" = 0 ]
}

@test "each thread has its own variables, correctly aligned" {
	need_kvm
	run appliance thread
	[ "$status" = 0 ]
}

@test "time goes forward, and as fast as the host's" {
	need_kvm
	# a second on the guest's clock takes a second of the host's
	local start=$EPOCHREALTIME end
	run appliance clock
	end=$EPOCHREALTIME
	[ "$status" = 0 ]
	[ $(((${end/./} - ${start/./}) / 1000)) -ge 990 ]
}

@test "6 MB of text and data, from an object of 9 MB; no executable stack even if an object requests one" {
	need_kvm
	[ "$(stat -c %s "$(appliance_folder)/large_o.o")" -gt 9000000 ]
	run appliance large --mem=16
	[ "$status" = 0 ]
}

@test "63 devices" {
	need_kvm
	local i options=()
	cd "$BATS_TEST_TMPDIR"
	for i in {0..62}; do
		truncate -s $(((i + 1) * 512)) disk$i
		options+=("--block:storage$i=disk$i")
	done
	run appliance devices "${options[@]}"
	echo "status $status: $output"
	[ "$status" = 0 ]
	# each has its own number in its last block
	for i in {0..62}; do
		[ "$(od -An -tu1 -j $((i * 512)) -N 1 disk$i)" -eq $i ]
	done
}

@test "without --mem, 512 MiB as in Solo5" {
	run "$(appliance_folder)/words" --describe
	[[ $output =~ '"bytes":'\ ?536870912 ]]
}

# started TEXT FILE: returns when the line with TEXT is there
started()
{
	wait_for 20 grep -qF "$1" "$2" || { cat "$2"; return 1; }
}

@test "albatross's command line: a tender with a version, a processor, a pipe for all output, a file without execute permission" {
	need_kvm
	need_root
	need taskset
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	cd "$BATS_TEST_TMPDIR"
	local tender=hvt
	[ $HOST = kvm ] || tender=spt
	network_start
	ln -s "$(command -v solo5-ukgen)" solo5-$tender.1000
	./solo5-$tender.1000 --version | grep -qx 'ABI version 1000'
	install -m 644 "$(appliance_folder)/started" hello.img
	echo "first word" >storage
	truncate -s 1M storage
	mkfifo hello.fifo
	cat hello.fifo >out 3>&- &
	nsenter -t $network -n taskset -c 0 "$PWD/solo5-$tender.1000" --mem=32 --net:service=tap0 --net-mac:service=02:00:00:00:00:2a \
		--block:storage="$PWD/storage" --block-sector-size:storage=1024 -- "$PWD/hello.img" --ipv4=10.9.0.2/24 '--name=two words' \
		</dev/null >>hello.fifo 2>&1 3>&- &
	starter=$!
	started "[--ipv4=10.9.0.2/24 --name=two words] 02:00:00:00:00:2a first word" out
	[ "$(readlink /proc/$starter/exe)" != "$UKGEN" ]
	kill $starter
	run wait $starter
	starter=
}

@test "urunc's command line: in a root of its own, all of the guest's words in one" {
	need_kvm
	need_root
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	cd "$BATS_TEST_TMPDIR"
	local tender=hvt
	[ $HOST = kvm ] || tender=spt
	network_start
	mkdir -p root/unikernel root/dev root/usr/lib root/usr/local/bin
	cp "$UKGEN" root/usr/local/bin/solo5-$tender
	install -m 755 "$(appliance_folder)/started" root/unikernel/started
	echo "first word" >root/dev/storage
	truncate -s 1M root/dev/storage
	cat >start <<-END
		set -e
		for folder in /lib /lib64 /usr/lib; do
			[ -d \$folder ] || continue
			mkdir -p root\$folder
			mount --bind \$folder root\$folder
		done
		mkdir -p root/dev/net
		touch root/dev/net/tun
		mount --bind /dev/net/tun root/dev/net/tun
		[ $HOST = process ] || { touch root/dev/kvm; mount --bind /dev/kvm root/dev/kvm; }
		exec chroot root /usr/local/bin/solo5-$tender --mem=256 --net:service=tap0 --net-mac:service=02:00:00:00:00:2b \\
			--block:storage=/dev/storage -- /unikernel/started '--ipv4=10.9.0.2/24 --ipv4-gateway=10.9.0.1 serve'
	END
	nsenter -t $network -n unshare --mount sh start </dev/null >out 2>&1 3>&- &
	starter=$!
	started "[--ipv4=10.9.0.2/24 --ipv4-gateway=10.9.0.1 serve] 02:00:00:00:00:2b first word" out
	kill $starter
	run wait $starter
	starter=
}
