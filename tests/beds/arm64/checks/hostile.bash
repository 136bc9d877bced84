# SPDX-License-Identifier: ISC
# hostile.bash -- attacks on the monitor and on the guest's own rules: each ends as its source says (tests/hostile)

. "$TOP/tests/hostile/attacks.bash"

attacks_read aarch64
attacks_list "$folder"
mapfile -t sources < <(attack_sources aarch64)
appliance_build hostile --modules "$TOP/tests/hostile/modules" \
	"$(manifest_make hostile '"memory": "2M"' '"cflags": [ "-I'"$folder"'" ]' '"devices": [
		{ "name": "disk", "type": "BLOCK_BASIC" }, { "name": "fixed", "type": "BLOCK_BASIC", "readonly": true } ]')" \
	"$TOP/tests/hostile/main.c" "${sources[@]}"
hypercalls=$("$UKGEN" inspect --json "$folder/bin/hostile" | grep -c '"number"')

for attack in "${attacks[@]}"; do
	command="truncate -s 64K hostile.disk hostile.fixed
		./hostile --block:disk=hostile.disk --block:fixed=hostile.fixed $attack $hypercalls"
	case $attack in
	return_elsewhere | sign_with_both_keys | call_into_function | jump_to_function)
		only='!(max*)'
		check "$attack, without PAC and BTI" 9 "" "$command"
		only='max*' ;;
	esac
	pattern=${attack_pattern[$attack]}
	[ "${attack_status[$attack]}" != 0 ] || pattern=
	check "$attack" "${attack_status[$attack]}" "$pattern" "$command"
	only='*'
done
