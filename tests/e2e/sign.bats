# SPDX-License-Identifier: ISC
# sign.bats -- ukgen sign and ukgen verify --key: signatures by minisign
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	need minisign
	appliance_build hello "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	cp "$(appliance_folder)/hello" .
	minisign -G -W -p public -s secret >/dev/null
}

@test "signing doesn't change an appliance; ukgen and minisign verify it, and its build id" {
	"$UKGEN" sign --key secret hello
	cmp hello "$(appliance_folder)/hello"
	run -0 "$UKGEN" verify --key public hello
	[ "${lines[0]}" = "appliance, $("$UKGEN" inspect hello | grep '^build id' | sed 's/://')" ]
	[ "${lines[1]}" = "hello: signed with the key public" ]
	minisign -V -p public -m hello
}

@test "names may begin with a dash, or contain blanks" {
	mkdir -- '-x y'
	mv hello public secret -- '-x y'
	cd -- '-x y'
	mv hello -- '--hello'
	"$UKGEN" sign --key secret ./--hello
	"$UKGEN" verify --key public ./--hello
}

@test "wrong file, wrong key, wrong signature, no signature" {
	"$UKGEN" sign --key secret hello
	minisign -G -W -p other.public -s other.secret >/dev/null
	run -2 "$UKGEN" verify --key other.public hello
	[[ $output == *"hello: not signed with the key other.public" ]]
	cp hello changed
	cp hello.minisig changed.minisig
	printf x >>changed
	run -2 "$UKGEN" verify --key public changed
	[[ $output == *"changed: not signed with the key public" ]]
	sed -i 's/^trusted comment: appliance/&s/' hello.minisig
	run -2 "$UKGEN" verify --key public hello
	rm hello.minisig
	run -1 "$UKGEN" verify --key public hello
	[ "$output" = "ukgen: signature hello.minisig: No such file or directory" ]
	run -1 "$UKGEN" verify --key nothing hello
	[ "$output" = "ukgen: public key nothing: No such file or directory" ]
}

@test "a changed appliance is not signed" {
	printf x | dd of=hello bs=1 seek=70000 conv=notrunc status=none
	run -1 "$UKGEN" sign --key secret hello
	[ "$output" = "ukgen: hello: was changed after it was made: its build id does not fit what it holds; sign what ukgen wrote" ]
	[ ! -e hello.minisig ]
	run -1 "$UKGEN" sign --key public "$(appliance_folder)/hello"
	[[ $output == *"was not signed; see above" ]]
}

@test "without minisign both commands name its package" {
	mkdir empty
	run -1 env PATH=$PWD/empty "$UKGEN" sign --key secret hello
	[ "$output" = "ukgen: run minisign (Debian package minisign): No such file or directory" ]
}
