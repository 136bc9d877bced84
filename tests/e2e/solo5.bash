# SPDX-License-Identifier: ISC
# solo5.bash -- builds applications as those made for Solo5 are built: by its tools' names, from a manifest's object
#
# Loaded after common.

SOLO5=x86_64-solo5-none-static

# solo5_tools: the tools of the tree, in PATH
solo5_tools()
{
	local folder name
	folder=$(appliance_folder)/bin
	mkdir -p "$folder"
	for name in solo5-elftool solo5-ukgen solo5-hvt solo5-spt $SOLO5-cc $SOLO5-ld $SOLO5-objcopy; do
		ln -sf "$UKGEN" "$folder/$name"
	done
	PATH=$folder:$PATH
}

# solo5_object NAME SOURCE [OPTION...]: compiles it as NAME.o
solo5_object()
{
	local object
	object=$(appliance_folder)/$1.o
	built "$object" || $SOLO5-cc -O2 -Wall -Wextra "${@:3}" -c "$2" -o "$object"
}

# solo5_manifest NAME [DEVICE...]: NAME.o holds the manifest; a DEVICE is TYPE:NAME
solo5_manifest()
{
	local path device devices=
	path=$(appliance_folder)/$1
	! built "$path.o" || return 0
	for device in "${@:2}"; do
		devices+="${devices:+, }{ \"name\": \"${device#*:}\", \"type\": \"${device%%:*}\" }"
	done
	echo "{ \"type\": \"solo5.manifest\", \"version\": 1, \"devices\": [ $devices ] }" >"$path.json"
	solo5-elftool gen-manifest "$path.json" "$path.c"
	$SOLO5-cc -Wall -Wextra -c "$path.c" -o "$path.o"
}

# solo5_link NAME OBJECT-NAME...: links them for the ABI that is like HOST
solo5_link()
{
	local folder objects=() name abi=hvt
	[ $HOST = kvm ] || abi=spt
	folder=$(appliance_folder)
	for name in "${@:2}"; do
		objects+=("$folder/$name.o")
	done
	built "$folder/$1" || $SOLO5-cc -z solo5-abi=$abi "${objects[@]}" -o "$folder/$1"
}
