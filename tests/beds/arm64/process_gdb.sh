#!/bin/bash
# SPDX-License-Identifier: ISC
# process_gdb.sh -- the same debugger sessions and core files with confined processes; prints TAP
HOST=process exec "$(dirname "$(readlink -f "$0")")/gdb.sh"
