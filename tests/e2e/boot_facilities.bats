# SPDX-License-Identifier: ISC
# boot_facilities.bats -- the facilities of every application: randomness, arguments, environment, input, memory

load common

setup_file()
{
	boots || return 0
	appliance_build random "$(manifest_make random '"memory": "1M"')" "$TOP/tests/guests/random.c"
	appliance_build words "$(manifest_make words '"memory": "1M"' '"environment": { "TZ": "UTC", "LEVEL": "a \"b\" ??/\n" }')" \
		"$TOP/tests/guests/words.c"
	appliance_build memory_return "$(manifest_make memory_return '"memory": "2M"')" "$TOP/tests/guests/memory_return.c"
	appliance_build sleeper "$(manifest_make sleeper '"memory": "1M"')" "$TOP/tests/guests/sleeper.c"
	appliance_build input "$(manifest_make input '"memory": "1M"' '"config": { "GDB": true }')" "$TOP/tests/guests/input.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
}

@test "random bytes and the stack guard differ in each run, even if the application defines the guard" {
	need_kvm
	local first second
	first=$(appliance random)
	second=$(appliance random)
	[[ $first =~ ^[0-9a-f]{32}$'\n'00[0-9a-f]{14}$ ]]
	[ "${first%$'\n'*}" != "${second%$'\n'*}" ]
	[ "${first#*$'\n'}" != "${second#*$'\n'}" ]
	# 00, then seven bytes that the application did not choose
	[[ $first != *3412000000000000 && $second != *3412000000000000 ]]
}

@test "arguments are passed word by word, after the name of the appliance" {
	need_kvm
	run appliance words 'a b' '' '--c  d' $'e\tf'
	[ "$status" = 0 ]
	[ "${lines[0]}" = "arguments [$(appliance_folder)/words] [a b] [] [--c  d] [e"$'\t'"f]" ]
	[[ $output == *"line [a b  --c  d e"$'\t'"f]"* ]]
	run bash -c "exec -a called '$(appliance_folder)/words' --mem 2 -- --solo5:quiet --mem=3"
	[ "${lines[0]}" = "arguments [called] [--mem=3]" ]
}

@test "the environment is the manifest's, with the changes of --env" {
	need_kvm
	run appliance words
	[ "$status" = 0 ]
	[ "${lines[1]}" = 'environment [TZ=UTC] [LEVEL=a "b" ??/' ]
	[[ $(appliance words --describe) == *'"environment":["TZ=UTC","LEVEL=a \"b\" ??/\n"]'* ]]
	run appliance words --env=TZ=CET --env A=1 --env=A=2=3 --env EMPTY= --env LEVEL=1
	[ "$status" = 0 ]
	[ "${lines[1]}" = 'environment [TZ=CET] [A=2=3] [EMPTY=] [LEVEL=1]' ]
	[ "${lines[3]}" = "${lines[1]}" ]
}

@test "invalid settings, too many and too long ones are refused" {
	need_kvm
	local i options=()
	run appliance words --env TZ
	[ "$status" = 1 ]
	[ "$output" = "words: --env=TZ: not a setting; accepted is NAME=VALUE" ]
	run appliance words --env --mem=3
	[ "$status" = 1 ]
	[ "$output" = "words: --env: needs a value; use --env=NAME=VALUE" ]
	for ((i = 0; i < 256; i++)); do options+=(--env "N$i=$i"); done
	run appliance words "${options[@]}" --env TZ=UTC
	[ "$output" = "words: --env=TZ=UTC: more than 256 settings" ]
	run appliance words "${options[@]}"
	[ "$output" = "words: --env: more than 256 settings with those of the manifest" ]
	run appliance words --env "LONG=$(head -c 40000 /dev/zero | tr '\0' x)"
	[ "$status" = 1 ]
	[ "$output" = "words: the guest's environment: longer than half its stack of 64 KiB" ]
	# the words twice: as one line, and one by one
	run appliance words "$(head -c 20000 /dev/zero | tr '\0' x)"
	[ "$output" = "words: the guest's arguments: longer than half its stack of 64 KiB" ]
}

# typed APPLIANCE ARGUMENT...: runs it, with what comes after its first line typed into a pipe
typed()
{
	mkfifo pipe
	"$(appliance_folder)/$1" "${@:2}" <pipe >printed 2>said 3>&- &
	holder=$!
	exec 7>pipe
	wait_for 10 grep -q ready printed
}

