# SPDX-License-Identifier: ISC
# bats file_tags=bed:no
# boot_sqlite.bats -- examples/sqlite: SQLite's shell, whose database is on a block device
bats_require_minimum_version 1.5.0
load common

ARCHIVE=$TOP/build/musl/$(uname -m)/lib/libc.a
SOURCE=$TOP/build/deps/sqlite/sqlite3.c

setup_file()
{
	[ -f "$ARCHIVE" ] && [ -f "$SOURCE" ] || return 0
	boots || return 0
	! built "$(appliance_folder)/sqlite" || return 0
	# SQLite takes a processor 40 seconds: its objects are the same for both hosts, and stay
	flock "$TOP/build" "$UKGEN" --host=$HOST -o "$(appliance_folder)/sqlite" -B "$TOP/build/sqlite-example" "$TOP/examples/sqlite/app.manifest"
}

setup()
{
	[ -f "$ARCHIVE" ] || skip "the C library is not built: ./configure --deps, ninja"
	[ -f "$SOURCE" ] || skip "SQLite's source is not there: ./configure --deps"
	cd "$BATS_TEST_TMPDIR"
}

# sql WORD...: the shell on the image; its input is SQL
sql()
{
	timeout -k 5 60 "$(appliance_folder)/sqlite" --block:storage=image -- "$@"
}

@test "the shell behaves as in a process, and the host can read its database" {
	need_kvm
	need sqlite3
	"$UKGEN" files --make=4M image
	cat >lines <<-'END'
		create table shapes (name text primary key, sides integer, area real);
		insert into shapes values ('triangle', 3, 0.5), ('square', 4, 1), ('circle', null, 3.14159);
		.mode box
		select * from shapes order by area desc;
		.mode quote
		select name, typeof(sides), printf('%.2f', area), hex(name) from shapes;
		create index by_sides on shapes (sides);
		with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
		  insert into shapes select 'shape ' || i, i, sqrt(i) from n;
		delete from shapes where sides % 7 = 0;
		select count(*), round(sum(area), 6) from shapes;
		begin;
		drop table shapes;
		rollback;
		insert into shapes values ('square', 4, 1);
		select * from nothing;
		pragma integrity_check;
		vacuum;
		.tables
		.schema
		select date(0, 'unixepoch'), length(randomblob(20));
		attach ':memory:' as other;
		create table other.copy as select * from shapes;
		select count(*) from copy;
	END
	sqlite3 -batch process.db <lines >expected 2>&1 || true
	sql -batch /data/guest.db <lines >output 2>&1 || true
	diff expected output
	[ "$(wc -l <output)" -gt 20 ]
	"$UKGEN" files --extract=out image
	[ "$(sqlite3 out/guest.db 'pragma integrity_check')" = ok ]
	diff <(sqlite3 process.db .dump) <(sqlite3 out/guest.db .dump)
	# the other way round: a database of the host's
	rm image
	"$UKGEN" files --make=4M image out
	[ "$(sql -readonly /data/guest.db 'select count(*) from shapes' </dev/null)" = "$(sqlite3 process.db 'select count(*) from shapes')" ]
}

@test "a write-ahead log, and files that the shell reads and writes" {
	need_kvm
	"$UKGEN" files --make=4M image
	run -0 sql /data/main.db <<-'END'
		pragma journal_mode = wal;
		create table t (a, b);
		insert into t values (1, 'one'), (2, 'two');
		.headers on
		.mode csv
		.once /data/t.csv
		select * from t;
		.import --skip 1 /data/t.csv t
		.backup /data/copy.db
	END
	[ "$output" = wal ]
	[ "$(sql /data/main.db 'select count(*), group_concat(b) from t' </dev/null)" = "4|one,two,one,two" ]
	[ "$(sql /data/copy.db 'pragma integrity_check; select count(*) from t' </dev/null)" = $'ok\n4' ]
	"$UKGEN" files --extract=out image
	[ "$(tr -d '\r' <out/t.csv)" = $'a,b\n1,one\n2,two' ]
}

