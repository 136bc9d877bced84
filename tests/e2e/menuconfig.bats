# SPDX-License-Identifier: ISC
# menuconfig.bats -- the menu, driven through tmux: what it shows, and which choices are kept
bats_require_minimum_version 1.5.0
load common

setup()
{
	need tmux kconfig-mconf
	cd "$BATS_TEST_TMPDIR"
	export LC_ALL=C.UTF-8
	manifest
	cat >app.c <<-'END'
		#include "solo5.h"

		int solo5_app_main(const struct solo5_start_info *info)
		{
			(void)info;
			solo5_console_write("up\n", 3);
			return 0;
		}
	END
}

teardown()
{
	[ ! -S tmux ] || terminal kill-server
}

# manifest [FIELD]: writes app.manifest
manifest()
{
	echo "{ \"type\": \"ukgen.manifest\", \"version\": 1, \"name\": \"app\", \"sources\": [\"app.c\"]${1:+, $1} }" >app.manifest
}

# a socket of our own, by a path that is short enough wherever the tests run
terminal()
{
	tmux -u -S tmux -f /dev/null "$@"
}

screen()
{
	terminal capture-pane -p -J
}

# shows TEXT: waits until TEXT is on the screen
shows()
{
	local i
	for ((i = 0; i < 200; i++)); do
		! screen | grep -qF -- "$1" || return 0
		sleep 0.1
	done
	echo "not on the screen: $1"
	screen
	return 1
}

# menu: starts the menu in a terminal; what comes after it stays to be read
menu()
{
	terminal new-session -d -x 110 -y 32 "'$UKGEN' menuconfig app.manifest 2>messages; echo status \$?; exec sleep 600"
	shows "Guest  --->"
}

# press KEY...: one after another
press()
{
	local key
	for key; do
		terminal send-keys "$key"
		sleep 0.1
	done
}

# names_off: turns off what is on by default, SYMBOLS in the menu Guest, and goes back to the top
names_off()
{
	press Enter
	shows "[*] Names of functions"
	press Down n
	shows "[ ] Names of functions"
	back
	shows "Guest  --->"
}

# back: out of a menu, by its button
back()
{
	press Right Enter
}

# leave yes|no: out of the top menu, saving or not
leave()
{
	back
	shows "save your new configuration"
	[ "$1" = yes ] || press Right
	press Enter
	shows "status 0"
}

@test "a needed module is forced on, another can be chosen" {
	menu
	screen | grep -F -- "-*- console"
	screen | grep -F -- "[ ] clock"
	back
	shows "status 0"
	[ ! -s messages ]
	[ ! -e app.config ]
}

@test "saved choices are kept beside the manifest and used" {
	menu
	names_off
	leave yes
	[ ! -s messages ]
	run -0 cat app.config
	[ "${lines[0]}" = "# The choices of app that differ from the defaults, kept by ukgen menuconfig." ]
	[ "${lines[1]}" = "# CONFIG_SYMBOLS is not set" ]
	[ ${#lines[@]} = 2 ]
	"$UKGEN" app.manifest
	grep -x "# CONFIG_SYMBOLS is not set" ukgen-build/.config
	[ ! -e ukgen-build/.config.menu ]
}

@test "unsaved choices leave no trace" {
	echo "CONFIG_STACK_KB=64" >app.config
	menu
	names_off
	leave no
	[ "$(cat app.config)" = "CONFIG_STACK_KB=64" ]
	[ ! -e ukgen-build/.config.menu ]
}

@test "the menu starts with the kept choices, and drops those that are defaults again" {
	printf '# CONFIG_SYMBOLS is not set\nCONFIG_STACK_KB=64\n' >app.config
	menu
	press Enter
	shows "(64) Stack of the guest"
	screen | grep -F "[ ] Names of functions"
	press Down y
	shows "[*] Names of functions"
	back
	shows "Guest  --->"
	leave yes
	run -0 grep -v "^# The choices" app.config
	[ "$output" = "CONFIG_STACK_KB=64" ]
}

@test "the manifest's choices are neither saved again nor contradicted" {
	manifest '"config": { "STACK_KB": 64, "SYMBOLS": true }'
	menu
	press Enter
	shows "(64) Stack of the guest"
	back
	shows "Guest  --->"
	names_off
	leave yes
	run -0 cat messages
	[ "${lines[0]}" = "ukgen: app.manifest:1:108: warning: SYMBOLS=n from the menu is not kept, since the manifest asks for SYMBOLS=y; change it here" ]
	[ ${#lines[@]} = 1 ]
	[ ! -e app.config ]
	"$UKGEN" app.manifest
	grep -x CONFIG_SYMBOLS=y ukgen-build/.config
}
