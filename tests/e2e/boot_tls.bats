# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_tls.bats -- the library "tls": HTTPS with keys from a block device and from files, what is refused, secrets in reports
bats_require_minimum_version 1.5.0
load common
load http

there_is()
{
	[ -d "$TOP/build/deps/lwip" ] && [ -f "$TOP/build/mbedtls/$(uname -m)/lib/libmbedtls.a" ] && command -v openssl >/dev/null
}

# key_make FOLDER TYPE [OPTION...]: a private key, and a certificate that it signed itself
key_make()
{
	mkdir -p "$1"
	openssl req -x509 -newkey "$2" "${@:3}" -nodes -keyout "$1/key.pem" -out "$1/certificate.pem" -days 30 \
		-subj /CN=shop.example -addext "subjectAltName=DNS:shop.example,IP:10.9.0.2" 2>/dev/null
}

# large_make: content for httpd, numbers from 1 on, a line each
large_make()
{
	cat <<-END
		#include "content.h"
		#include <stdio.h>
		#include <string.h>

		static char bytes[102400 + 16];

		const char *content_start(const struct solo5_start_info *info)
		{
			size_t size = 0;

			(void)info;
			for (int number = 1; size < 102400; number++)
				size += (size_t)snprintf(bytes + size, sizeof(bytes) - size, "%d\\n", number);
			return NULL;
		}

		bool content_find(const char *path, struct content *content)
		{
			*content = (struct content){.type = "text/plain", .size = 102400};
			return !strcmp(path, "/large");
		}

		const uint8_t *content_bytes(const struct content *content, uint64_t offset, size_t *length)
		{
			*length = content->size - offset;
			return (const uint8_t *)bytes + offset;
		}
	END
}

setup_file()
{
	local folder http=$TOP/examples/httpd
	there_is && boots || return 0
	folder=$(appliance_folder)
	key_make "$folder/ecdsa" ec -pkeyopt ec_paramgen_curve:prime256v1
	key_make "$folder/packed/tls" rsa:2048
	for name in ecdsa packed/tls; do
		"$UKGEN" files --make=1M "$folder/$(dirname "$name/x" | tr / -).img" "$folder/$name" >/dev/null
	done
	appliance_build https "$http/https.manifest"
	# one whose key is in its file, and that has a page of 100 KB
	large_make | file_replace "$folder/large.c"
	appliance_build files "$(manifest_make files '"libraries": ["libc", "lwip", "tls"]' '"memory": "32M"' '"files": ["packed"]' \
		"\"includes\": [ \"$http\" ]" \
		'"devices": [ { "name": "service0", "type": "NET_BASIC" } ]')" \
		"$http"/{httpd,server,request,answer,text,tls}.c "$folder/large.c"
	appliance_build secret "$(manifest_make secret '"libraries": ["libc", "tls"]')" "$TOP/tests/guests/secret.c"
	appliance_build memory "$(manifest_make memory '"libraries": ["libc", "tls"]')" "$TOP/tests/guests/tls_memory.c"
	appliance_build shown "$(manifest_make shown '"libraries": ["libc", "tls"]' '"config": { "REPORT_REGISTERS": true }')" \
		"$TOP/tests/guests/secret.c"
}