@test "input and its end arrive when typed; a sleeping guest is woken, a polling one finds them" {
	need_kvm
	local how
	for how in sleep spin deadline peek; do
		rm -f pipe
		typed input $how
		case $how in
		spin) wait_for 10 ran $holder $(($(spent $holder) + 2)) ;;
		deadline) wait_for 10 grep -q tick printed ;;
		*) confined_asleep $holder ;;
		esac
		printf 'one\n' >&7
		wait_for 5 grep -qx '\[one' printed
		printf 'two' >&7
		wait_for 5 grep -qx '\[two\]' printed
		exec 7>&-
		wait $holder
		[ "$(grep -v tick printed)" = $'ready\n[one\n]\n[two]\nend' ]
		[ ! -s said ]
	done
}

@test "input is a file, a device or closed, and reads take no more than they ask for" {
	need_kvm
	local folder
	folder=$(appliance_folder)
	printf 'abcdefg' >file
	[ "$("$folder/input" small <file)" = $'ready\n[abc]\n[def]\n[g]\nend' ]
	[ "$("$folder/input" sleep </dev/null)" = $'ready\nend' ]
	[ "$("$folder/input" sleep <&-)" = $'ready\nend' ]
	[ "$("$folder/input" sleep <.)" = $'ready\nend' ]
	# a guest that doesn't read is not woken
	"$folder/input" ignore </dev/null
	"$folder/input" ignore <file
}

@test "a guest that waits for input uses no CPU time, and a polling one makes few exits" {
	need_kvm
	need strace pgrep
	local before
	typed input sleep
	confined_asleep $holder
	before=$(spent $holder)
	sleep 0.5
	[ $(($(spent $holder) - before)) -le 3 ]
	exec 7>&-
	wait $holder
	rm pipe
	mkfifo pipe
	before=${EPOCHREALTIME/./}
	strace -f -o trace "$(appliance_folder)/input" spin <pipe >printed 2>/dev/null 3>&- &
	holder=$!
	exec 7>pipe
	wait_for 10 grep -q ready printed
	wait_for 30 eval '[ "$(grep -c ppoll trace)" -gt 50 ]'
	exec 7>&-
	wait $holder
	# one look in 10 ms
	[ "$(grep -c ppoll trace)" -le $(((${EPOCHREALTIME/./} - before) / 8000 + 10)) ]
}

@test "a terminal gives whole lines, single keys in raw mode, and the end at Ctrl-D" {
	need_kvm
	need python3
	python3 - "$(appliance_folder)/input" <<-'END'
		import os, pty, sys, time, tty

		def asleep(process):
		    end = time.monotonic() + 10
		    while open(f"/proc/{process}/stat").read().rsplit(") ", 1)[1][0] != "S":
		        assert time.monotonic() < end
		        time.sleep(0.01)

		def run(keys, raw):
		    process, terminal = pty.fork()
		    if not process:
		        os.execv(sys.argv[1], ["input", "sleep"])
		    if raw:
		        tty.setraw(terminal)
		    seen = b""
		    while b"ready" not in seen:
		        seen += os.read(terminal, 100)
		    for key in keys:
		        asleep(process)
		        os.write(terminal, key)
		    while b"end" not in seen and not seen.endswith(b"[x]\n"):
		        seen += os.read(terminal, 100)
		    os.close(terminal)
		    return seen

		assert b"[abc\r\n]" in run([b"ab", b"c\n", b"\x04"], False)
		assert b"[x]" in run([b"x"], True)
	END
}

@test "gdb on standard input leaves none for the guest, and a message says so" {
	need_kvm
	run appliance input --gdb=stdio
	[ "$status" = 1 ]
	[ "$output" = "input: --gdb=stdio: standard input is the guest's; accepted are a port and unix:PATH, too" ]
}

@test "standard input is closed in appliances that don't read it" {
	need_kvm
	mkfifo pipe
	exec 7<>pipe
	"$(appliance_folder)/sleeper" <pipe 3>&- &
	holder=$!
	wait_for 10 grep -q '^Seccomp:.*2' /proc/$holder/status
	[ ! -e /proc/$holder/fd/0 ]
	kill $holder
	wait $holder || true
	exec 7>&-
}

@test "pages of the heap are returned to the host, and nothing else" {
	need_kvm
	run appliance memory_return
	[ "$status" = 255 ]
	[ "$(grep -c ': yes$' <<<"$output")" = 9 ]
	! grep ': no$' <<<"$output"
	# a buffer that ends beyond the heap ends the guest, as of every call
	[[ $output == *memory_return* ]]
}
