# SPDX-License-Identifier: ISC
# sqlite.bats -- SQLite's own tests without Tcl, as appliances and as a process of the same objects
bats_require_minimum_version 1.5.0
load ../e2e/common

SOURCE=$TOP/build/deps/sqlite-source
FOLDER=$TOP/build/long

# manifest NAME MEMORY FILES FLAG... -- SOURCE...
manifest()
{
	local name=$1 memory=$2 files=$3 flags= sources=
	shift 3
	while [ "$1" != -- ]; do flags+=", \"$1\""; shift; done
	shift
	for source; do sources+=", \"$source\""; done
	cat >"$FOLDER/$name.manifest" <<-END
		{ "type": "ukgen.manifest", "version": 1, "name": "$name", "memory": "$memory", "libraries": ["libc"], $files
		  "cflags": ["-O2", "-w", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION"$flags],
		  "includes": ["../deps/sqlite", "../deps/sqlite-source/test", "../deps/sqlite-source/src", "../deps/sqlite-source/ext/recover"],
		  "sources": ["../deps/sqlite/sqlite3.c"$sources] }
	END
}

setup_file()
{
	[ -f "$TOP/build/deps/sqlite/sqlite3.c" ] && boots || return 0
	mkdir -p "$FOLDER/root"
	cp "$SOURCE"/test/fuzzdata[1-8].db "$FOLDER/root/"
	# as its main.mk has them
	manifest fuzzcheck 512M '"files": ["root"],' -DSQLITE_ENABLE_MEMSYS5 -DSQLITE_OSS_FUZZ -DSQLITE_MAX_MEMORY=50000000 \
		-DSQLITE_PRINTF_PRECISION_LIMIT=1000 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_GEOPOLY \
		-DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ENABLE_BYTECODE_VTAB -- \
		../deps/sqlite-source/test/{fuzzcheck,ossfuzz,fuzzinvariants,vt02}.c ../deps/sqlite-source/ext/recover/{dbdata,sqlite3recover}.c
	manifest speedtest1 256M '"devices": [{ "name": "storage", "type": "BLOCK_BASIC" }], "mounts": { "storage": "/data" },' \
		-DSQLITE_ENABLE_RTREE -- ../deps/sqlite-source/test/speedtest1.c
	for name in fuzzcheck speedtest1; do
		flock "$TOP/build" "$UKGEN" --host=$HOST -o "$BATS_FILE_TMPDIR/$name" -B "$FOLDER/$name" "$FOLDER/$name.manifest" 2>/dev/null
	done
}

setup()
{
	[ -f "$TOP/build/deps/sqlite/sqlite3.c" ] || skip "SQLite's source is not there: ./configure --deps"
	cd "$BATS_TEST_TMPDIR"
}

@test "fuzzcheck finds nothing in any of its eight collections" {
	need_kvm
	for number in 1 2 3 4 5 6 7 8; do
		run -0 timeout 1200 "$BATS_FILE_TMPDIR/fuzzcheck" "/fuzzdata$number.db"
		# its version is the last line
		[[ ${lines[-2]} == "fuzzcheck: 0 errors out of "*" tests in "* ]]
	done
}

# the test's answers are checksums of all results; its times differ
speedtest1_answers()
{
	grep -v '^ *TOTAL\|^-- Database' | sed 's/\.\.\.*.*//'
}

@test "speedtest1 has the same results in memory, on a disk, and in a process" {
	need_kvm
	need musl-gcc
	musl-gcc -static -o process "$FOLDER"/speedtest1/obj/app/*/*.o
	./process --size 20 --verify --memdb | speedtest1_answers >expected
	[ "$(wc -l <expected)" -gt 20 ]
	"$UKGEN" files --make=64M image
	timeout 1200 "$BATS_FILE_TMPDIR/speedtest1" --block:storage=image -- --size 20 --verify --memdb | speedtest1_answers >memory
	diff expected memory
	timeout 1200 "$BATS_FILE_TMPDIR/speedtest1" --block:storage=image -- --size 20 --verify /data/test.db | speedtest1_answers >disk
	diff expected disk
	"$UKGEN" files --extract=out image
	[ "$(sqlite3 out/test.db 'pragma integrity_check')" = ok ]
}