setup()
{
	there_is || skip "Mbed TLS, the C library or openssl is missing: ./configure --deps, ninja"
	need_tap curl python3
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

teardown()
{
	network_end
}

# https_start [IMAGE]
https_start()
{
	network_start
	server_start out "$folder/https" --net:service0=tap0 --block:key="$folder/${1:-ecdsa}.img" -- --ip=10.9.0.2/24
}

# openssl_ask OPTION...: a handshake; it succeeds if the server agrees
openssl_ask()
{
	inside timeout 20 openssl s_client -connect 10.9.0.2:443 "$@" </dev/null 2>&1
}

@test "curl gets the page and verifies the certificate" {
	https_start
	inside curl -sS --max-time 20 --cacert "$folder/ecdsa/certificate.pem" -w '%{ssl_verify_result} %{http_version}' \
		-o page https://10.9.0.2/ >said
	[ "$(cat said)" = "0 1.1" ]
	grep -q '<h1>It works</h1>' page
	run -60 inside curl -sS --max-time 20 https://10.9.0.2/
}

@test "old protocols are refused, and all ciphers but authenticated ones with forward secrecy" {
	for kind in ecdsa packed-tls; do
		https_start $kind
		inside timeout 60 python3 "$TOP/tests/e2e/tls_client.py" 10.9.0.2 "$folder/ecdsa/certificate.pem" refused oldest
		network_end
	done >said
	sed -n 's/^accepted //p' said | sort >accepted
	diff accepted - <<-END
		ECDHE-ECDSA-AES128-GCM-SHA256
		ECDHE-ECDSA-AES256-GCM-SHA384
		ECDHE-ECDSA-CHACHA20-POLY1305
		ECDHE-RSA-AES128-GCM-SHA256
		ECDHE-RSA-AES256-GCM-SHA384
		ECDHE-RSA-CHACHA20-POLY1305
	END
}

@test "sessions are resumed; renegotiation and compression are refused" {
	https_start
	openssl_ask -sess_out session >/dev/null
	openssl_ask -sess_in session >said
	grep -q '^Reused, TLSv1.2' said
	grep -q 'Compression: NONE' said
	{ sleep 1; echo R; sleep 1; } | inside timeout 20 openssl s_client -connect 10.9.0.2:443 >said 2>&1 || true
	grep -qi 'no renegotiation\|alert' said
}

# agreed CURVES: the one that the server chose of them
agreed()
{
	openssl_ask -tls1_2 -curves "$1" | sed -n 's/^Server Temp Key: \(ECDH, \)*\([^ ,]*\).*/\2/p'
}

@test "the fastest curve of the client's is agreed on, X25519, whatever its order" {
	https_start packed-tls     # ECDSA would have the curve of its key agreed on, too
	[ "$(agreed P-521:P-384:P-256:X25519)" = X25519 ]
	[ "$(agreed P-384:P-256)" = prime256v1 ]
	[ "$(agreed P-384)" = secp384r1 ]
	run openssl_ask -tls1_2 -curves P-521
	[[ $output == *"alert handshake failure"* ]]
}

@test "short blocks are used again; one that is freed twice or was overrun ends the program" {
	[ "$(appliance memory)" = right ]
	run -255 appliance memory twice
	[[ $output == *abort* ]]
	run -255 appliance memory overrun
	[[ $output == *abort* ]]
}

@test "a large page, the key packed with the program" {
	seq 20000 | head -c 102400 >large
	network_start
	server_start out "$folder/files" --net:service0=tap0 -- --ip=10.9.0.2/24
	for _ in 1 2 3; do
		inside curl -sS --max-time 20 --cacert "$folder/packed/tls/certificate.pem" https://10.9.0.2/large -o got https://10.9.0.2/large -o again
		cmp got large
		cmp again large
	done
}

@test "slow, half-open and garbage clients and altered records: other clients are served" {
	https_start
	inside timeout 100 python3 "$TOP/tests/e2e/tls_client.py" 10.9.0.2 "$folder/ecdsa/certificate.pem" \
		page nameless bytewise garbage changed half_open many page
	kill -0 $server
}

@test "a missing, damaged or wrong key is reported" {
	network_start
	mkdir -p keys
	for wrong in key certificate pair; do
		cp "$folder/ecdsa"/* keys/
		case $wrong in
		key) echo nothing >keys/key.pem ;;
		certificate) rm keys/certificate.pem ;;
		pair) cp "$folder/packed/tls/key.pem" keys/ ;;
		esac
		rm -f key.img
		"$UKGEN" files --make=1M key.img keys >/dev/null
		run -1 inside timeout 20 "$folder/https" --net:service0=tap0 --block:key=key.img -- --ip=10.9.0.2/24
		[[ $output == "httpd: /tls/"* ]]
	done
}

@test "with \"tls\" a trap's report has no registers unless they are asked for; without --dumpcore there is no core" {
	ulimit -c unlimited
	run -255 appliance secret
	[[ $output == *"guest trap"*"secret_trap"* ]]
	[[ $output != *5ec2e75ec2e7* ]]
	run -255 appliance shown
	[[ $output == *5ec2e75ec2e7* ]]
	[ -z "$(ls)" ]
	run -0 appliance secret --help
	[[ $output != *dumpcore* ]]
}
