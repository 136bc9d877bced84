# SPDX-License-Identifier: ISC
# begins first in a bed: it takes two minutes
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
	attacks_read "$ARCH"
	attacks_list "$folder"
	mapfile -t sources < <(attack_sources "$ARCH")
	boots || return 0
	appliance_build hostile --modules "$TOP/tests/hostile/modules" \
		"$(manifest_make hostile '"memory": "2M"' "\"cflags\": [ \"-I$folder\" ]" '"devices": [
			{ "name": "disk", "type": "BLOCK_BASIC" },
			{ "name": "fixed", "type": "BLOCK_BASIC", "readonly": true } ]')" \
		"$TOP/tests/hostile/main.c" "${sources[@]}"
}

# all PATTERN: makes each attack of the files below tests/hostile, and tells of all that ended otherwise
all()
{
	local name hypercalls wrong=0 status output
	attacks_read "$ARCH"
	truncate -s 64K "$BATS_TEST_TMPDIR/disk" "$BATS_TEST_TMPDIR/fixed"
	hypercalls=$("$UKGEN" inspect --json "$(appliance_folder)/hostile" | grep -c '"number"')
	for name in "${attacks[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ ${attack_source[$name]} == $1 ]] || continue
		status=0
		output=$(appliance hostile --block:disk="$BATS_TEST_TMPDIR/disk" --block:fixed="$BATS_TEST_TMPDIR/fixed" \
			"$name" "$hypercalls" 2>&1) || status=$?
		attack_verdict "$name" "$status" "$output" || wrong=1
	done
	[ $wrong = 0 ]
}

@test "every attack says how it must end, and has a unique name" {
	local name
	attacks_read "$ARCH"
	[ ${#attacks[@]} -gt 0 ]
	for name in "${attacks[@]}"; do
		[ -n "${attack_status[$name]}" ] || { echo "$name"; return 1; }
	done
	[ -z "$(printf '%s\n' "${attacks[@]}" | sort | uniq -d)" ]
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

@test "devices: invalid indices and offsets, missing rights" {
	need_kvm
	all any/devices.c
}

@test "the processor: its tables, privileged instructions, and ways to the monitor" {
	need_kvm
	all "$ARCH/*"
}

@test "a missing attack is detected" {
	need_kvm
	truncate -s 64K "$BATS_TEST_TMPDIR/disk" "$BATS_TEST_TMPDIR/fixed"
	run appliance hostile --block:disk="$BATS_TEST_TMPDIR/disk" --block:fixed="$BATS_TEST_TMPDIR/fixed" nothing 0
	[ "$status" = 99 ]
}
