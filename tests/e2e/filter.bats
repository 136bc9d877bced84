# SPDX-License-Identifier: ISC
# filter.bats -- the seccomp programs are exactly the modules' syscall lines, in every configuration
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	cc -std=gnu11 -O2 -o "$BATS_FILE_TMPDIR/check" "$TOP/tests/filter/check.c" -lelf -ljansson -lseccomp
}

setup()
{
	cd "$BATS_FILE_TMPDIR"
	rm -f app.config
}

# modules: their names
modules()
{
	local folder
	for folder in "$TOP"/modules/*/; do basename "$folder"; done
}

# words MODULE KEYWORD: what follows the keyword in the module's description
words()
{
	sed -n "s/^$2  *\([^#]*\).*/\1/p" "$TOP/modules/$1/$1.mod"
}

# app DEVICES FUNCTION...: app.c that calls all of these, and app.manifest with that many devices of each type
app()
{
	local module type i devices=
	for module in $(modules); do
		type=$(words "$module" device)
		for ((i = 0; i < $1; i++)); do
			[ -z "$type" ] || devices+="${devices:+, }{ \"name\": \"$module$i\", \"type\": \"${type%% *}\" }"
		done
	done
	shift
	{
		printf 'void %s(void);\n' "$@"
		echo "int solo5_app_main(void)"
		echo "{"
		[ $# = 0 ] || printf '\t%s();\n' "$@"
		printf '\treturn 0;\n}\n'
	} | grep -v '^void (' >app.c
	echo '{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"],' >app.manifest
	echo "  \"devices\": [ $devices ] }" >>app.manifest
}

# compose: app, quietly but for errors
compose()
{
	"$UKGEN" app.manifest 2>messages || { cat messages; return 1; }
	"$UKGEN" inspect --json ukgen-build/app >app.json
}

# exact: app's programs are its lines
exact()
{
	./check ukgen-build/app.monitor.elf app.json
}

@test "no module" {
	# devices are of use to modules only
	app 0
	compose
	exact
}

@test "each module alone" {
	for module in $(modules); do
		echo "--- $module"
		app 1 $(words "$module" api)
		compose
		exact
	done
}

@test "all modules, three devices of each type" {
	app 3 $(for module in $(modules); do words "$module" api; done)
	compose
	exact
}

@test "choices and calls at random" {
	for seed in 1 2 3; do
		echo "--- $seed"
		app $((seed % 3 + 1)) $(for module in $(modules); do words "$module" api; done | tr ' ' '\n' | sort |
			awk -v seed=$seed 'BEGIN { srand(seed) } rand() < 0.3')
		rm -f app.config
		compose
		# the same application once more, with another choice of what Kconfig offers
		(cd ukgen-build && cp .config .config.kept && KCONFIG_SEED=$seed srctree=$TOP kconfig-conf --randconfig Kconfig >/dev/null &&
			grep -E '^CONFIG_[A-Z0-9_]+=y|^# CONFIG_[A-Z0-9_]+ is not set' .config >../app.config; mv .config.kept .config)
		sed -i '/CONFIG_APPLICATION=/d' app.config
		compose
		exact
	done
}

@test "an extra or missing line is detected" {
	app 1 solo5_console_write
	compose
	exact
	sed -i 's/write(STDOUT_FILENO=1)/write(3)/' app.json
	run -1 exact
	[[ $output == *"let through, though no line does: system call"* ]]
	compose
	sed -i 's/write(STDOUT_FILENO=1)/write/' app.json
	run -1 exact
	[[ $output == *"stopped, though a line lets it through: write: system call"* ]]
	compose
	sed -i 's/"exit_group"/"exit_group(0)"/' app.json
	run -1 exact
}
