# SPDX-License-Identifier: ISC
# install.bats -- ninja install: programs, manual, completion; ninja uninstall leaves no trace
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	DESTDIR=$BATS_FILE_TMPDIR/root ninja -C "$TOP" install >/dev/null
	export INSTALLED=$BATS_FILE_TMPDIR/root/usr/local
	export PATH=$INSTALLED/bin:$PATH
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
}

# folder_state FOLDER: all that is in it
folder_state()
{
	(cd "$1" && find . \( -type d -printf '%p/\n' \) -o -printf '%p %l %s\n' | sort)
}

@test "uninstall removes what was installed, even if installed twice" {
	mkdir -p root/usr/local/bin root/usr/local/share/man/man1 root/usr/local/share/doc
	echo mine >root/usr/local/bin/mine
	echo mine >root/usr/local/share/man/man1/mine.1
	folder_state root >before
	export DESTDIR=$PWD/root
	ninja -C "$TOP" install >/dev/null
	folder_state root >installed
	ninja -C "$TOP" install >/dev/null
	folder_state root | diff installed -
	# a file of somebody else's in a folder that was made keeps that
	echo mine >root/usr/local/lib/pkgconfig/mine.pc
	ninja -C "$TOP" uninstall >/dev/null
	rm root/usr/local/lib/pkgconfig/mine.pc
	rmdir -p root/usr/local/lib/pkgconfig 2>/dev/null || true
	folder_state root | diff before -
	run ninja -C "$TOP" uninstall
	[ "$status" != 0 ]
	[[ $output == *"nothing is installed there by ninja install"* ]]
}

@test "documents, examples and the licence are installed, and an installed example builds" {
	local doc=$INSTALLED/share/doc/ukgen
	cmp "$doc/LICENSE" "$TOP/LICENSE"
	[ -f "$doc/CHANGELOG.md" ] && [ -f "$doc/docs/threat-model.md" ]
	# a line of the change log names this version
	grep -q "^## $(ukgen --version | sed 's/.* //')" "$doc/CHANGELOG.md"
	ukgen -B here "$doc/examples/hello/app.manifest"
	[[ $(here/hello --version) == "hello, made by ukgen "* ]]
}

@test "other projects' files are installed with their licences" {
	local folder
	for folder in "$INSTALLED"/lib/ukgen/deps/*/; do
		[ -s "$folder/COPYING" ] || [ -s "$folder/COPYRIGHT" ] || [ -s "$folder/LICENSE" ]
	done
	[ ! -d "$TOP/build/libcxx" ] || grep -q 'LLVM Exceptions' "$INSTALLED/lib/ukgen/deps/libcxx/LICENSE"
}

@test "the manual is free of errors, and has each command and option" {
	need scdoc man
	local page command
	for page in ukgen.1 appliance.7 app.manifest.5 ukgen.mod.5 ukgen.lib.5; do
		MANWIDTH=120 LC_ALL=C.UTF-8 man --warnings -l "$INSTALLED/share/man/man${page##*.}/$page" 2>warnings | col -bx >"$page.txt"
		[ ! -s warnings ]
	done
	for command in $(ukgen --help | sed -n '/^commands/,$ s/^  \([a-z][a-z0-9]*\) .*/\1/p'); do
		grep -E "usage: ukgen $command " ukgen.1.txt
	done
	grep -e '--libraries DIR' ukgen.1.txt
	grep -e '--block:NAME=PATH' appliance.7.txt
	for key in type name sources memory devices libraries config; do
		grep -E "^ +([a-z]+, )*$key" app.manifest.5.txt
	done
	for statement in hypercall option syscall; do grep -E "^ +$statement " ukgen.mod.5.txt; done
	for statement in tree source needs; do grep -E "^ +$statement " ukgen.lib.5.txt; done
	! grep -E '^ *@' ./*.txt
}

# completed WORD...: what bash offers for the last word
completed()
{
	bash -c '
		source "$1"
		shift
		compopt() { :; }
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
		_ukgen
		printf "%s\n" "${COMPREPLY[@]}"' - "$INSTALLED/share/bash-completion/completions/ukgen" "$@"
}

@test "bash completes commands, options and files" {
	touch inside.manifest
	[ "$(completed ukgen ins)" = $'inspect\ninside.manifest' ]
	[ "$(completed ukgen ./ins)" = ./inside.manifest ]
	[ "$(completed ukgen --ar)" = --arch= ]
	[ "$(completed ukgen inspect --j)" = --json ]
	[ "$(completed ukgen new --)" = $'--block\n--libc\n--net\n--help' ]
	[ "$(completed ukgen inspect ins)" = inside.manifest ]
}

@test "fish completes the same" {
	need fish
	touch inside.manifest
	export HOME=$PWD
	offered() { fish -N -c "source $INSTALLED/share/fish/vendor_completions.d/ukgen.fish; complete -C '$1'" | cut -f 1; }
	[ "$(offered 'ukgen ins' | sort)" = $'inside.manifest\ninspect' ]
	[ "$(offered 'ukgen inspect --j')" = --json ]
	[ "$(offered 'ukgen --ar')" = --arch= ]
	[ "$(offered 'ukgen inspect ins')" = inside.manifest ]
}

@test "zsh completes the same" {
	need zsh
	touch unlike.manifest
	# a shell with a terminal of its own; what it wrote after each tabulator
	cat >type <<-'END'
		zmodload zsh/zpty
		zpty shell zsh -f -i
		zpty -w shell "PS1=; unsetopt prompt_cr; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; echo rea''dy"
		zpty -r -m shell line '*ready*'
		zpty -w -n shell $'ukgen insp\t'
		zpty -r -m -t shell line '*inspect *' || sleep 1
		zpty -w -n shell $'--j\t unl\t'
		sleep 2
		zpty -w -n shell $'\C-a\C-kexit\n'
		zpty -r shell rest
		print -r -- "$line$rest"
	END
	timeout 30 zsh -f type "$INSTALLED/share/zsh/site-functions" | sed "s/\x1b\[[0-9;?]*[A-Za-z]//g" | tr -d "\a\b\r" >said
	grep -a -q -e 'inspect  *--json  *unlike.manifest' said || { cat -v said; return 1; }
}
