#!/bin/bash
# SPDX-License-Identifier: ISC
# process.sh -- the same appliances as confined processes, without and with PAC and BTI; prints TAP
HOST=process exec "$(dirname "$(readlink -f "$0")")/boot.sh" cortex-a72 max,pauth-impdef=on
