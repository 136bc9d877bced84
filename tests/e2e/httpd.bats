# SPDX-License-Identifier: ISC
# httpd.bats -- examples/httpd as a Linux process watched by the sanitizers: clients of every kind
#
# The TCP/IP and the server are those of the guest; boot_httpd.bats runs the guest.
bats_require_minimum_version 1.5.0
load common
load http

setup_file()
{
	cd "$BATS_FILE_TMPDIR"
	[ "$(id -u)" = 0 ] && [ -e /dev/net/tun ] && [ -d "$TOP/build/deps/lwip" ] && command -v python3 >/dev/null || return 0
	mkdir -p site/sub
	head -c 200000 /dev/urandom >site/large
	echo '<p>first</p>' >site/index.html
	echo 'body { }' >site/sub/style.css
	: >site/empty
	tar cf site.tar -C site .
	"$TOP/bench/httpd-process" server archive -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-sanitize=alignment
}

setup()
{
	need_root
	need python3 curl nsenter
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	cd "$BATS_FILE_TMPDIR"
	network_start
	export ASAN_OPTIONS=detect_leaks=0
}

teardown()
{
	network_end
}

serve()
{
	server_start server.out ./server --net:service0=tap0 --block:storage=site.tar -- --ip=10.9.0.2/24
}

@test "requests in pieces, in a row, malformed, odd" {
	serve
	clients split pipeline malformed accepted half_closed port_again
	kill -0 $server
}

@test "many connections, too many, abandoned ones" {
	serve
	clients many exhaustion abandon
	kill -0 $server
}

@test "slow clients are dropped, and delay no others" {
	serve
	clients slow
	kill -0 $server
}

@test "files of an archive, byte for byte; folders have a page" {
	serve
	for file in index.html sub/style.css large empty; do
		ask "/$file" | cmp - "site/$file"
	done
	ask / | cmp - site/index.html
	[ "$(ask -o got -w '%{http_code} %{content_type} %{size_download}' /sub/style.css)" = "200 text/css 9" ]
	for path in /sub /sub/ /none /sub/../index.html /site.tar; do
		[ "$(ask --path-as-is -o got -w '%{http_code}' $path)" = 404 ]
	done
	clients slow_reader:/large:site/large
	kill -0 $server
}

@test "unusable archives are refused" {
	refused()
	{
		run -1 inside ./server --net:service0=tap0 --block:storage="$1" -- --ip=10.9.0.2/24
		[ "$output" = "httpd: the device \"storage\" $2" ]
	}
	head -c 10240 /dev/urandom >noise
	refused noise "is no tar archive, or a damaged one"
	head -c 51200 site.tar >cut
	refused cut "ends within a file"
	mkdir -p long
	: >"long/$(printf '%0200d' 0)"
	tar cf long.tar long
	refused long.tar "has a long name or a file of 8 GiB; make the archive by tar --format=ustar"
	tar cf long.tar --format=posix long
	refused long.tar "has a long name or a file of 8 GiB; make the archive by tar --format=ustar"
}

@test "invalid arguments are refused" {
	refused()
	{
		run -1 inside ./server --net:service0=tap0 --block:storage=site.tar -- "${@:2}"
		[ "$output" = "httpd: $1" ]
	}
	accepted="accepted are --ip=ADDRESS/BITS, --gateway=ADDRESS, --dns=ADDRESS, --hostname=NAME and --port=NUMBER"
	refused "$accepted" --ipp=10.9.0.2/24
	refused "$accepted" --ip=10.9.0.2/24 and more
	refused "the port is a number from 1 to 65535, not 65536" --ip=10.9.0.2/24 --port=65536
	refused "the port is a number from 1 to 65535, not 8x" --ip=10.9.0.2/24 --port=8x
	refused "--gateway is for an address given by --ip" --gateway=10.9.0.1
	for address in 10.9.0.2 10.9.0.2/ 10.9.0.2/33 10.9.0.2/0 10.9.0.2/2x 10.9.0.x/24 /24 10.9.0.2000000000000000/24; do
		refused "addresses are written as in --ip=10.0.0.2/24 --gateway=10.0.0.1" --ip=$address
	done
	refused "addresses are written as in --ip=10.0.0.2/24 --gateway=10.0.0.1" --ip=10.9.0.2/24 --gateway=x
}
