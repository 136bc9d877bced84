# SPDX-License-Identifier: ISC
# deb.bats -- the Debian package of ninja deb: reproducible, with what it needs named
#
# begins first: it builds the package twice
bats_require_minimum_version 1.5.0
load common

@test "ninja deb makes the same package again, with licences, change log and dependencies" {
	need dh_builddeb dpkg-deb
	cd "$TOP"
	ninja deb >/dev/null
	package=$(echo build/deb/*.deb)
	cp "$package" "$BATS_TEST_TMPDIR/first.deb"
	(umask 077 && TZ=Asia/Tokyo LC_ALL=C ninja deb >/dev/null)
	cmp "$package" "$BATS_TEST_TMPDIR/first.deb"
	cd "$BATS_TEST_TMPDIR"
	dpkg-deb -x first.deb root
	[ "$(dpkg-deb -f first.deb Version)" = "$(root/usr/bin/ukgen --version | sed 's/.* //')" ]
	dpkg-deb -f first.deb Depends >depends
	for package in gcc musl-tools ninja-build libjansson4 libarchive13; do grep -w "$package" depends; done
	grep -q '^License: ISC' root/usr/share/doc/ukgen/copyright
	# it works where it is unpacked
	root/usr/bin/ukgen --host=process -B here root/usr/share/doc/ukgen/examples/hello/app.manifest
	[ "$(here/hello)" = "Hello, world!" ]
}
