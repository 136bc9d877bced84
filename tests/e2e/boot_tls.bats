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
	mkfifo asks
	nsenter -t "$network" -n timeout 20 openssl s_client -connect 10.9.0.2:443 <asks >said 2>&1 3>&- &
	exec 4>asks
	wait_for 10 grep -q 'Verify return code' said
	echo R >&4
	wait_for 10 grep -qi 'no renegotiation\|alert' said
	exec 4>&-
	wait $! || true
}

# chain_make FOLDER [DAYS]: a root's certificate, an intermediate's that it signed, and one that this signed, valid for DAYS
chain_make()
{
	local name signer=root
	mkdir -p "$1/tls"
	(
		cd "$1"
		openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=root -days 30 -keyout root.key -out root.pem
		printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' >middle.ext
		printf 'subjectAltName=DNS:shop.example,IP:10.9.0.2\n' >shop.ext
		for name in middle shop; do
			openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout $name.key -out $name.csr
			openssl x509 -req -in $name.csr -CA $signer.pem -CAkey $signer.key -CAcreateserial -extfile $name.ext \
				-days "${2:-30}" -out $name.pem
			signer=$name
		done
	) 2>/dev/null
	cp "$1/shop.key" "$1/tls/key.pem"
	cat "$1/shop.pem" "$1/middle.pem" >"$1/tls/certificate.pem"
	"$UKGEN" files --make=1M "$1.img" "$1/tls" >/dev/null
}

# chain_start FOLDER: a server with the chain of certificates in it
chain_start()
{
	network_start
	server_start out "$folder/https" --net:service0=tap0 --block:key="$1.img" -- --ip=10.9.0.2/24
}

@test "a chain with an intermediate certificate is verified by the root's alone" {
	chain_make chain
	chain_start chain
	openssl_ask -CAfile chain/root.pem -verify_return_error -verify_hostname shop.example -showcerts >said
	[ "$(grep -c -- '-----BEGIN CERTIFICATE-----' said)" = 2 ]
	grep -q 'Verify return code: 0 (ok)' said
	inside curl -sS --max-time 20 --cacert chain/root.pem -o page https://10.9.0.2/
	grep -q '<h1>It works</h1>' page
	[ "$(cat out)" = "httpd: serving at 10.9.0.2" ]
}

@test "an expired certificate is reported, and clients refuse it" {
	chain_make old -1
	chain_start old
	[ "$(grep -c '^httpd: warning: a certificate in /tls/certificate.pem has expired; clients will refuse it$' out)" = 2 ]
	run -60 inside curl -sS --max-time 20 --cacert old/root.pem https://10.9.0.2/
	[[ $output == *expired* ]]
	inside curl -sSk --max-time 20 -o page https://10.9.0.2/
	grep -q '<h1>It works</h1>' page
}

@test "a client that insists on TLS 1.3 is refused by an alert" {
	https_start
	run openssl_ask -tls1_3
	[[ $output == *"alert handshake failure"*"SSL alert number 40"* ]]
}

@test "stalled handshakes end, requests come in many records, clients leave without a word" {
	https_start
	inside timeout 100 python3 "$TOP/tests/e2e/tls_client.py" 10.9.0.2 "$folder/ecdsa/certificate.pem" stalled records unclosed
	kill -0 $server
}

# private: KB of memory that the server alone has
private()
{
	awk '/^Private_(Clean|Dirty):/ { sum += $2 } END { print sum }' /proc/$server/smaps_rollup
}

@test "128 handshakes at once are completed, in bounded memory" {
	local i grown
	https_start
	for i in 1 2 3 4 5 6; do
		inside timeout 100 python3 "$TOP/tests/e2e/tls_client.py" 10.9.0.2 "$folder/ecdsa/certificate.pem" crowd
		echo "private memory: $(private) KB"
		# pools are touched once in all places
		[ $i != 4 ] || grown=$(private)
	done
	[ "$grown" -le 20000 ]
	[ "$(private)" -le $((grown + 200)) ]
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
	for wrong in key certificate pair encrypted old_encrypted; do
		cp "$folder/ecdsa"/* keys/
		case $wrong in
		encrypted) openssl pkcs8 -topk8 -passout pass:secret -in keys/key.pem -out keys/key.new ;;
		old_encrypted) openssl ec -aes128 -passout pass:secret -in keys/key.pem -out keys/key.new ;;
		key) echo nothing >keys/key.pem ;;
		certificate) rm keys/certificate.pem ;;
		pair) cp "$folder/packed/tls/key.pem" keys/ ;;
		esac
		[ ! -f keys/key.new ] || mv keys/key.new keys/key.pem
		rm -f key.img
		"$UKGEN" files --make=1M key.img keys >/dev/null
		run -1 inside timeout 20 "$folder/https" --net:service0=tap0 --block:key=key.img -- --ip=10.9.0.2/24
		case $wrong in
		certificate) [[ $output == "httpd: /tls/certificate.pem is not there, or not a chain of certificates in PEM" ]] ;;
		pair) [[ $output == "httpd: /tls/key.pem is not the key of the first certificate in /tls/certificate.pem" ]] ;;
		*) [[ $output == "httpd: /tls/key.pem is not there, or not a private key in PEM without a password" ]] ;;
		esac
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
