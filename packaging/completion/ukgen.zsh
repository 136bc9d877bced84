#compdef ukgen
# SPDX-License-Identifier: ISC
# ukgen.zsh -- completes ukgen's commands, options and files in zsh, which it takes from --help

_ukgen()
{
	local help
	local -a commands options

	help=$(_call_program help $words[1] --help 2>/dev/null)
	commands=(${(f)"$(sed -n '/^commands/,$ s/^  \([a-z][a-z0-9]*\)  *\(.*\)/\1:\2/p' <<<$help)"})
	if (( CURRENT > 2 )); then
		if (( ${commands[(I)$words[2]:*]} )); then
			help=$(_call_program help $words[1] $words[2] --help 2>/dev/null)
		fi
		commands=()
	fi
	options=(${(f)"$(sed -n 's/^  \(-.*\)/\1/p' <<<$help | sed 's/   .*//' | grep -oE -e '--?[A-Za-z][-A-Za-z]*=?')"})
	(( ! $#commands )) || _describe command commands
	[[ $PREFIX == -* ]] && compadd -- $options
	_files
}
_ukgen "$@"
