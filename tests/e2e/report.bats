# SPDX-License-Identifier: ISC
# report.bats -- the page of ukgen report: what is in it, and that everybody can read it
bats_require_minimum_version 1.5.0
load common

setup_file()
{
	appliance_build shown "$(manifest_make shown '"memory": "4M"' \
		'"devices": [{"name": "service", "type": "NET_BASIC"}, {"name": "storage", "type": "BLOCK_BASIC", "readonly": true}]')" \
		"$TOP/tests/guests/sleeper.c"
	HOST=process appliance_build confined "$(manifest_make confined)" "$TOP/examples/hello/hello.c"
}

setup()
{
	cd "$BATS_TEST_TMPDIR"
	folder=$(appliance_folder)
	check="/usr/bin/python3 $TOP/tests/e2e/page_check.py"
}

# text_of PAGE: without tags, a row of a table a line, its cells separated by tabs
text_of()
{
	sed -e 's/<wbr\/>//g' -e 's/<\/t[hd]>/\t/g' -e 's/<[^>]*>//g' -e 's/&#39;/'\''/g' -e 's/&amp;/\&/g' "$1"
}

teardown()
{
	[ -z "${temporary:-}" ] || rm -rf "$temporary"
}

# described_make FILE: an ELF file with the description in "worse"
described_make()
{
	echo '.section .ukgen, "a"; .incbin "worse"' | gcc -c -x assembler -o "$1" -
}

@test "the page says what inspect says, and which modules are left out" {
	need jq
	"$UKGEN" report -o page "$folder/shown"
	"$UKGEN" inspect --json "$folder/shown" >described
	# numbers as JSON has them
	text_of page | sed ':again; s/\([0-9]\),\([0-9]\{3\}\)/\1\2/; t again' >said
	jq -r '.modules[] | [.name, .title, .host_bytes, .guest_bytes, ""] | @tsv' described >expected
	jq -r '.hypercalls[] | [.number, .name, .module, if .doorbells then "doorbell" else "call" end, ""] | @tsv' described >>expected
	jq -r '.syscalls[] | [.call, if .helper then "helper " + .helper elif .thread == "main" then "guest'\''s thread" else "thread " + .thread end,
		.module, .cause, ""] | @tsv' described >>expected
	[ "$(wc -l <expected)" -gt 30 ]
	grep -vxFf said expected && return 1
	tab=$'\t'
	grep -q "^this appliance$tab$(jq -r '.syscalls[].call' described | sed 's/(.*//' | sort -u | wc -l)$tab" said
	# not in this appliance, with its title
	grep -q "^gdb${tab}[^$tab]*$tab$" said
	run -1 grep -q "^block${tab}[^$tab]*$tab$" said
	grep -q "$("$UKGEN" inspect "$folder/shown" | sed -n 's/^build id: //p')" page
	grep -q "^musl$tab" said
}

@test "pages are well-formed, refer to nothing outside, and have names, headings and contrast" {
	need /usr/bin/python3
	local name
	for name in shown confined; do
		"$UKGEN" report "$folder/$name"
		$check "$name.html"
	done
	grep -q "process" confined.html
	# the check itself
	sed 's/scope="row"//' shown.html >worse
	run -1 $check worse
	[[ $output == *"a heading without a scope"* ]]
	sed 's/--quiet: #57606a/--quiet: #97a0aa/' shown.html >worse
	run -1 $check worse
	[[ $output == *"light: quiet on page has a contrast of 2."* ]]
}

@test "the same appliance gives the same bytes, wherever it is; a page is replaced, an appliance isn't" {
	"$UKGEN" report -o one "$folder/shown"
	mkdir elsewhere
	cp "$folder/shown" elsewhere/other
	touch -d 2001-01-01 elsewhere/other
	echo old >two
	(cd elsewhere && TZ=Asia/Tokyo LC_ALL=C "$UKGEN" report -o ../two other)
	cmp one two
	run -1 "$UKGEN" report -o elsewhere/other elsewhere/other
	[ "$output" = "ukgen: -o elsewhere/other is the appliance itself; accepted is another file" ]
	cmp elsewhere/other "$folder/shown"
}

