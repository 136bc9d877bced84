# SPDX-License-Identifier: ISC
# boot_languages.bats -- the example in Rust, built as its README line says

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

@test "Rust: its alloc library has the C library's memory, a panic aborts" {
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