@test "a full device ends the transaction, and loses no data" {
	need_kvm
	"$UKGEN" files --make=1M image
	run sql /data/main.db <<-'END'
		create table t (a integer primary key, b);
		insert into t values (1, 'kept');
		with recursive n (i) as (select 2 union all select i + 1 from n where i < 1000) insert into t select i, randomblob(4000) from n;
		select * from t;
		pragma integrity_check;
	END
	[[ $output == *"database or disk is full"* ]]
	[[ $output == *$'\n1|kept\nok' ]]
}

# transactions FROM: SQL without end; each transaction is acknowledged when it is safe
transactions()
{
	awk -v number="$1" 'BEGIN {
		for (;;) {
			number++
			print "begin;"
			printf "insert into log values (%d, randomblob(%d));\n", number, number * 7919 % 6000
			printf "update state set number = %d, text = hex(randomblob(%d));\n", number, number * 104729 % 3000
			printf "delete from log where number = %d;\n", number - 40
			print "commit;"
			printf "select '\''safe %d'\'';\n", number
		}
	}' 2>/dev/null
}

@test "no kill loses an acknowledged transaction, in any journal mode" {
	need_kvm
	local said=0 first=0 found modes=(delete wal truncate persist) round
	# a write-ahead log has 4 MB before it is begun anew
	"$UKGEN" files --make=16M image
	sql /data/main.db <<-'END'
		create table log (number integer primary key, bytes);
		create table state (number, text);
		insert into state values (0, '');
	END
	# KILLS=200 is the long form: ninja test-long
	for ((round = 0; round < ${KILLS:-4}; round++)); do
		# SIGPIPE ends the writer of the transactions
		{ { echo "pragma journal_mode = ${modes[round % 4]};"; transactions "$said"; } || true; } |
			timeout --foreground -s KILL "0.$((RANDOM % 4 + 2))$((RANDOM % 10))" "$(appliance_folder)/sqlite" --block:storage=image -- -batch /data/main.db \
				>output || [ $? = 137 ]
		# a transaction that fails is followed by "safe", too; the last line may be cut
		[ -z "$(sed '$d' output | grep -vE '^(safe [0-9]+|delete|wal|truncate|persist)$')" ]
		found=$(sed '$d' output | sed -n 's/^safe //p' | tail -n 1)
		said=${found:-$said}
		((first > 0)) || first=$said
		run -0 sql -batch /data/main.db <<-END
			pragma integrity_check;
			select max(number) from log;
			select number from state;
			select count(*) = min(40, max(number)) from log;
		END
		[ "${lines[0]}" = ok ]
		((lines[1] >= said && lines[2] == lines[1] && lines[3] == 1))
		said=${lines[1]}
	done
	((first > 0 && said > first))
}

@test "the example starts with one command, makes its own image, and keeps its content" {
	need_kvm
	mkdir -p examples build/deps
	cp -R "$TOP/examples/sqlite" examples/
	rm -rf examples/sqlite/ukgen-build
	run -1 examples/sqlite/run "select 1"
	[ "$output" = "sqlite: SQLite's source is not in build/deps/sqlite; ./configure --deps fetches it" ]
	# what it builds is the same; only for this test's sake is it not built again
	ln -s "$TOP/build/deps/sqlite" build/deps/sqlite
	cat >ukgen <<-END
		#!/bin/sh
		case \$1 in
		files) exec "$UKGEN" "\$@" ;;
		--host=*) [ "\$2" = app.manifest ] && mkdir -p ukgen-build && cp "$(appliance_folder)/sqlite" ukgen-build/ ;;
		esac
	END
	chmod +x ukgen
	export UKGEN=$PWD/ukgen
	[ "$(examples/sqlite/run "create table t (a); insert into t values (5)" </dev/null)" = "" ]
	[ "$(echo 'select a from t;' | examples/sqlite/run)" = 5 ]
}

@test "the appliance has at most 1,360 KB, and only the modules for files on a device and SQLite's random numbers" {
	need_kvm
	[ "$(uname -m)" != x86_64 ] || [ "$(appliance_size "$(appliance_folder)/sqlite")" -le 1360000 ]
	"$UKGEN" inspect "$(appliance_folder)/sqlite" >said
	! grep -q net said
	# it opens /dev/urandom
	grep -q entropy said
}
