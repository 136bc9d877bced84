# SPDX-License-Identifier: ISC
# generate.bats -- what the generator promises about its results and its files
bats_require_minimum_version 1.5.0
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

copy()  # FOLDER
{
	mkdir -p "$1"
	cp "$TOP/examples/hello/app.manifest" "$TOP/examples/hello/hello.c" "$1"
}

@test "the same inputs give the same appliance, wherever and whenever" {
	copy one
	"$UKGEN" one/app.manifest
	sleep 1.1
	copy two/deeper
	(cd two/deeper && "$UKGEN" app.manifest)
	cmp one/ukgen-build/hello two/deeper/ukgen-build/hello
}

@test "a second run rewrites nothing" {
	copy app
	"$UKGEN" app/app.manifest
	state() { find app -type f ! -name '.ninja*' -printf '%p %s %T@\n' | sort; }
	before=$(state)
	"$UKGEN" app/app.manifest
	diff <(echo "$before") <(state)
}

@test "folders may have spaces" {
	copy "an app"
	"$UKGEN" "an app/app.manifest"
	"an app/ukgen-build/hello" --version
}

@test "a run that is killed leaves no half an appliance" {
	copy app
	"$UKGEN" app/app.manifest
	cp app/ukgen-build/hello whole
	for delay in 0.1 0.3 0.6 1; do
		rm -rf app/ukgen-build
		timeout -s KILL $delay "$UKGEN" app/app.manifest || true
		[ ! -e app/ukgen-build/hello ] || cmp app/ukgen-build/hello whole
	done
	"$UKGEN" app/app.manifest
	cmp app/ukgen-build/hello whole
}

@test "inspect says what is in an appliance, to people and machines" {
	need python3
	copy app
	"$UKGEN" app/app.manifest
	"$UKGEN" inspect app/ukgen-build/hello | grep -E '^ +[0-9]+ +console_write +console'
	"$UKGEN" inspect --json app/ukgen-build/hello >inspected
	python3 -m json.tool inspected >/dev/null
	# the appliance says the same of itself, without KVM
	app/ukgen-build/hello --describe | cmp - inspected
}

@test "an appliance knows --help and --version, and refuses other words" {
	copy app
	"$UKGEN" app/app.manifest
	app/ukgen-build/hello --help | grep -e '--mem=MB'
	[[ $(app/ukgen-build/hello --version) == "hello, made by ukgen "* ]]
	run -1 app/ukgen-build/hello --foo
	[ "$output" = "hello: --foo: unknown option; --help lists what this appliance accepts" ]
	run -1 app/ukgen-build/hello --mem=x
	[[ $output == "hello: --mem=x: not a number from 1 to "* ]]
	run -1 app/ukgen-build/hello --mem
	[ "$output" = "hello: --mem: needs a value; use --mem=MB" ]
}

@test "ukgen knows --help and --version" {
	"$UKGEN" --help | grep '^usage: ukgen'
	[[ $("$UKGEN" --version) == "ukgen "* ]]
}

@test "an installed ukgen works from any folder" {
	copy app
	DESTDIR=$PWD/root ninja -C "$TOP" install >/dev/null
	cd app
	"$BATS_TEST_TMPDIR"/root/usr/local/bin/ukgen app.manifest
	ukgen-build/hello --version
}
