# SPDX-License-Identifier: ISC
# reproducible.bats -- the same inputs give the same bits, whatever else of the machine differs
#
# reprotest varies the environment of a build; tests here vary what it can't: ukgen's own folder, the order of files
# there, user and host. diffoscope, if installed, shows where two appliances differ.
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	# as on a machine where nothing is kept compiled
	export UKGEN_CACHE=none
	mkdir -p "$BATS_FILE_TMPDIR/app"
	cd "$BATS_FILE_TMPDIR/app"
	cat >app.c <<-'END'
		#include "solo5.h"
		#include "uk.h"

		int solo5_app_main(const struct solo5_start_info *info)
		{
			(void)info;
			solo5_console_write(uk_files[1].name, 1);
			return 0;
		}
	END
	mkdir -p files/b files/a
	for name in files/{z,y,x,a/2,a/1,b/3}; do echo $name >$name; done
	cat >app.manifest <<-'END'
		{ "type": "ukgen.manifest", "version": 1, "name": "app", "sources": ["app.c"], "memory": "2M", "files": ["files"],
		  "devices": [ { "name": "one", "type": "BLOCK_BASIC" } ] }
	END
	appliance_make "$BATS_FILE_TMPDIR/app" "$BATS_FILE_TMPDIR/original" env
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# appliance_make FOLDER TO COMMAND...: the application of FOLDER as TO, by a ukgen that the command starts
appliance_make()
{
	"${@:3}" "${BUILDER:-$UKGEN}" --host=$HOST -B "$2.build" -o "$2" "$1/app.manifest" 2>"$2.said" || { cat "$2.said"; return 1; }
}

# same TO: it is what the first build made, bit for bit
same()
{
	cmp "$BATS_FILE_TMPDIR/original" "$1" && return
	! command -v diffoscope >/dev/null || diffoscope "$BATS_FILE_TMPDIR/original" "$1"
	return 1
}

# varied COMMAND...: a build that the command starts makes the same
varied()
{
	appliance_make "$BATS_FILE_TMPDIR/app" "$PWD/varied" "$@"
	same varied
}

# ukgen_copy TO [SORT-OPTION]: a ukgen with all of its own files, which are made in that order: tmpfs lists them in it
ukgen_copy()
{
	local folder
	mkdir -p "$1/build"
	(cd "$TOP" && find Kconfig core guest modules templates | sort ${2:-} | tar -c --no-recursion -T -) | tar -x -C "$1"
	cp "$UKGEN" "$1/build/ukgen"
	for folder in sysroot deps; do
		[ ! -d "$TOP/build/$folder" ] || ln -s "$TOP/build/$folder" "$1/build/$folder"
	done
}

@test "reprotest finds no difference: folder, time, locale, umask, order of files, processors, environment, home, kernel" {
	need reprotest faketime
	local vary=+all,-user_group,-domain_host
	# disorderfs is a file system in user space
	command -v disorderfs && [ -w /dev/fuse ] && [ "$(id -u)" = 0 ] || vary+=,-fileordering
	cp -r "$BATS_FILE_TMPDIR/app" source
	run reprotest --no-diffoscope -v --vary=$vary -c "UKGEN_CACHE=none '$UKGEN' --host=$HOST -B build -o appliance app.manifest" source appliance
	[ $status = 0 ] || { echo "$output"; return 1; }
	[[ $output == *"Reproduction successful"* ]]
}

@test "ukgen in another place, with its files in another order, by another user, on another host; verify agrees there" {
	[ "$(unshare --map-user=12345 --map-group=12346 id -u)" = 12345 ] || skip "user namespaces are missing"
	need_root
	need taskset
	local order together
	export TOP UKGEN HOST
	export -f appliance_make ukgen_copy
	together=(unshare -u sh -c 'hostname another.example && exec "$@"' sh taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')"
		unshare --map-user=12345 --map-group=12346 env HOME=/nonexistent USER=other TZ=Pacific/Kiritimati CFLAGS=-O0)
	umask 0027
	for order in -s -r; do
		unshare -m bash -e -c '
			mount -t tmpfs none "$1"
			cd "$1"
			ukgen_copy "$PWD/a \"place\"" "$2"
			ls -U a*/modules >"$3/order$2"
			BUILDER="$PWD/a \"place\"/build/ukgen"
			appliance_make "$4" "$1/made" "${@:5}"
			cp made "$3/made$2"
			"${@:5}" "$BUILDER" verify "$4/../original"' bash "$(mktemp -d -p "$PWD")" $order "$PWD" "$BATS_FILE_TMPDIR/app" "${together[@]}"
		same made$order
	done
	# else nothing was varied
	run ! cmp -s order-s order-r
}

@test "locale" {
	varied env LC_ALL=C.UTF-8 LANG=tr_TR.UTF-8 LANGUAGE=fr:de
	rm -r varied*
	varied env LC_ALL=fr_CH.UTF-8 LANG=fr_CH.UTF-8
}

@test "with the cache, and over an older build" {
	export UKGEN_CACHE=$PWD/cache
	for time in 1 2; do
		rm -rf varied.build
		varied env
	done
	cp -r "$BATS_FILE_TMPDIR/app" app
	echo '/* longer */' >>app/app.c
	appliance_make app "$PWD/over" env
	cp -r "$BATS_FILE_TMPDIR/app/." app
	touch app/app.c
	appliance_make app "$PWD/over" env
	same over
}

