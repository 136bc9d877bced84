# SPDX-License-Identifier: ISC
# operating.bats -- the units of docs/operating.md
bats_require_minimum_version 1.5.0
load common

# unit NAME: the unit that the document shows as /etc/systemd/system/NAME
unit()
{
	awk -v name="/etc/systemd/system/$1:" '$0 == name { found = 1; next } found && /^    / { print substr($0, 5); seen = 1 }
		found && seen && /^[^ ]/ { exit } found && seen && /^$/ { print }' "$TOP/docs/operating.md"
}

@test "systemd accepts the units, and calls the appliance's well confined" {
	need systemd-analyze
	cd "$BATS_TEST_TMPDIR"
	unit httpd-network.service >httpd-network.service
	# programs that are there
	sed -i "s,/usr/bin/passt,/bin/true," httpd-network.service
	unit httpd.service | sed "s,/usr/local/lib/appliances/httpd,/bin/true," >httpd.service
	[ "$(grep -c '^ExecStart=/bin/true ' httpd.service httpd-network.service | grep -c ':1$')" = 2 ]
	systemd-analyze verify "$PWD/httpd.service" "$PWD/httpd-network.service" >said 2>&1
	cat said
	[ ! -s said ]
	systemd-analyze security --offline=true --threshold=30 "$PWD/httpd.service" >table
	# both find what is wrong
	sed -i 's/^ProtectHome=/ProtectHomes=/' httpd.service
	systemd-analyze verify "$PWD/httpd.service" >said 2>&1 || true
	grep -F ProtectHomes said
	sed -i '/^Protect/d; /^Restrict/d' httpd.service
	run -1 systemd-analyze security --offline=true --threshold=30 "$PWD/httpd.service"
}
