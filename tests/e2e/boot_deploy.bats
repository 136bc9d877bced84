# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_deploy.bats -- appliances as containers of podman, runc and containerd, and as services of systemd
#
# Each test has its own mount namespace for containers and images.
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	boots || return 0
	appliance_build hello "$TOP/examples/hello/app.manifest"
	appliance_build fill "$(manifest_make fill '"memory": "64M"')" "$TOP/tests/guests/fill.c"
	appliance_build kv "$TOP/examples/kv/app.manifest"
	[ ! -d "$TOP/build/deps/lwip" ] || appliance_build httpd "$TOP/examples/httpd/app.manifest"
}

setup()
{
	need_kvm
	need_root
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
	# podman takes no long path for what it keeps of running containers
	short=$(mktemp -d /tmp/ukgen.XXXXXX)
	devices=
	[ $HOST != kvm ] || devices=--device=/dev/kvm
}

teardown()
{
	[ -z "${machine:-}" ] || kill -9 "$machine" 2>/dev/null || true
	[ -z "${short:-}" ] || rm -rf "$short"
}

# with_podman SCRIPT: where containers and images are in memory. In it "podman" has the options that this needs, and
# containers have its defaults, but for limits that this machine may not permit. The network is one of its own, with the
# address 192.0.2.5
with_podman()
{
	printf '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n' >podman.conf
	cat >script <<-END
		set -e
		export CONTAINERS_CONF=$PWD/podman.conf
		podman() { command podman --root /var/lib/containers --runroot $short --tmpdir /run/podman --storage-driver vfs --cgroup-manager cgroupfs --events-backend none "\$@"; }
		mkdir -p /run/podman
		ip link set lo up
		if [ -e /dev/net/tun ]; then
			ip tuntap add out0 mode tap
			ip addr add 192.0.2.5/24 dev out0
			ip link set out0 up
			ip route add default via 192.0.2.1
		fi
		$1
	END
	with_control_groups unshare --net --pid --fork --kill-child --mount-proc bash script 9>&- 3>&-
}

@test "podman runs the image: arguments, exit status, standard output" {
	need podman
	"$UKGEN" oci "$folder/hello"
	run -0 with_podman "podman load -qi hello.tar; podman run --rm --network none $devices localhost/hello World"
	[[ $output == *"Hello, World!" ]]
}

@test "podman stops it by SIGTERM at once; a guest that fills its memory stays within the limit" {
	need podman
	"$UKGEN" oci "$folder/fill"
	# --mem and the 16 MiB that docs/limits.md tells
	run -0 with_podman "podman load -qi fill.tar
		podman run --name it -d --network none --memory $((64 + 16))m --memory-swap $((64 + 16))m $devices localhost/fill
		for ((i = 0; i < 100; i++)); do podman logs it | grep -q written && break; sleep 0.1; done
		cat /sys/fs/cgroup/memory/libpod_parent/*/memory.limit_in_bytes /sys/fs/cgroup/libpod_parent/*/memory.max 2>/dev/null || true
		began=\$EPOCHREALTIME
		podman stop -t 20 it
		echo \"took \$(((\${EPOCHREALTIME/./} - \${began/./}) / 1000000)) s\"
		podman inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' it
		podman logs it"
	[[ $output == *"took "[0-5]" s"*"7 false"*"all written"*"stopped"* ]]
}

@test "a file in a volume as a block device's image" {
	need podman
	"$UKGEN" oci "$folder/kv"
	mkdir volume
	truncate -s 128K volume/store.img
	run -0 with_podman "podman load -qi kv.tar
		for words in 'put name value' 'get name'; do
			podman run --rm --network none -v $PWD/volume:/data $devices localhost/kv --block:store=/data/store.img -- \$words
		done"
	[[ $output == *value ]]
}

@test "in a container: passt in a second one, and a TAP interface" {
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	need podman passt curl
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	"$UKGEN" oci "$folder/httpd"
	# an image of passt, with what it is linked with
	mkdir passt network
	for file in $(command -v passt) $(ls "$(command -v passt)".* 2>/dev/null) $(ldd "$(command -v passt)" | grep -o '/[^ ]*'); do
		mkdir -p "passt$(dirname "$file")"
		cp -L "$file" "passt$file"
	done
	mkdir passt/tmp
	tar -cf passt.tar -C passt .
	chown 65532 network
	# a device that the user may open, as where its group is the containers'
	[ $HOST = process ] || devices=--device=/run/kvm:/dev/kvm
	run -0 with_podman "podman load -qi httpd.tar
		podman import -q passt.tar passt
		mknod -m 666 /run/kvm c 10 232
		podman run -d --network host --user 65532:65532 --cap-drop all --read-only -v $PWD/network:/run/network passt \
			$(command -v passt) --foreground --socket /run/network/socket --tcp-ports 8080:80
		for ((i = 0; i < 100; i++)); do [ ! -S network/socket ] || break; sleep 0.1; done
		podman run -d --network none --user 65532:65532 --cap-drop all --read-only -v $PWD/network:/run/network $devices \
			localhost/httpd --net:service0=unix:/run/network/socket
		for ((i = 0; i < 50; i++)); do curl -sf -m 2 http://192.0.2.5:8080/ -o one && break; sleep 0.2; done
		ip tuntap add tap7 mode tap
		ip addr add 10.9.0.1/24 dev tap7
		ip link set tap7 up
		podman run -d --network host --device /dev/net/tun $devices localhost/httpd --net:service0=tap7 -- --ip=10.9.0.2/24
		for ((i = 0; i < 50; i++)); do curl -sf -m 2 http://10.9.0.2/ -o other && break; sleep 0.2; done
		grep -c '<h1>It works' one other"
	[[ $output == *"one:1"*"other:1" ]]
}