@test "text in an appliance stays text in the page, whatever it is" {
	need gcc jq /usr/bin/python3
	"$UKGEN" inspect --json "$folder/shown" >description
	jq -c --arg bad $'</title></style><script>alert(1)</script>"\'&\u202e\u0001--><svg onload=x>' '
		.name = $bad | .architecture = $bad | .isolation = $bad | .ukgen = $bad | .modules[0].name = $bad | .modules[1].title = $bad
		| .modules[2].host_bytes = -5 | .modules[3].host_bytes = 9007199254740991 | .modules[4] = "text" | .modules[5].guest_bytes = "1"
		| .syscalls[0].call = $bad | .syscalls[1].cause = $bad | .syscalls[2].thread = $bad | .syscalls[3] = {} | .hypercalls[0].name = $bad
		| .memory.map[0].what = $bad | .memory.map[1].guest = $bad | .memory.map[2].address = -1 | .memory.bytes = $bad
		| .devices[0].name = $bad | .descriptors[$bad] = [$bad] | .config[$bad] = $bad
		| .library_calls = [{call: $bad, library: $bad}]' description >worse
	described_make hostile
	"$UKGEN" report -o page hostile
	$check page
	[ "$(grep -c 'script>alert(1)' <(sed 's/&gt;/>/g; s/<wbr\/>//g' page))" -gt 8 ]
	run -1 grep -qi '<script' page
	# nothing to show
	echo '{}' >worse
	described_make hostile
	"$UKGEN" report -o page hostile
	$check page
}

@test "a browser shows the page at 360 pixels without scrolling sideways, and loads nothing" {
	need chromium /usr/bin/python3
	"$UKGEN" report -o page.html "$folder/shown"
	/usr/bin/python3 - >frame.html <<-'END'
	import html
	print("<!DOCTYPE html><title>-</title><iframe id=f style='width:360px;height:800px;border:0' srcdoc='%s'></iframe>"
	      "<script>onload = () => { const e = f.contentDocument.documentElement; document.title = "
	      "[e.scrollWidth, e.clientWidth, f.contentWindow.performance.getEntriesByType('resource').length].join(' ') }</script>"
	      % html.escape(open("page.html").read()))
	END
	# the path of a socket in it must be short
	temporary=$(mktemp -d "${TMPDIR:-/tmp}/p.XXX")
	HOME=$PWD TMPDIR=$temporary timeout 60 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/profile" --dump-dom "file://$PWD/frame.html" \
		>shown.html 2>said || { cat said; return 1; }
	grep -o '<title>[^<]*</title>' shown.html | head -1 | grep -qx '<title>360 360 0</title>' || { head -c 300 shown.html; return 1; }
}

@test "with a trace the page shows the launch by phase: of the first thread, up to its filter" {
	need /usr/bin/python3
	cat >trace <<-'END'
	         ? (         ): shown/7  ... [continued]: execve())                             = 0
	     0.100 ( 0.050 ms): shown/7 arch_prctl(option: SET_FS, arg2: 0x1)                   = 0
	     0.200 ( 0.100 ms): shown/7 ioctl(fd: 4</dev/kvm>, cmd: KVM_CREATE_VM)              = 5
	     0.250 ( 9.000 ms): shown/8 mmap(len: 4096)                                         = 0x1000
	     0.400 ( 0.600 ms): shown/7 ioctl(fd: 5, cmd: KVM_SET_USER_MEMORY_REGION, arg: 0x7) = 0
	     1.000 (         ): shown/7 prctl(option: SET_NO_NEW_PRIVS, arg2: 1) ...
	     1.000 ( 0.500 ms): shown/7  ... [continued]: prctl())                              = 0
	     1.600 ( 0.400 ms): shown/7 seccomp(op: FILTER, flags: 0x2, uargs: 0x7)             = 0
	     2.100 ( 5.000 ms): shown/7 ioctl(fd: 100, cmd: KVM_RUN)                            = 0
	     7.200 (         ): shown/7 exit_group()                                            = ?
	END
	"$UKGEN" report -o page --launch=trace "$folder/shown"
	$check page
	text_of page >said
	grep -q "first instruction: 2.000 ms in one run" said
	diff - <(sed -n '/^What for/,/^sandbox/p' said | grep .) <<-'END'
	What for	System calls	ms	Of the time	
	process, options, devices	1	0.150	7.5 %	
	virtual machine	1	0.150	7.5 %	
	memory	1	0.700	35.0 %	
	sandbox	2	1.000	50.0 %	
	END
	# without one there is nothing of it
	"$UKGEN" report -o page "$folder/shown"
	run -1 grep -q 'id="launch"' page
}

@test "perf traces a launch for it" {
	need perf /usr/bin/python3
	appliance confined >/dev/null || skip "no guest runs here"
	perf trace -o tried true 2>/dev/null || skip "perf may not trace here"
	timeout 20 perf trace -o trace "$folder/confined"
	"$UKGEN" report -o page --launch=trace "$folder/confined"
	$check page
	[ "$(text_of page | awk -F '\t' '$1 == "sandbox" { print ($2 > 5) }')" = 1 ]
}
