# SPDX-License-Identifier: ISC
# ukgen.fish -- completes ukgen's commands, options and files in fish, which it takes from --help

function __ukgen_commands
	ukgen --help 2>/dev/null | sed -n '/^commands/,$ s/^  \([a-z][a-z0-9]*\)  *\(.*\)/\1\t\2/p'
end

function __ukgen_options
	set -l words (commandline -opc)
	set -l command
	if set -q words[2]; and __ukgen_commands | grep -q "^$words[2]"\t
		set command $words[2]
	end
	ukgen $command --help 2>/dev/null | sed -n 's/^  \(-.*\)/\1/p' | sed 's/   .*//' | grep -oE -e '--?[A-Za-z][-A-Za-z]*=?'
end

complete -c ukgen -n 'test (count (commandline -opc)) -eq 1' -a '(__ukgen_commands)'
complete -c ukgen -n 'string match -q -- "-*" (commandline -ct)' -a '(__ukgen_options)'
