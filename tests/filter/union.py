#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""union.py -- compares what all threads of an appliance may do together with what the threat model says

usage: union.py THREAT-MODEL.md DESCRIPTION

Threads share memory: who takes over one of them has the system calls of all.
The document's table "What all threads together may do" has three lines: calls of
descriptors with fixed numbers alone, those of them that the process host doesn't
have, and calls without a descriptor. An appliance that holds all modules may make
just these. Prints each difference.
"""
import json
import re
import sys


def promised(path):
    """the calls of the table's three lines"""
    section = open(path).read().split("### What all threads together may do")[1].split("\n#")[0]
    lines = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [set(re.findall(r"`(\w+)`", line)) for line in lines]


def is_fixed(arguments):
    """whether the first one is a descriptor that modules declare, or a number"""
    return bool(arguments) and bool(re.match(r"fd \w+$|(\w+=)?(0x[0-9a-f]+|\d+)$", arguments[0]))


with_descriptor, of_machine, without = promised(sys.argv[1])
appliance = json.load(open(sys.argv[2]))
if appliance["isolation"] != "process":
    with_descriptor |= of_machine
made, differences = set(), []
for line in appliance["syscalls"]:
    if "thread" not in line:
        continue
    name, _, arguments = line["call"].rstrip(")").partition("(")
    made.add(name)
    if name in with_descriptor and not is_fixed(arguments.split(", ") if arguments else []):
        differences.append(f"{line['module']}: {line['call']} takes any descriptor")
differences += [f"{name} is let through, and not in the threat model" for name in made - with_descriptor - without]
differences += [f"{name} is in the threat model, and no thread may make it" for name in (with_descriptor | without) - made]
print("\n".join(differences))
sys.exit(bool(differences))
