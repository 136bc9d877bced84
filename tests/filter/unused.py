#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""unused.py -- prints the syscall lines of appliances that no traced run made use of

usage: unused.py DESCRIPTION TRACE [DESCRIPTION TRACE]...

DESCRIPTION is what "ukgen inspect --json" prints, TRACE what "strace -f -e raw=all"
wrote of a run of that appliance. What counts is what a thread did behind its
filter. A line is used if one of the runs used it.
"""
import json
import re
import sys


def calls_behind_filter(path):
    """(is it the first thread, name, arguments) of each system call after the thread's seccomp"""
    first, confined = None, set()
    for line in open(path):
        match = re.match(r"(\d+) +(\w+)\(([^)]*)", line)
        if not match:
            continue
        thread, name, arguments = match.groups()
        first = first or thread
        if thread in confined:
            yield thread == first, name, [int(a, 0) for a in arguments.split(", ") if re.fullmatch(r"0x[0-9a-f]+|\d+", a)]
        elif name == "seccomp":
            confined.add(thread)


def matches(line, descriptors, call):
    name, _, checks = line["call"].rstrip(")").partition("(")
    is_first, made, arguments = call
    if made != name or is_first != (line["thread"] == "main"):
        return False
    for check, value in zip(checks.split(", ") if checks else [], arguments):
        if check.startswith("fd "):
            first, count = descriptors[check[3:]]
            if not first <= value < first + count:
                return False
        elif check != "_" and int(check, 0) != value:
            return False
    return True


lines, used = {}, set()
for description, trace in zip(sys.argv[1::2], sys.argv[2::2]):
    appliance = json.load(open(description))
    calls = list(calls_behind_filter(trace))
    for line in appliance["syscalls"]:
        key = line["module"], line["thread"], line["call"]
        lines[key] = line["cause"]
        if any(matches(line, appliance["descriptors"], call) for call in calls):
            used.add(key)
for key, cause in lines.items():
    if key not in used:
        print(*key, "#", cause)
