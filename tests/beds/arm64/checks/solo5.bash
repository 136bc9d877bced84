# SPDX-License-Identifier: ISC
# solo5.bash -- built with Solo5's tools: command line, statuses, stack protector, threads, clocks

solo5=$folder/solo5
mkdir -p "$solo5"
for name in solo5-elftool aarch64-solo5-none-static-cc; do
	ln -sf "$UKGEN" "$solo5/$name"
done
echo '{ "type": "solo5.manifest", "version": 1, "devices": [] }' >"$solo5/manifest.json"
"$solo5/solo5-elftool" gen-manifest "$solo5/manifest.json" "$solo5/manifest.c" || exit 1
"$solo5/aarch64-solo5-none-static-cc" -c "$solo5/manifest.c" -o "$solo5/manifest.o" || exit 1
abi=hvt
[ $HOST = kvm ] || abi=spt
for name in words thread clock; do
	source=$TOP/tests/guests/solo5_$name.c
	[ "$folder/bin/$name" -nt "$source" ] && [ "$folder/bin/$name" -nt "$UKGEN" ] ||
		"$solo5/aarch64-solo5-none-static-cc" -O2 -z solo5-abi=$abi "$source" "$solo5/manifest.o" \
			-o "$folder/bin/$name" >&2 || exit 1
done

check "Solo5's own arguments are taken off the command line" 0 "[[]one  two[]]" './words -- --solo5:quiet "one  two"'
check "statuses of Solo5: failure" 1 "[[]failure[]]" "./words failure"
check "statuses of Solo5: exit" 200 "[[]exit[]]" "./words exit"
check "statuses of Solo5: abort" 255 $'[[]abort[]]\nwords: ABORT: solo5_abort() called' "./words abort"
check "a smashed stack aborts" 255 $'[[]smash[]]\nwords: ABORT: solo5_abort() called' "./words smash"
check "read-only data cannot be executed" 255 $'[[]execute-rodata[]]\nwords: ABORT: guest trap: *' "./words execute-rodata"
check "the stack protector's value is random on each start" 0 "differ" '
	./words guard >one
	./words guard >two
	cmp -s one two || echo differ'
check "each thread has its own variables, aligned as they ask" 0 "" "./thread"
check "time goes forward" 0 "" "./clock"
