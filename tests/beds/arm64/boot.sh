#!/bin/bash
# SPDX-License-Identifier: ISC
# boot.sh -- appliances on 64-bit ARM, once a processor: without and with VHE, without and with PAC and BTI; prints TAP
#
# usage: tests/beds/arm64/boot.sh [CPU...]; HOST says for which host
set -uo pipefail
shopt -s extglob

. "$(dirname "$(readlink -f "$0")")/common.bash"
for file in "$TOP"/tests/beds/arm64/checks/*.bash; do
	. "$file"
done

[ $# != 0 ] || set -- cortex-a53 cortex-a72 neoverse-n1 max,pauth-impdef=on
for cpu; do
	commands_run $cpu -m tun
done
echo "1..$number"
