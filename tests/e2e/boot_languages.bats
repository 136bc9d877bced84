# SPDX-License-Identifier: ISC
# boot_languages.bats -- the example in Rust, built as its README line says; OCaml's own objects

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
