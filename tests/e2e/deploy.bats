# SPDX-License-Identifier: ISC
# deploy.bats -- container images and files for service managers: their content, and that their readers accept them
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	appliance_build full "$(manifest_make full '"memory": "4M"' '"ports": [80, "53/udp"]' \
		'"labels": {"org.opencontainers.image.vendor": "A \"b\" ü"}' \
		'"devices": [{"name": "service", "type": "NET_BASIC"}, {"name": "second", "type": "NET_BASIC"},
			{"name": "storage", "type": "BLOCK_BASIC"}, {"name": "fixed", "type": "BLOCK_BASIC", "readonly": true}]')" \
		"$TOP/tests/guests/sleeper.c"
	HOST=process appliance_build confined "$(manifest_make confined '"memory": "2M"' '"ports": [80]' \
		'"devices": [{"name": "service", "type": "NET_BASIC"}]')" "$TOP/tests/guests/sleeper.c"
	"$UKGEN" --arch=aarch64 -B "$(appliance_folder)/arm.build" -o "$(appliance_folder)/arm" "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
}

# arguments_of FILE: of the container that runs the appliance, one a line
arguments_of()
{
	/usr/bin/python3 -c 'import sys, yaml
for d in yaml.safe_load_all(open(sys.argv[1])):
    if d and d["kind"] == "Deployment":
        print("\n".join(d["spec"]["template"]["spec"]["containers"][0]["args"]))' "$1"
}

@test "an image is one file in one layer, with the manifest's labels and ports" {
	need jq tar
	"$UKGEN" oci "$folder/full"
	"$UKGEN" oci -o layout "$folder/full"
	mkdir archive && tar -xf full.tar -C archive
	# but for the name, both have the same; Docker looks for one file more
	diff <(cd archive && find . -type f | sort) <(cd layout && find . -type f | sort)
	diff -r archive/blobs layout/blobs
	manifest=$(jq -r '.manifests[0].digest' layout/index.json)
	manifest=layout/blobs/sha256/${manifest#sha256:}
	config=layout/blobs/$(jq -r .config.digest "$manifest" | tr : /)
	layer=layout/blobs/$(jq -r '.layers[0].digest' "$manifest" | tr : /)
	for blob in layout/blobs/sha256/*; do [ "$(sha256sum "$blob" | cut -d ' ' -f 1)" = "${blob##*/}" ]; done
	[ "$(jq '.layers | length' "$manifest")" = 1 ]
	[ "$(tar -tvf "$layer" --numeric-owner --full-time --utc | tr -s ' ')" = "-rwxr-xr-x 0/0 $(stat -c %s "$folder/full") 1970-01-01 00:00:00 full" ]
	tar -xOf "$layer" full | cmp - "$folder/full"
	[ "$(jq -c .config.ExposedPorts "$config")" = '{"80/tcp":{},"53/udp":{}}' ]
	[ "$(jq -r '.config.Labels["org.opencontainers.image.vendor"]' "$config")" = 'A "b" ü' ]
	[ "$(jq -r '.config.Labels["ukgen.build-id"]' "$config")" = "$("$UKGEN" inspect "$folder/full" | sed -n 's/^build id: //p')" ]
	[ "$(jq -r '.config.Labels["ukgen.isolation"]' "$config")" = "virtual machine" ]
	[ "$(jq -c '[.architecture, .os, .config.StopSignal, .config.Entrypoint]' "$config")" = '["amd64","linux","SIGTERM",["/full"]]' ]
}

@test "the same appliance gives the same image; its architecture is the appliance's" {
	need jq
	"$UKGEN" oci -o one.tar "$folder/full"
	mkdir elsewhere
	cp "$folder/full" elsewhere/other
	(cd elsewhere && umask 077 && TZ=Asia/Tokyo LC_ALL=C "$UKGEN" oci -o two.tar other)
	cmp one.tar elsewhere/two.tar
	"$UKGEN" oci -o arm "$folder/arm"
	[ "$(jq -r '.manifests[0].platform.architecture' arm/index.json)" = arm64 ]
}

@test "other programs read the image" {
	need skopeo umoci
	"$UKGEN" oci -o layout "$folder/full"
	"$UKGEN" oci "$folder/full"
	skopeo inspect oci:layout:latest | grep '"ukgen.isolation": "virtual machine"'
	skopeo inspect oci-archive:full.tar | grep '"ukgen.isolation": "virtual machine"'
	skopeo inspect docker-archive:full.tar:full:latest | grep '"ukgen.isolation": "virtual machine"'
	umoci unpack --rootless --image layout:latest bundle
	cmp bundle/rootfs/full "$folder/full"
}

