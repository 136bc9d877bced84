# SPDX-License-Identifier: ISC
# cxx.bash -- programs of the C++ library: what they print is what a process prints, and how they end

if [ -f "$TOP/build/libcxx/aarch64/lib/libc++.a" ]; then
	for guest in served ends; do
		appliance_build $guest "$(manifest_make $guest '"libraries": ["libcxx"]' '"memory": "16M"' '"cflags": ["-std=c++20", "-O0"]')" \
			"$TOP/tests/guests/libcxx/$guest.cc" 2>/dev/null
	done
	g++ -std=c++20 -o "$folder/process" "$TOP/tests/guests/libcxx/served.cc"
	mkdir -p "$folder/tmp"
	(cd "$folder" && ./process word) >"$folder/bin/expected"

	# frames of functions that sign their return addresses, and without landing pads behind calls
	check "C++ exceptions, streams and files" 0 "" "./served word >printed; diff expected printed"
	check "an exception that nobody catches" 255 "*uncaught exception of type St13runtime_error: nobody catches this*" "./ends uncaught"
	check "a thread that can't be" 3 "no thread: 1" "./ends thread"
fi
