# SPDX-License-Identifier: ISC
# boot_facilities.bats -- what every application expects of its surroundings: randomness, arguments, input, an orderly stop

load common

setup_file()
{
	boots || return 0
	appliance_build random "$(manifest_make random '"memory": "1M"')" "$TOP/tests/guests/random.c"
	appliance_build words "$(manifest_make words '"memory": "1M"' '"environment": { "TZ": "UTC", "LEVEL": "a \"b\" ??/\n" }')" \
		"$TOP/tests/guests/words.c"
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

@test "arguments come word by word as they were given, behind how the appliance was called" {
	need_kvm
	run appliance words 'a b' '' '--c  d' $'e\tf'
	[ "$status" = 0 ]
	[ "${lines[0]}" = "arguments [$(appliance_folder)/words] [a b] [] [--c  d] [e"$'\t'"f]" ]
	[[ $output == *"line [a b  --c  d e"$'\t'"f]"* ]]
	run bash -c "exec -a called '$(appliance_folder)/words' --mem 2 -- --solo5:quiet --mem=3"
	[ "${lines[0]}" = "arguments [called] [--mem=3]" ]
}

@test "the environment is the manifest's, as --env changes it and adds to it" {
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

@test "settings that are none, too many or too long are refused" {
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
