# SPDX-License-Identifier: ISC
# ukgen.bash -- completes ukgen's commands, options and files in bash, which it takes from --help

_ukgen()
{
	local word=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]} commands help
	help=$("$program" --help 2>/dev/null) || return
	commands=$(sed -n '/^commands/,$ s/^  \([a-z][a-z0-9]*\) .*/\1/p' <<<"$help")
	compopt -o default 2>/dev/null
	if [ "$COMP_CWORD" -gt 1 ] && grep -qx -e "${COMP_WORDS[1]}" <<<"$commands"; then
		help=$("$program" "${COMP_WORDS[1]}" --help 2>/dev/null)
		commands=
	elif [ "$COMP_CWORD" -gt 1 ]; then
		commands=
	fi
	case $word in
	-*)
		mapfile -t COMPREPLY < <(compgen -W "$(sed -n 's/^  \(-.*\)/\1/p' <<<"$help" | sed 's/   .*//' |
			grep -oE -e '(^|[ ,])--?[A-Za-z][-A-Za-z]*=?')" -- "$word")
		[[ ${COMPREPLY[0]-} != *= || ${#COMPREPLY[@]} -gt 1 ]] || compopt -o nospace 2>/dev/null ;;
	*)
		mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$word"; compgen -f -- "$word") ;;
	esac
}
complete -o filenames -F _ukgen ukgen
