# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_nginx.bats -- the example with nginx: pages, folders, ranges, many clients at once
bats_require_minimum_version 1.5.0
load common
load http

there_is()
{
	[ -d "$TOP/build/deps/nginx-source" ] && sockets_are_built
}

# site_make FOLDER: the example's, and a page of 100 KB
site_make()
{
	mkdir -p "$1"
	cp -r "$TOP/examples/nginx/root" "$1/"
	head -c 102400 "$TOP/build/deps/nginx-source/CHANGES" | file_replace "$1/root/srv/www/large.txt"
	{
		sed -e "s|\.\./\.\./build|$TOP/build|g; s|\"modules.c\"|\"$TOP/examples/nginx/modules.c\"|" \
			-e "s|\"include\"|\"$TOP/examples/nginx/include\"|" "$TOP/examples/nginx/app.manifest"
	} | file_replace "$1/app.manifest"
}

setup_file()
{
	there_is && boots || return 0
	site_make "$(appliance_folder)/site"
	appliance_build nginx "$(appliance_folder)/site/app.manifest" 2>"$BATS_FILE_TMPDIR/nginx.said"
	network_start
	nsenter -t "$network" -n "$(appliance_folder)/nginx" --net:service0=tap0 -- --ip=10.9.0.2/24 \
		>"$BATS_FILE_TMPDIR/nginx.out" 2>&1 3>&- &
	export server=$!
}

teardown_file()
{
	network_end
}

setup()
{
	there_is || skip "nginx's or lwIP's source or the C library is missing: ./configure --deps, ninja"
	need_tap curl
	cd "$BATS_TEST_TMPDIR"
	wait_for 20 ask / >/dev/null
	site=$(appliance_folder)/site/root/srv/www
}

@test "nginx's only unserved calls are those that a single process never makes" {
	run cat "$BATS_FILE_TMPDIR/nginx.said"
	! sed -E 's/.* can call //; s/: no library.*//' <<<"$output" | tr -d ' ' | tr , '\n' |
		grep -vxE 'clone|execve|socketpair'
}

@test "pages and folders: contents, types, lists, what is not there" {
	ask / >page
	cmp page "$site/index.html"
	ask -I / | grep -q '^Content-Type: text/html'
	ask /large.txt >large
	cmp large "$site/large.txt"
	ask /files/ | grep -q 'note.txt'
	[ "$(ask -o /dev/null -w '%{http_code}' /absent)" = 404 ]
	[ "$(ask -o /dev/null -w '%{http_code}' /../etc/passwd --path-as-is)" = 400 ]
}

@test "parts of a file, several requests on one connection" {
	ask -r 1000-1999 /large.txt >part
	tail -c +1001 "$site/large.txt" | head -c 1000 | cmp - part
	ask -r -10 /large.txt >part
	tail -c 10 "$site/large.txt" | cmp - part
	ask -o 1 /large.txt -o 2 / -o 3 /large.txt -w '%{num_connects}\n' >connects
	cmp 3 "$site/large.txt"
	[ "$(tr -d '\n' <connects)" = 100 ]
}

@test "a repeated request gets the whole page: packed files have no time for Last-Modified" {
	! ask -I / | grep -qi '^Last-Modified\|^ETag'
	[ "$(ask -o /dev/null -w '%{http_code}' -H 'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT' /)" = 200 ]
}

@test "280 concurrent clients get small and large pages without an error" {
	need wrk
	for page in / /large.txt; do
		inside timeout 30 wrk -t 1 -c 280 -d 2 http://10.9.0.2$page >said
		! grep -q 'Socket errors\|Non-2xx' said
		[ "$(sed -nE 's/ *([0-9]+) requests in.*/\1/p' said)" -gt 280 ]
	done
	ask / | cmp - "$site/index.html"
	run -1 grep -v '"/srv/www/absent" failed' "$BATS_FILE_TMPDIR/nginx.out"
}
