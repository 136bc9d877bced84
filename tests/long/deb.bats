# SPDX-License-Identifier: ISC
# deb.bats -- the Debian package on a clean system: installs, builds and runs hello, and is removed without a trace
#
# MIRROR (http://deb.debian.org/debian) is where Debian 12 comes from.
bats_require_minimum_version 1.5.0
load ../e2e/common

# in_root COMMAND...: in the clean system, with /proc, whose mount ends with it
in_root()
{
	unshare --mount --pid --fork --kill-child sh -c '
		mount -t proc proc root/proc &&
		exec chroot root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"' in_root "$@"
}

# files: all of the system's with their kind, size and mode, except what apt, dpkg and ldconfig keep or log
files()
{
	find root -xdev \( -path root/proc -o -path root/var/log -o -path root/var/cache -o -path root/var/lib/apt \
		-o -path root/var/lib/dpkg -o -path root/etc/ld.so.cache \) -prune -o -printf '%P %y %s %m %l\n' |
		awk '$2 == "d" { $3 = "-" } { print }' | sort
}

# hello HOST: as an ordinary user with nothing but the package
hello()
{
	in_root setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/tmp/home sh -c "
		set -e
		mkdir -p /tmp/home
		cp -r /usr/share/doc/ukgen/examples/hello /tmp/home/hello
		cd /tmp/home/hello
		ukgen --host=$1 app.manifest >&2
		ukgen-build/hello"
	rm -rf root/tmp/home
}

@test "on a clean Debian 12 the package installs alone, builds and runs hello, and leaves nothing behind" {
	need_root
	need debootstrap dpkg-deb dh_builddeb curl
	mirror=${MIRROR:-http://deb.debian.org/debian}
	curl -sfI -m 20 "$mirror/dists/bookworm/Release" >headers || skip "$mirror cannot be reached"
	cd "$BATS_TEST_TMPDIR"
	(cd "$TOP" && ninja deb >/dev/null)
	cp "$TOP"/build/deb/ukgen_*.deb ukgen.deb
	debootstrap --variant=minbase bookworm root "$mirror" >debootstrap.out 2>&1 || { tail -n 20 debootstrap.out; false; }
	# users of the new system may use KVM if this user may
	[ ! -e /dev/kvm ] || mknod -m 666 root/dev/kvm c 10 232
	in_root apt-get satisfy -y --no-install-recommends "$(dpkg-deb -f ukgen.deb Depends)" >apt.out 2>&1 || { tail -n 20 apt.out; false; }
	files >before
	cp ukgen.deb root/tmp/
	# what its field Depends names is all that it needs
	in_root apt-get install -y --no-install-recommends /tmp/ukgen.deb >apt.out 2>&1 || { tail -n 20 apt.out; false; }
	grep -q '^0 upgraded, 1 newly installed, 0 to remove' apt.out
	rm root/tmp/ukgen.deb
	[ "$(hello process)" = "Hello, world!" ]
	[ ! -e /dev/kvm ] || [ "$(hello kvm)" = "Hello, world!" ]
	in_root sh -c '[ -s /usr/share/man/man1/ukgen.1.gz ]'
	in_root apt-get purge -y ukgen >apt.out 2>&1 || { tail -n 20 apt.out; false; }
	run -1 in_root dpkg -s ukgen
	files >after
	diff before after
}
