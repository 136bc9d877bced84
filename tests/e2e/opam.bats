# SPDX-License-Identifier: ISC
# opam.bats -- the opam packages: opam accepts, builds, installs and removes them
load common

# versions_in FILE...: the version that each names as Solo5's
versions_in()
{
	sed -nE 's/^(version: "|Version: |#define SOLO5_VERSION ")([0-9.]+)"?$/\2/p' "$@"
}

@test "opam lint finds no mistake; all mentions of Solo5's version agree" {
	need opam
	cd "$TOP"
	local file
	for file in opam/*.opam; do
		# there is no page of a project to name yet: warnings 35 and 36
		opam lint --warnings=-35-36 --strict "$file"
	done
	[ "$(versions_in opam/*.opam templates/solo5/*.pc generator/base/version.h | sort -u | wc -l)" = 1 ]
	[ "$(versions_in opam/*.opam templates/solo5/*.pc generator/base/version.h | wc -l)" = 4 ]
}

@test "a user installs the package solo5 in a new switch, links with it, and removes it" {
	need opam rsync
	local work=$BATS_TEST_TMPDIR as=()
	mkdir "$work"/{source,repository,home}
	tar -C "$TOP" -c --exclude=./build --exclude=./.git . | tar -C "$work/source" -x
	mkdir "$work/repository/packages"
	echo 'opam-version: "2.0"' >"$work/repository/repo"
	cp "$TOP/tests/guests/solo5_words.c" "$work/app.c"
	echo '{ "type": "solo5.manifest", "version": 1, "devices": [] }' >"$work/manifest.json"
	if [ "$(id -u)" = 0 ]; then
		need setpriv
		as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
		# a folder that he can reach: those of the tests are root's
		work=$(mktemp -d /tmp/ukgen-opam.XXXXXX)
		mv "$BATS_TEST_TMPDIR"/{source,repository,home,app.c,manifest.json} "$work"
		chown -R 65534:65534 "$work"
	fi
	cat >"$work/steps" <<-'END'
		set -eux
		cd "$1"
		export HOME=$PWD/home TMPDIR=$PWD/home OPAMROOT=$PWD/root OPAMYES=1 OPAMCOLOR=never
		opam init -n --bare --disable-sandboxing -k local default "$PWD/repository"
		opam switch create clean --empty
		opam pin add -n -k path solo5 "$PWD/source"
		opam install --assume-depexts solo5
		eval "$(opam env --switch=clean)"
		solo5-elftool gen-manifest manifest.json manifest.c
		"$(uname -m)-solo5-none-static-cc" -z solo5-abi=hvt app.c manifest.c -o app
		solo5-hvt --version
		solo5-hvt --help app | grep 'usage: app '
		PKG_CONFIG_PATH=$OPAM_SWITCH_PREFIX/lib/pkgconfig
		export PKG_CONFIG_PATH
		"$(sed -n "s|^prefix=||p" "$PKG_CONFIG_PATH/solo5-bindings-hvt.pc")/bin/ukgen" --version
		opam remove solo5
		[ -z "$(find "$OPAM_SWITCH_PREFIX" -path '*/.opam-switch' -prune -o ! -type d -print)" ]
	END
	run "${as[@]}" sh "$work/steps" "$work" 3>&-
	[ "$work" = "$BATS_TEST_TMPDIR" ] || rm -rf "$work"
	[ "$status" = 0 ] || { echo "$output"; return 1; }
}
