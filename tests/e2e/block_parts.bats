# SPDX-License-Identifier: ISC
# block_parts.bats -- the parts of the module block in an appliance: none without it, one mode without the other

load common

setup_file()
{
	local sources='"sources": ["'$TOP'/tests/guests/disk.c"]' mode
	local disk='"devices": [{ "name": "disk", "type": "BLOCK_BASIC" }]'

	for mode in file mapped; do
		appliance_build $mode "$(manifest_make $mode "$sources" "$disk" '"config": { "BLOCK_'${mode^^}'": true }')"
	done
	appliance_build none "$TOP/examples/hello/app.manifest"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# is LINE...: these are all the lines that were printed
is()
{
	[ "$output" = "$(printf '%s\n' "$@")" ]
}

@test "an appliance without block devices has none of the module" {
	need nm
	folder=$(appliance_folder)
	nm "$folder/file.build/file.monitor.elf" >with
	grep -q 'host_block_read$' with
	grep -q ' block_setup$' with
	nm "$folder/none.build/hello.monitor.elf" >without
	grep -q ' host_console_write$' without
	# __block_all_sigs is the C library's
	absent=$(grep -v " __block_all_sigs\$" without | grep -E "block|pread|pwrite|fdatasync|fallocate" || true)
	[ -z "$absent" ]
	"$UKGEN" inspect "$folder/file" | grep -q 'pread64(fd block)'
	run "$UKGEN" inspect "$folder/none"
	[ "$status" = 0 ]
	[[ $output == *"console_write"* ]]
	[[ ! $output =~ block|pread|pwrite|fdatasync|fallocate ]]
}

@test "an appliance of one mode has nothing of the other" {
	need nm
	folder=$(appliance_folder)
	nm "$folder/file.build/file.monitor.elf" >file
	nm "$folder/mapped.build/mapped.monitor.elf" >mapped
	grep -q ' host_block_read$' file
	grep -q ' host_block_sync$' mapped
	run grep -E ' (host_block_sync|block_map|block_report|memory_map_file|file_allocate|mapped|msync|option_block_(mode|allocate))$' file
	[ "$status" = 1 ]
	run grep -E ' (host_block_(read|write|flush|discard)|pread|pwrite|fdatasync|option_block_mode)$' mapped
	[ "$status" = 1 ]
	run "$UKGEN" inspect "$folder/file"
	[[ $output == *"pread64(fd block)"* && ! $output =~ msync|fstat|block_sync ]]
	run "$UKGEN" inspect "$folder/mapped"
	[[ $output == *"msync(_, _, MS_SYNC=4)"* && ! $output =~ pread|pwrite|fdatasync|fallocate|block_(read|write|flush|discard) ]]
	run appliance file --block-mode:disk=mapped --block:disk=disk.img
	[ "$status" = 1 ]
	is "file: --block-mode:disk=mapped: unknown option; --help lists what this appliance accepts; the guest's arguments follow --"
	run appliance file --block-allocate:disk --block:disk=disk.img
	[ "$status" = 1 ]
	is "file: --block-allocate:disk: unknown option; --help lists what this appliance accepts; the guest's arguments follow --"
}
