# SPDX-License-Identifier: ISC
# boot_hostile.bats -- attacks on the monitor and on the guest's own rules: each ends as its source says
#
# The attacks are in tests/hostile, all in one application whose argument chooses.

load common
load ../hostile/attacks.bash

ARCH=$(uname -m)

setup_file()
{
	local folder sources
	folder=$(appliance_folder)
	attacks_list "$ARCH" "$folder"
	mapfile -t sources < <(attack_sources "$ARCH")
	boots || return 0
	appliance_build hostile --modules "$TOP/tests/hostile/modules" \
		"$(manifest_make hostile '"memory": "2M"' "\"cflags\": [ \"-I$folder\" ]" '"devices": [
			{ "name": "disk", "type": "BLOCK_BASIC" },
			{ "name": "fixed", "type": "BLOCK_BASIC", "readonly": true } ]')" \
		"$TOP/tests/hostile/main.c" "${sources[@]}"
}

# all SOURCE: makes each attack of a file, and tells of all that ended otherwise
all()
{
	local name hypercalls wrong=0 status output
	truncate -s 64K "$BATS_TEST_TMPDIR/disk" "$BATS_TEST_TMPDIR/fixed"
	hypercalls=$("$UKGEN" inspect --json "$(appliance_folder)/hostile" | grep -c '"number"')
	for name in $(attacks "$TOP/tests/hostile/$1"); do
		status=0
		output=$(appliance hostile --block:disk="$BATS_TEST_TMPDIR/disk" --block:fixed="$BATS_TEST_TMPDIR/fixed" \
			"$name" "$hypercalls" 2>&1) || status=$?
		attack_verdict "$ARCH" "$TOP/tests/hostile/$1" "$name" "$status" "$output" || wrong=1
	done
	[ $wrong = 0 ]
}

@test "every attack says how it must end, and has a name of its own" {
	local source name names=
	for source in $(attack_sources "$ARCH"); do
		for name in $(attacks "$source"); do
			[ -n "$(attack_expected "$ARCH" "$source" "$name")" ] || { echo "$name"; return 1; }
			names+="$name"$'\n'
		done
	done
	[ -z "$(sort <<<"$names" | uniq -d)" ]
}

@test "memory: what page tables forbid" {
	need_kvm
	all any/memory.c
}

@test "buffers: addresses that are not the guest's" {
	need_kvm
	all any/buffers.c
}

@test "arguments: alignment, overflow, overlap" {
	need_kvm
	all any/arguments.c
}

@test "devices: indices, offsets and rights that it lacks" {
	need_kvm
	all any/devices.c
}

@test "the processor: its tables, its privileged instructions, its ways to the monitor" {
	need_kvm
	local source wrong=0
	for source in "$TOP/tests/hostile/$ARCH"/*.c; do
		all "$ARCH/$(basename "$source")" || wrong=1
	done
	[ $wrong = 0 ]
}

@test "an attack that isn't there is found out" {
	need_kvm
	truncate -s 64K "$BATS_TEST_TMPDIR/disk" "$BATS_TEST_TMPDIR/fixed"
	run appliance hostile --block:disk="$BATS_TEST_TMPDIR/disk" --block:fixed="$BATS_TEST_TMPDIR/fixed" nothing 0
	[ "$status" = 99 ]
}
