# SPDX-License-Identifier: ISC
# boot_facilities.bats -- what every application expects of its surroundings: randomness, arguments, input, an orderly stop

load common

setup_file()
{
	boots || return 0
	appliance_build random "$(manifest_make random '"memory": "1M"')" "$TOP/tests/guests/random.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	PATH=$(appliance_folder):$PATH
}

@test "random bytes and the stack guard are others in each run, the guard even if the application brings one" {
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
