# SPDX-License-Identifier: ISC
# files.bash -- files that tests make, so that what depends on them is built again only when they change

# file_replace PATH: what is on standard input goes there; a file that is the same keeps its time
file_replace()
{
	cat >"$1.new"
	if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

# manifest_write FOLDER NAME FIELD...: writes FOLDER/NAME.manifest, prints its path; a FIELD is '"key": value'
manifest_write()
{
	{
		printf '{ "type": "ukgen.manifest", "version": 1, "name": "%s"' "$2"
		[ $# = 2 ] || printf ', %s' "${@:3}"
		echo ' }'
	} | file_replace "$1/$2.manifest"
	echo "$1/$2.manifest"
}
