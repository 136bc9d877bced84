# SPDX-License-Identifier: ISC
# kv.bats -- examples/kv as a process whose last write is torn at any byte, watched by the sanitizers

load common

@test "whatever byte a write is torn at, acknowledged data is kept" {
	cd "$BATS_TEST_TMPDIR"
	gcc -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
		-isystem "$TOP/guest/include" -o kv "$TOP/tests/guests/torn.c" "$TOP"/examples/kv/*.c
	RANDOM=1
	for block_size in 512 4096; do
		rm -f store.img
		truncate -s $((block_size * 256)) store.img
		for ((life = 0; life < 60; life++)); do
			echo run
			status=0
			./kv store.img $block_size $(((RANDOM * 32768 + RANDOM) % (block_size * 100))) load $life 1000 || status=$?
			[ $status = 137 ]
		done >told
		{ echo run; ./kv store.img $block_size 0 load 0 0; } >>told
		run awk -f "$TOP/tests/e2e/kv.awk" told
		echo "$output"
		[ "$status" = 0 ]
		[ "${output%% *}" -gt 600 ]
		run ./kv store.img $block_size 0 stat
		echo "$output"
		[ "${output##* }" -gt 10 ]
	done
}
