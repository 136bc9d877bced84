#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""unused.py -- prints the syscall lines of appliances that no traced run made use of

usage: unused.py [DESCRIPTION TRACE]... [-- MODULE.mod...]

DESCRIPTION is what "ukgen inspect --json" prints, TRACE what "strace -f -e raw=all"
wrote of a run of that appliance. What counts is what a thread or process did
behind its filter. A line is used if one of the runs used it. Lines of the modules behind
"--" that none of the appliances has are printed, too.
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
    if made != name or is_first != (line.get("thread") == "main"):
        return False
    for check, value in zip(checks.split(", ") if checks else [], arguments):
        if check.startswith("fd "):
            first, count = descriptors[check[3:]]
            if not first <= value < first + count:
                return False
        elif check != "_" and int(check.rpartition("=")[2], 0) != value:
            return False
    return True


def module_lines(path):
    """(module, cause) of each syscall line"""
    module = None
    for line in open(path):
        module = module or re.match(r"# (\w+) -- ", line)[1]
        match = re.match(r"syscall .*?# (.*)", line)
        if match:
            yield module, match[1]


words = sys.argv[1:]
modules = words.index("--") if "--" in words else len(words)
lines, used = {}, set()
for description, trace in zip(words[:modules:2], words[1:modules:2]):
    appliance = json.load(open(description))
    calls = list(calls_behind_filter(trace))
    for line in appliance["syscalls"]:
        key = line["module"], line.get("thread") or line["helper"], line["call"]
        lines[key] = line["cause"]
        if any(matches(line, appliance["descriptors"], call) for call in calls):
            used.add(key)
for key, cause in lines.items():
    if key not in used:
        print(*key, "#", cause)
held = {(module, cause) for (module, _, _), cause in lines.items()}
for path in words[modules + 1:]:
    for line in module_lines(path):
        if line not in held:
            print(path, "has a line that no appliance has #", line[1])
