# SPDX-License-Identifier: ISC
# terminal.bats -- colour and progress are for terminals; a pipe gets plain text
load common

setup()
{
	cd "$BATS_TEST_TMPDIR"
	need script
	unset NO_COLOR
	export TERM=xterm
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"], "devices": [{ "name": "d", "type": "NET_BASIC" }] }' >app.manifest
	echo 'int solo5_app_main(void) { return 0; }' >app.c
	echo '{ "type": "ukgen.manifest", "version": 2 }' >wrong.manifest
	escape=$'\033'
}

# typescript COMMAND: what it prints on a terminal of 40 columns
typescript()
{
	script -qec "stty cols 40; $1" /dev/null </dev/null || true
}

@test "errors and warnings have colour on a terminal" {
	run typescript "$UKGEN wrong.manifest"
	[[ $output == *"$escape[1;31mukgen: wrong.manifest:1:"*:"$escape[m "* ]]
	run typescript "$UKGEN app.manifest"
	[[ $output == *"$escape[1;33mukgen: app.manifest:1:"*" warning:$escape[m "* ]]
	run typescript "$UKGEN nowhere.manifest"
	[[ $output == *"$escape[1;31mukgen:"*"$escape[m "* ]]
}

@test "no colour with NO_COLOR, which may be empty, no sequence at all with TERM=dumb, without TERM, or in a pipe" {
	NO_COLOR=1 run typescript "$UKGEN app.manifest"
	[[ $output == *'warning: '* ]]
	[[ ! $output =~ $escape\[[0-9\;]*m ]]
	NO_COLOR= run typescript "$UKGEN wrong.manifest"
	[[ $output == *"$escape[1;31m"* ]]
	TERM=dumb run typescript "$UKGEN app.manifest"
	[[ $output == *'warning: '* && $output != *"$escape"* ]]
	run typescript "unset TERM; $UKGEN app.manifest"
	[[ $output == *'warning: '* && $output != *"$escape"* ]]
	rm -rf ukgen-build
	run "$UKGEN" app.manifest
	[[ $output == *'warning: '* && $output != *"$escape"* && $output != *'[1/'* ]]
}

@test "progress is one line on a terminal, and is gone in the end" {
	local line
	NO_COLOR=1 typescript "$UKGEN app.manifest" >printed
	grep -q $'\r\\[1/[0-9]*\\] ' printed
	# between carriage returns nothing is wider than the terminal, and the last thing is that the line is cleared
	while read -r -d $'\r' line; do
		line=${line//"$escape[K"/}
		[[ $line != '['*/* || ${#line} -le 39 ]]
	done <printed
	[ "$(tail -c 4 printed)" = $'\r'"$escape[K" ]
	# what a compiler says stays, behind the progress that was there
	echo 'int solo5_app_main(void) { return nothing; }' >app.c
	run typescript "$UKGEN app.manifest"
	[[ $output == *"$escape[K"*"'nothing' undeclared"* || $output == *"$escape[K"*"‘nothing’ undeclared"* ]]
	[[ $output != *FAILED* ]]
}