@test "an image replaces an archive, but not a non-empty folder" {
	mkdir folder && echo mine >folder/file
	run -1 "$UKGEN" oci -o folder "$folder/full"
	[[ $output == *"folder isn't empty"* ]]
	[ "$(ls folder)" = file ]
	echo old >image.tar
	"$UKGEN" oci -o image.tar "$folder/full"
	tar -tf image.tar >list
}

@test "systemd accepts all units, and rates the appliance's as well confined" {
	need systemd-analyze
	for options in full "--tap full" confined "--tap confined"; do
		read -ra words <<<"$options"
		rm -rf units
		"$UKGEN" deploy --systemd -o units --program=/bin/true "${words[@]:0:${#words[@]}-1}" "$folder/${words[-1]}" -- 'a "b" $c' '%d\' >list
		sed -i 's,/usr/bin/passt ,/bin/true ,' units/*.service
		systemd-analyze verify "$PWD"/units/*.service >said 2>&1 || { cat said; false; }
		[ ! -s said ] || { cat said; false; }
		systemd-analyze security --offline=true --threshold=17 "$PWD/units/${words[-1]}.service" >table || { cat table; false; }
	done
	# the threshold can fail
	sed -i '/^Restrict/d; /^Protect/d' units/confined.service
	run -1 systemd-analyze security --offline=true --threshold=17 "$PWD/units/confined.service"
	# quoted as units want it
	grep -F -- '-- "a \"b\" $$c" "%%d\\"' units/confined.service
}

@test "systemd-networkd's files name the same interface as the unit" {
	"$UKGEN" deploy --systemd --tap -o units "$folder/full"
	[ "$(sort units/*.netdev | grep -E '^(Name|Kind|User)=' | tr '\n' ' ')" = "Kind=tap Kind=tap Name=full0 Name=full1 User=full User=full " ]
	grep -F -- "--net:service=full0 --net:second=full1 --block:storage=%S/full/storage.img --block:fixed=%S/full/fixed.img" units/full.service
	grep -qx 'u full - "Appliance full"' units/full.sysusers
}

@test "Kubernetes' API has every key, and pods are restricted" {
	/usr/bin/python3 -c 'import kubernetes, yaml' || skip "python3-kubernetes or python3-yaml is missing"
	"$UKGEN" deploy --kubernetes -o full --probe=/stats --kvm-group=107 "$folder/full" -- 'a: "b" $(c)' '# d'
	/usr/bin/python3 "$TOP/tests/peers/cluster.py" full/full.yaml network-0 network-1 >list
	[ "$(cat list)" = "v1 PersistentVolumeClaim full-disk-2
v1 PersistentVolumeClaim full-disk-3
v1 Service full
apps/v1 Deployment full" ]
	[ "$(arguments_of full/full.yaml)" = '--net:service=unix:/run/network-0/socket
--net:second=unix:/run/network-1/socket
--block:storage=/dev/disk-2
--block:fixed=/dev/disk-3
--
a: "b" $$(c)
# d' ]
	"$UKGEN" deploy --kubernetes -o confined "$folder/confined"
	/usr/bin/python3 "$TOP/tests/peers/cluster.py" confined/confined.yaml network-0
	run -0 grep -c kvm full/full.yaml
	run -1 grep kvm confined/confined.yaml
	# the check can fail
	sed -i 's/readOnlyRootFilesystem/readOnlyRootFileSystem/' full/full.yaml
	run -1 /usr/bin/python3 "$TOP/tests/peers/cluster.py" full/full.yaml network-0 network-1
	[[ $output == *"has no such key"* ]]
	run -1 /usr/bin/python3 "$TOP/tests/peers/cluster.py" confined/confined.yaml
}

@test "docker compose's schema accepts the file" {
	need docker-compose
	"$UKGEN" deploy --compose -o compose --kvm-group=107 "$folder/full" -- 'a $b' ': c'
	(cd compose && docker-compose config >said 2>&1) || { cat compose/said; false; }
	grep -F -- '- a $$b' compose/said
	"$UKGEN" deploy --compose -o confined "$folder/confined"
	(cd confined && docker-compose config >said)
	# the schema can refuse
	sed -i 's/    mem_limit/    memlimit/' confined/compose.yaml
	(cd confined && run -1 docker-compose config)
}

@test "nothing is overwritten" {
	"$UKGEN" deploy --systemd -o units "$folder/full" >list
	[ "$(sort list)" = "units/full-second.service
units/full-service.service
units/full.service" ]
	rm units/full.service
	echo mine >units/full-second.service
	run -1 "$UKGEN" deploy --systemd -o units "$folder/full"
	[[ $output == *"units/full-service.service is there already"* ]]
	[ ! -e units/full.service ]
	[ "$(cat units/full-second.service)" = mine ]
}
