# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_mosquitto.bats -- the example with mosquitto: its own clients publish, subscribe and lose their connection
bats_require_minimum_version 1.5.0
load common
load http

there_is()
{
	[ -d "$TOP/build/deps/mosquitto-source" ] && sockets_are_built &&
		command -v mosquitto_pub >/dev/null
}

setup_file()
{
	there_is && boots || return 0
	appliance_build mosquitto "$TOP/examples/mosquitto/app.manifest" 2>"$BATS_FILE_TMPDIR/mosquitto.said"
	network_start
	nsenter -t "$network" -n "$(appliance_folder)/mosquitto" --net:service0=tap0 -- --ip=10.9.0.2/24 -c /etc/mosquitto/mosquitto.conf \
		>"$BATS_FILE_TMPDIR/mosquitto.out" 2>&1 3>&- &
	export server=$!
}

teardown_file()
{
	network_end
}

setup()
{
	there_is || skip "mosquitto's or lwIP's source, its clients or the C library is missing: ./configure --deps, ninja"
	need_tap
	cd "$BATS_TEST_TMPDIR"
	wait_for 20 publish -t awake -m yes 2>/dev/null
	subscriber=
}

teardown()
{
	[ -z "$subscriber" ] || { kill $subscriber; wait $subscriber; } 2>/dev/null || true
}

publish()
{
	inside mosquitto_pub -h 10.9.0.2 "$@"
}

# subscribe OUTPUT COUNT WORD...: in the background, as process $subscriber; returns when the broker has subscribed it
subscribe()
{
	nsenter -t "$network" -n timeout 20 stdbuf -oL mosquitto_sub -h 10.9.0.2 -d -C $2 "${@:3}" >$1 2>&1 3>&- &
	subscriber=$!
	wait_for 20 grep -q '^Subscribed' $1
}

# received OUTPUT: waits for the subscriber; what it printed, without its own messages, is in OUTPUT.messages then
received()
{
	wait $subscriber || { cat $1; return 1; }
	subscriber=
	grep -v '^Client \|^Subscribed' $1 >$1.messages
}

@test "of what mosquitto can call, only what its one process never calls is not served" {
	run cat "$BATS_FILE_TMPDIR/mosquitto.said"
	! sed -E 's/.* can call //; s/: no library.*//' <<<"$output" | tr -d ' ' | tr , '\n' |
		grep -vxE 'clone|dlopen'
}

@test "messages of each quality of service arrive once, in order, and only at those who asked" {
	local quality
	for quality in 0 1 2; do
		subscribe got 3 -q $quality -t "level/+/$quality" -v
		publish -q $quality -t "other/a/$quality" -m no
		printf 'first\nsecond\nthird\n' | publish -q $quality -t "level/a/$quality" -l
		received got
		[ "$(cat got.messages)" = "level/a/$quality first
level/a/$quality second
level/a/$quality third" ]
	done
}

@test "a message of 1 MB arrives whole, and a retained one at who comes later" {
	head -c 1000000 /dev/urandom | base64 -w 0 >large
	subscribe got 1 -t large
	publish -t large -f large
	received got
	cmp got.messages <(cat large; echo)
	publish -r -t kept -m kept
	[ "$(inside timeout 20 mosquitto_sub -h 10.9.0.2 -C 1 -t kept)" = kept ]
	publish -r -n -t kept
}

@test "the last will of a client that is killed is published" {
	subscribe got 1 -t will
	nsenter -t "$network" -n stdbuf -oL mosquitto_sub -h 10.9.0.2 -d -t nothing --will-topic will --will-payload gone >other 2>&1 3>&- &
	local client=$!
	wait_for 20 grep -q '^Subscribed' other
	kill -9 $client
	received got
	[ "$(cat got.messages)" = gone ]
}

@test "200 clients at once get what one publishes; names given to them differ" {
	local i
	for ((i = 0; i < 200; i++)); do
		nsenter -t "$network" -n timeout 40 stdbuf -oL mosquitto_sub -h 10.9.0.2 -d -C 1 -q 1 -t all >got$i 2>&1 3>&- &
	done
	all_are_subscribed() { [ "$(grep -l '^Subscribed' got* | wc -l)" = 200 ]; }
	wait_for 30 all_are_subscribed
	publish -q 1 -t all -m text
	for ((i = 0; i < 200; i++)); do
		wait_for 20 grep -qx text got$i
	done
	[ "$(grep -o 'connected from [^ ]* as [^ ]*' "$BATS_FILE_TMPDIR/mosquitto.out" | sed 's/.* as //' | sort -u | wc -l)" -gt 200 ]
}

@test "it ends with SIGTERM, as a process does" {
	kill $server
	wait_for 10 grep -q 'terminating' "$BATS_FILE_TMPDIR/mosquitto.out"
}
