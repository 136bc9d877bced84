# SPDX-License-Identifier: ISC
# cache.bats -- objects compiled for one appliance are reused for another, only if they would be the same
bats_require_minimum_version 1.5.0
load common

setup()
{
	need ccache
	cd "$BATS_TEST_TMPDIR"
	export UKGEN_CACHE=$PWD/kept
}

# app FOLDER: the example hello, copied there
app()
{
	mkdir -p "$1"
	cp "$TOP/examples/hello/app.manifest" "$TOP/examples/hello/hello.c" "$1"
}

# count NAME: one of ccache's counters
count()
{
	CCACHE_DIR=$UKGEN_CACHE ccache --print-stats | awk -v name="$1" '$1 == name { print $2 }'
}

# hits: how many sources were taken from the cache so far
hits()
{
	echo $(($(count direct_cache_hit) + $(count preprocessed_cache_hit)))
}

# misses: how many had to be compiled
misses()
{
	count cache_miss
}

@test "the same appliance elsewhere comes from the cache, with the same bytes as without it" {
	app one
	app two/deeper
	"$UKGEN" one/app.manifest
	[ "$(hits)" = 0 ]
	compiled=$(misses)
	[ "$compiled" -ge 5 ]
	"$UKGEN" -B elsewhere two/deeper/app.manifest
	[ "$(misses)" = "$compiled" ]
	[ "$(hits)" = "$compiled" ]
	# none needs the preprocessor
	[ "$(count preprocessed_cache_hit)" = 0 ]
	UKGEN_CACHE=none "$UKGEN" -B without one/app.manifest
	[ "$(hits)" = "$compiled" ]
	cmp one/ukgen-build/hello elsewhere/hello
	cmp one/ukgen-build/hello without/hello
	cmp one/ukgen-build/hello.guest.elf elsewhere/hello.guest.elf
	cmp one/ukgen-build/hello.monitor.elf without/hello.monitor.elf
}

@test "any changed input is compiled again" {
	app one
	"$UKGEN" one/app.manifest
	compiled=$(misses)
	sed -i 's/Hello/Tschau/' one/hello.c
	sed -i 's/"memory": "1M"/"memory": "2M", "config": { "STACK_KB": 128 }/' one/app.manifest
	"$UKGEN" -B again one/app.manifest
	[ "$(misses)" -gt "$compiled" ]
	UKGEN_CACHE=none "$UKGEN" -B without one/app.manifest
	cmp again/hello without/hello
	grep -q Tschau again/hello
}

@test "sources that are not ukgen's are always compiled, since objects contain their paths" {
	mkdir -p mods/beep
	printf 'config BEEP\n\tbool "beep"\n\thelp\n\t  Beeps.\n' >mods/beep/Kconfig
	printf '%s\n' '# beep -- says where it was compiled' 'api uk_beep' 'hypercall beep()' >mods/beep/beep.mod
	echo '#include "core.h"
		int64_t host_beep(void) { message("%s", __FILE__); return 0; }' >mods/beep/host.c
	echo '#include "guest.h"
		int uk_beep(void); int uk_beep(void) { return (int)hypercall_beep(); }' >mods/beep/guest.c
	echo '#include "solo5.h"
		int uk_beep(void);
		int solo5_app_main(const struct solo5_start_info *info) { (void)info; return uk_beep(); }' >app.c
	for folder in . mods; do
		manifest_write "$folder" app '"memory": "1M"' '"sources": ["'"$PWD"'/app.c"]'
		"$UKGEN" --modules mods -B "$folder/with" "$folder/app.manifest"
		UKGEN_CACHE=none "$UKGEN" --modules mods -B "$folder/without" "$folder/app.manifest"
		cmp "$folder/with/app" "$folder/without/app"
	done
	[ "$(hits)" -gt 0 ]
	run -1 cmp -s with/app mods/with/app
}

@test "without a writable folder, or without ccache, everything is compiled" {
	app one
	UKGEN_CACHE= XDG_CACHE_HOME=/proc/nowhere "$UKGEN" -B first one/app.manifest
	UKGEN_CACHE= XDG_CACHE_HOME= HOME=/proc/nowhere "$UKGEN" -B second one/app.manifest
	UKGEN_CACHE= XDG_CACHE_HOME=$PWD/caches "$UKGEN" -B third one/app.manifest
	[ -d caches/ukgen ]
	mkdir bin
	for program in gcc ld as objcopy ninja kconfig-conf sh mv env; do ln -s "$(command -v $program)" bin/$program; done
	PATH=$PWD/bin "$UKGEN" -B fourth one/app.manifest
	[ ! -e kept ]
	for build in second third fourth; do cmp first/hello $build/hello; done
}
