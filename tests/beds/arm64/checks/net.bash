# SPDX-License-Identifier: ISC
# net.bash -- frames and TCP over a TAP interface; exits per request

appliance_build echo "$(manifest_make echo '"memory": "4M"' '"devices": [{ "name": "service0", "type": "NET_BASIC" }]')" \
	"$TOP/tests/guests/echo.c"
appliance_build httpd "$TOP/examples/httpd/app.manifest"
if [ "$TOP/tests/peers/frames.c" -nt "$folder/bin/frames" ]; then
	"$(command -v aarch64-linux-gnu-gcc || echo gcc)" -static -O2 -o "$folder/bin/frames" "$TOP/tests/peers/frames.c"
fi

check "frames of all sizes come back" 0 "service0 * mtu 01500
* us a frame
20 right, 0 wrong, 0 missing
* us a frame
100 right, 0 wrong, 0 missing" '
	tunctl -t tap0 >/dev/null
	ip link set tap0 up
	./echo --net:service0=tap0 service0 &
	until grep -qs "^Seccomp:.*2" /proc/$!/status; do sleep 0.1; done
	sleep 0.5
	./frames tap0 echo 60 20 1
	./frames tap0 echo 1514 100 16
	./frames tap0 end
	wait $!'
check "httpd serves, with less than ten exits to its monitor a request" 0 "httpd: serving at 10.0.0.2
HTTP/1.1 200 OK*<h1>It works</h1>*
few" '
	ip addr add 10.0.0.1/24 dev tap0
	mount -t debugfs debugfs /sys/kernel/debug
	./httpd --net:service0=tap0 -- --ip=10.0.0.2/24 &
	exits() { cat /sys/kernel/debug/kvm/mmio_exit_user; }
	get() { printf "GET / HTTP/1.0\r\n\r\n" | nc 10.0.0.2 80; }
	until get >page && [ -s page ]; do sleep 0.1; done
	cat page
	before=$(exits)
	for i in 1 2 3 4 5 6 7 8 9 10; do get >/dev/null; done
	after=$(exits)
	[ $((after - before)) -lt 100 ] && echo few || echo $((after - before))
	kill $!'
