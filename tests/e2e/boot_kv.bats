# SPDX-License-Identifier: ISC
# boot_kv.bats -- examples/kv: commands, and that acknowledged changes survive kill -9 at any moment

load common

setup_file()
{
	boots || return 0
	appliance_build kv "$TOP/examples/kv/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	kv=$(appliance_folder)/kv
	truncate -s 128K store.img
}

teardown()
{
	[ -z "${holder:-}" ] || kill -9 $holder 2>/dev/null || true
}

# kv ARGUMENT...: one command
kv()
{
	run appliance kv --block:store=store.img -- "$@"
}

@test "put, get, del, list" {
	need_kvm
	kv put greeting hello, big wide world
	[ "$status" = 0 ] && [ -z "$output" ]
	kv put a 1
	kv get greeting
	[ "$output" = "hello, big wide world" ]
	kv list
	[ "$output" = "$(printf 'a 1\ngreeting hello, big wide world')" ]
	kv del a
	[ "$status" = 0 ]
	kv get a
	[ "$status" = 1 ]
	[ "$output" = 'kv: there is no key "a"' ]
	kv stat
	[ "$output" = "1 keys, 512 of 65024 bytes in use, generation 1" ]
}

@test "a full store is reported, can still delete, and has room again" {
	need_kvm
	truncate -s 4K store.img        # two areas of four blocks, one of them for the commit record
	kv put a 1
	kv put b 2
	kv put c 3
	[ "$status" = 0 ]
	kv put d 4
	[ "$status" = 1 ]
	[ "$output" = "kv: the device is full" ]
	kv put c 33
	[ "$status" = 0 ]
	kv del a
	[ "$status" = 0 ]
	kv put d 4
	[ "$status" = 0 ]
	kv list
	[ "$output" = "$(printf 'b 2\nc 33\nd 4')" ]
}

@test "damaged stores and other images are reported" {
	need_kvm
	for i in 1 2 3; do
		kv put key$i value
	done
	cp store.img good.img
	printf X | dd of=store.img bs=1 seek=550 conv=notrunc status=none
	kv list
	[ "$status" = 1 ]
	[ "$output" = "kv: the log is damaged: a record in its middle is not as it was written" ]
	# the last one may be torn
	cp good.img store.img
	printf X | dd of=store.img bs=1 seek=1060 conv=notrunc status=none
	kv list
	[ "$output" = "$(printf 'key1 value\nkey2 value')" ]
	run appliance kv --block:store=good.img --block-sector-size:store=4096 -- list
	[ "$status" = 1 ]
	[[ $output == "kv: the store was made with blocks of another size"* ]]
	printf 'some text' | dd of=store.img conv=notrunc status=none
	kv put a 1
	[ "$status" = 1 ]
	[[ $output == "kv: the device holds something else than a store"* ]]
}

@test "killed again and again under load, it keeps everything it acknowledged" {
	need_kvm
	# KV_KILLS: an emulated machine is too slow for so many
	seed=20261124 lives=${KV_KILLS:-200}
	echo "# seed $seed" >&3
	RANDOM=$seed
	# never readable: read -t from it is a sleep without a process
	exec {never}<> <(:)
	for ((life = 0; life < lives; life++)); do
		modes=(--block-mode:store=file --block-mode:store=mapped)
		mode=${modes[RANDOM % 2]}
		# here, lest a process that is killed before it has opened the file leaves the last one's
		: >load
		"$kv" --block:store=store.img --block-allocate:store "$mode" -- load $((seed + life)) 1000000 >load 2>&1 3>&- &
		holder=$!
		for ((i = 0; i < 1000; i++)); do
			[ ! -s load ] || break
			read -r -t 0.01 -u $never || true
		done
		read -r -t 0.0$((RANDOM % 50 + 10)) -u $never || true
		kill -9 $holder
		wait $holder 2>/dev/null || true
		# without the line that the kill may have cut in two
		{ echo run; { cat load; echo; } | head -n -1; } >>told
	done
	{ echo run; "$kv" --block:store=store.img -- load 0 0; } >>told
	run awk -f "$TOP/tests/e2e/kv.awk" told
	echo "# $output" >&3
	[ "$status" = 0 ]
	[[ $output =~ ^([0-9]+)\ acknowledged,\ ([0-9]+)\ lists$ ]]
	# under load: more than a change a life, and most of them came so far
	[ "${BASH_REMATCH[1]}" -gt $lives ]
	[ "${BASH_REMATCH[2]}" -gt $((lives / 2)) ]
	kv stat
	echo "# $output" >&3
	# and the log was compacted under way
	[ "${output##* }" -gt 1 ]
}
