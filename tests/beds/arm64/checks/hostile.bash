# SPDX-License-Identifier: ISC
# hostile.bash -- attacks on the monitor and on the guest's own rules: each ends as its source says (tests/hostile)

. "$TOP/tests/hostile/attacks.bash"

attacks_list aarch64 "$folder"
mapfile -t sources < <(attack_sources aarch64)
appliance_build hostile --modules "$TOP/tests/hostile/modules" \
	"$(manifest_make hostile '"memory": "2M"' '"cflags": [ "-I'"$folder"'" ]' '"devices": [
		{ "name": "disk", "type": "BLOCK_BASIC" }, { "name": "fixed", "type": "BLOCK_BASIC", "readonly": true } ]')" \
	"$TOP/tests/hostile/main.c" "${sources[@]}"
hypercalls=$("$UKGEN" inspect --json "$folder/bin/hostile" | grep -c '"number"')

for source in "${sources[@]}"; do
	for attack in $(attacks "$source"); do
		mapfile -t expected < <(attack_expected aarch64 "$source" "$attack")
		command="truncate -s 64K hostile.disk hostile.fixed
			./hostile --block:disk=hostile.disk --block:fixed=hostile.fixed $attack $hypercalls"
		case $attack in
		return_elsewhere | call_into_function | jump_to_function)
			only='!(max*)'
			check "$attack, without PAC and BTI" 9 "" "$command"
			only='max*' ;;
		esac
		check "$attack" "${expected[0]-not said in its source}" "$(attack_pattern "${expected[@]:0:1}" "${expected[@]}")" "$command"
		only='*'
	done
done
