# SPDX-License-Identifier: ISC
# boot_languages.bats -- the example in Rust, built as its README line says

load common
load solo5

# Debian's, before any other that someone installed
RUSTC=$(command -v /usr/bin/rustc || command -v rustc || true)
export RUSTC

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
	[ -z "$RUSTC" ] || example rust hello.rs
}

@test "Rust: its core library formats, a panic aborts" {
	need_kvm
	[ -n "$RUSTC" ] || skip "rustc is missing"
	run appliance rust/ukgen-build/hello-rust
	[ "$status" = 0 ]
	[[ $output == "Hello, world! The heap has "*" KiB." ]]
	run appliance rust/ukgen-build/hello-rust panic
	[ "$status" = 255 ]
	[[ ${lines[0]} == *"panicked at "*"as asked"* ]]
}
