# SPDX-License-Identifier: ISC
# new.bats -- applications made by ukgen new build and run by the commands that it prints

load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	mkdir bin
	ln -s "$UKGEN" bin/ukgen
	PATH=$PWD/bin:$PATH
}

# shown WORD...: what ukgen new WORD... shows to be typed, without what is for once
shown()
{
	ukgen new "$@" | sed -n 's/^    //p' | grep -v '# once$'
}

@test "a plain application" {
	shown plain >commands
	[ "$(wc -l <commands)" = 2 ]
	bash -e <(head -n 1 commands)
	"$UKGEN" inspect plain/ukgen-build/plain >holds
	need_kvm
	[ "$(bash -e <(tail -n 1 commands))" = "Hello, world!" ]
	[ "$(plain/ukgen-build/plain you)" = "Hello, you!" ]
}

@test "with a block device: it counts its uses" {
	shown --block counter >commands
	bash -e <(head -n 1 commands)
	need_kvm
	[ "$(bash -e <(tail -n 1 commands))" = $'Hello, world!\nstorage: 1048576 bytes, use 1' ]
	[ "$(bash -e <(tail -n 1 commands))" = $'Hello, world!\nstorage: 1048576 bytes, use 2' ]
}

@test "with a C library: main, alone and with a block device" {
	[ -f "$TOP/build/musl/$(uname -m)/lib/libc.a" ] || skip "the C library is not built"
	shown --libc program >commands
	bash -e <(head -n 1 commands)
	shown --libc --block --net whole >both
	bash -e <(head -n 1 both)
	whole/ukgen-build/whole --help | grep -e --block:NAME=PATH
	need_kvm
	[ "$(bash -e <(tail -n 1 commands))" = "Hello, world!" ]
	[ "$(program/ukgen-build/program you there)" = "Hello, you!" ]
}

@test "with a network device, and with both" {
	shown --block --net both >commands
	bash -e <(head -n 1 commands)
	shown --net listener >commands
	bash -e <(head -n 1 commands)
	need_kvm
	need_root
	need ip unshare
	# a namespace of its own, where tap100 is nobody else's
	unshare -n bash -euc '
		ip tuntap add tap100 mode tap
		ip link set tap100 up
		"$@"' - bash -e commands >said 2>&1 || { cat said; return 1; }
	grep -x 'Hello, world!' said
	grep -E '^service: [0-9]+ frames in a second$' said
}
