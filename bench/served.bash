# SPDX-License-Identifier: ISC
# served.bash -- how bench/httpd and bench/nginx ask a server and print what they measured; for `source`, with $work and $seconds

row()
{
	printf '%s\t%s\t%s\t%s\n' "$@"
}

# asked ADDRESS/PAGE: answers a second
asked()
{
	wrk -t1 -c64 -d"${seconds}s" --timeout 20 "http://$1" >$work/wrk.out
	! grep -E 'Socket errors|Non-2xx' $work/wrk.out >&2
	awk '/^Requests\/sec/ { print $2 }' $work/wrk.out
}

# answered ADDRESS: returns when it does
answered()
{
	local i
	for ((i = 0; i < 200; i++)); do
		! (exec 3<>"/dev/tcp/$1/80") 2>/dev/null || return 0
		sleep 0.1
	done
	echo "bench: nothing answers at $1" >&2
	return 1
}

median()
{
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
