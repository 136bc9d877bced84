# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_watchdog.bats -- examples/watchdog: a module with a thread, as docs/adding-a-module.md has it

load common

setup_file()
{
	boots || return 0
	appliance_build watchdog --modules "$TOP/examples/watchdog/modules" "$TOP/examples/watchdog/app.manifest"
}

setup()
{
	bats_require_minimum_version 1.5.0
	cd "$BATS_TEST_TMPDIR"
}

@test "the document's sources are the example's" {
	local name
	for name in watchdog.mod guest.c host.c; do
		awk -v name="modules/watchdog/$name:" '$0 == name { found = 1 }
			/^```/ { if (found && inside) exit; inside = !inside; next }
			found && inside' "$TOP/docs/adding-a-module.md" >$name
		diff -u "$TOP/examples/watchdog/modules/watchdog/$name" $name
	done
}

@test "a guest that feeds the watchdog ends normally" {
	need_kvm
	run -0 --separate-stderr appliance watchdog
	[ "$output" = $'working\nworking\nworking' ]
	[ -z "$stderr" ]
}

@test "a guest that hangs is ended" {
	need_kvm
	run -255 --separate-stderr appliance watchdog --watchdog=200 hang
	[ "$output" = $'working\nworking\nworking' ]
	[ "$stderr" = "watchdog: ABORT: the watchdog was not fed for 200 ms" ]
}

@test "a thread whose function returns sleeps" {
	need_kvm
	run -0 appliance watchdog --watchdog=0
	[ "$output" = $'working\nworking\nworking' ]
}

@test "the thread's filter is what core.mod has for each thread; appliances without threads don't have these lines" {
	need_kvm
	"$UKGEN" inspect "$(appliance_folder)/watchdog" >all
	[ "$(grep -c 'core, thread watchdog: ' all)" = "$(grep -c '^syscall.* each thread ' "$TOP/core/core.mod")" ]
	"$UKGEN" -B none -o none/hello "$TOP/examples/hello/app.manifest"
	"$UKGEN" inspect none/hello >all
	run ! grep ', thread ' all
}
