# SPDX-License-Identifier: ISC
# boot_languages.bats -- the example in Rust, built as its README line says; OCaml's own objects, and Lwt's threads

load common
load solo5

# Debian's, before any other that someone installed
RUSTC=$(command -v /usr/bin/rustc || command -v rustc || true)
export RUSTC
LIBC=$TOP/build/musl/$(uname -m)/lib/libc.a

# example NAME SOURCE: builds a copy of the example
example()
{
	local folder
	folder=$(appliance_folder)
	! built "$folder/$1/ukgen-build/hello-$1" || return 0
	mkdir -p "$folder/$1"
	cp "$TOP/examples/$1/build" "$TOP/examples/$1/app.manifest" "$TOP/examples/$1/$2" "$folder/$1/"
	UKGEN=$UKGEN "$folder/$1/build"
}

setup_file()
{
	boots || return 0
	[ -z "$RUSTC" ] || [ ! -f "$LIBC" ] || example rust hello.rs
}

@test "Rust: alloc uses the C library's heap, a panic aborts" {
	need_kvm
	[ -n "$RUSTC" ] || skip "rustc is missing"
	[ -f "$LIBC" ] || skip "the C library is not built: ./configure --deps, ninja"
	run appliance rust/ukgen-build/hello-rust be to or not to be
	[ "$status" = 0 ]
	[ "$output" = $'be 2\nnot 1\nor 1\nto 2' ]
	run appliance rust/ukgen-build/hello-rust panic
	[ "$status" = 255 ]
	[[ ${lines[0]} == *"panicked at "*"as asked"* ]]
}

# bats test_tags=host:process
@test "OCaml: ocamlopt's objects for Linux, linked for each host, behave as in a process" {
	need ocamlopt
	[ -d "$TOP/build/musl" ] || skip "musl for guests is not built"
	local host expected hosts=(process)
	cd "$BATS_TEST_TMPDIR"
	cp "$TOP/tests/guests/ocaml/program.ml" "$TOP/tests/guests/ocaml/start.c" .
	ocamlopt -o program program.ml
	ocamlopt -output-complete-obj -o all.o program.ml
	expected=$(./program of three words)
	[[ $expected == *"1.414214 "*$'\n'"of three words" ]]
	cp all.o before.o
	[ ! -r /dev/kvm ] || [ ! -w /dev/kvm ] || hosts+=(kvm)
	for host in "${hosts[@]}"; do
		HOST=$host appliance_build "ocaml-$host" "$(manifest_make "ocaml-$host" '"memory": "64M"' '"libraries": ["libc"]')" start.c all.o
		[ "$(appliance "ocaml-$host" of three words)" = "$expected" ]
	done
	cmp all.o before.o
}

# ocaml_threads HOST WORD...: ends as frames.c and the guest do; the guest's output goes to out
ocaml_threads()
{
	rm -f disk
	truncate -s 32K disk
	"$(appliance_folder)/frames" packets "${FRAMES[@]}" end -- /bin/sh -c 'exec "$0" "$@" >out' \
		"$(appliance_folder)/threads-$1" --mem=32 --net:service=@3 --block:storage=disk "${@:2}"
}

# bats test_tags=host:process
@test "OCaml: Lwt's threads sleep, write a disk, echo frames, make keys; the same objects for each ABI of Solo5" {
	local ocaml=$TOP/build/deps/ocaml/usr/lib/ocaml musl name abi host hosts=(process) libraries=() FRAMES
	need /usr/bin/ocamlopt
	[ -d "$ocaml/lwt" ] && [ -d "$ocaml/mirage-crypto" ] || skip "Lwt or mirage-crypto is not there: ./configure --deps"
	cd "$BATS_TEST_TMPDIR"
	SOLO5=$(uname -m)-solo5-none-static musl=$(uname -m)-linux-musl
	solo5_tools
	solo5_manifest threads_manifest NET_BASIC:service BLOCK_BASIC:storage
	gcc -std=gnu11 -O2 -static -o "$(appliance_folder)/frames" "$TOP/tests/peers/frames.c"

	cp "$TOP/tests/guests/ocaml/secrets.ml" "$TOP/tests/guests/ocaml/threads.ml" .
	for name in lwt cstruct eqaf eqaf/bigstring eqaf/cstruct mirage-crypto mirage-crypto-rng mirage-crypto-ec; do
		libraries+=(-I "$ocaml/$name")
	done
	for name in lwt cstruct eqaf eqaf_bigstring eqaf_cstruct mirage_crypto mirage_crypto_rng mirage_crypto_ec; do
		libraries+=($name.cmxa)
	done
	/usr/bin/ocamlopt "${libraries[@]}" -output-complete-obj -o all.o secrets.ml threads.ml
	# musl's own fwrite is part of its printf
	$SOLO5-objcopy --redefine-sym fwrite=console_fwrite all.o
	for name in devices freestanding; do
		$SOLO5-cc -O2 -Wall -Wextra -I /usr/lib/ocaml -idirafter /usr/include/$musl -c "$TOP/tests/guests/ocaml/$name.c"
	done
	[ ! -r /dev/kvm ] || [ ! -w /dev/kvm ] || hosts+=(kvm)
	sha256sum ./*.o >before
	for host in "${hosts[@]}"; do
		abi=spt
		[ $host = process ] || abi=hvt
		$SOLO5-cc -z solo5-abi=$abi all.o devices.o freestanding.o "$(appliance_folder)/threads_manifest.o" \
			/usr/lib/$musl/libc.a -o "$(appliance_folder)/threads-$host"

		FRAMES=(echo 60 20 1 echo 1514 100 32)
		ocaml_threads $host two words
		diff - out <<-END
			words: two words; 1.581
			woken up in order 10 20 30; given up: true; 30 ms or more: true; at most 20 yields: true; still asleep: 0
			64 sectors of 512 bytes, sum 85344; beyond the end: false
			echoed 121 frames
			sha-256 ba7816bf; seeded: true; random: true; keys agree: true; signatures hold: true
		END
		[ "$(od -An -tu1 -j 25600 -N 1 disk)" -eq 50 ]

		FRAMES=()
		ocaml_threads $host grow
		grep -qx 'out of memory, after more than 8 MB: true' out
	done
	sha256sum -c --quiet before
}