# bats test_tags=host:process
@test "podman runs the output of ukgen deploy --kubernetes, as an ordinary user without capabilities" {
	need podman catatonit
	"$UKGEN" oci "$folder/hello"
	"$UKGEN" deploy --kubernetes "$folder/hello" -- World
	run -0 with_podman "podman load -qi hello.tar
		podman play kube --network none hello.yaml
		for ((i = 0; i < 100; i++)); do podman logs hello-pod-0-hello 2>/dev/null | grep Hello && break; sleep 0.1; done"
	[[ $output == *"Hello, World!"* ]]
}

@test "runc runs the image that umoci unpacks" {
	need runc umoci python3
	"$UKGEN" oci -o layout "$folder/hello"
	umoci unpack --image layout:latest bundle
	python3 - "$HOST" <<-'END'
		import json, sys
		spec = json.load(open("bundle/config.json"))
		spec["process"]["terminal"] = False
		spec["process"]["args"].append("World")
		if sys.argv[1] == "kvm":
		    number = {"type": "c", "major": 10, "minor": 232}
		    spec["linux"].setdefault("devices", []).append(dict(number, path="/dev/kvm", fileMode=0o666))
		    spec["linux"]["resources"].setdefault("devices", []).append(dict(number, allow=True, access="rw"))
		json.dump(spec, open("bundle/config.json", "w"))
	END
	run -0 with_control_groups runc run --bundle bundle "ukgen-deploy-$HOST-$$" 9>&-
	[[ $output == *"Hello, World!" ]]
}

@test "containerd runs the image" {
	need containerd ctr
	"$UKGEN" oci "$folder/hello"
	cat >script <<-END
		cat >/run/config.toml <<-TOML
			version = 2
			root = "/var/lib/containerd"
			state = "/run/containerd"
			disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
			[grpc]
			address = "/run/containerd.sock"
		TOML
		containerd -c /run/config.toml >log 2>&1 &
		for ((i = 0; i < 100; i++)); do ctr -a /run/containerd.sock version >version 2>&1 && break; sleep 0.1; done
		ctr -a /run/containerd.sock image import hello.tar
		ctr -a /run/containerd.sock run --rm --snapshotter native $devices localhost/hello:latest ukgen-$HOST-$$ /hello World
		status=\$?
		kill %1
		wait
		exit \$status
	END
	run -0 with_control_groups bash script 9>&- 3>&-
	[[ $output == *"Hello, World!" ]]
}

# in_machine COMMAND...: in the machine of tests/peers/service_manager
in_machine()
{
	nsenter -t "$machine" -a -r -w "$@"
}

@test "systemd runs the units: passt, the appliance as another user, and stops them" {
	[ -d "$TOP/build/deps/lwip" ] || skip "lwIP's sources are missing"
	need passt curl nsenter /lib/systemd/systemd
	grep -qw overlay /proc/filesystems || skip "the kernel has no overlay file system"
	[ -e /dev/net/tun ] || skip "/dev/net/tun is missing"
	"$UKGEN" deploy --systemd --port=80 -o units "$folder/httpd"
	setsid unshare --mount --pid --net --cgroup --ipc --uts --fork --kill-child "$TOP/tests/peers/service_manager" \
		units "$folder/httpd" httpd.service >said 2>&1 </dev/null 3>&- 9>&- &
	machine=$!
	wait_for 10 pgrep -P $machine
	machine=$(pgrep -P $machine)
	wait_for 30 in_machine curl -sf -m 2 -o /tmp/page http://192.0.2.5:8080/ || { in_machine systemctl status --no-pager httpd httpd-service0 || cat said; false; }
	in_machine grep -q '<h1>It works' /tmp/page
	process=$(in_machine systemctl show -P MainPID httpd)
	in_machine cat "/proc/$process/status" >status
	cat status
	# a user that systemd made, without any capability
	[ "$(awk '$1 == "Uid:" { print ($2 >= 61184 && $2 <= 65519) }' status)" = 1 ]
	grep -q '^CapBnd:.*0000000000000000$' status
	in_machine systemctl stop httpd
	[ "$(in_machine systemctl show -P Result httpd)" = success ]
	[ "$(in_machine systemctl show -P ActiveState httpd-service0)" = inactive ]
}
