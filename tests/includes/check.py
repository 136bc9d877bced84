#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""check.py -- who includes whom: rooms as the rules allow, files without cycles

usage: check.py TOP RULES

A room is a folder with those of its sub-folders of which one is chosen when it is
compiled: they are called after a processor, core/x86_64/, or after a host,
guest/kvm/. In core/, a host's folder is a room of its own. RULES,
tests/includes/rooms, says of each room which others it may include, and where
the compilers look for what an #include with quotes names, if it isn't beside the
file. Generated sources, gen/, are a room without rules.

Reported are an #include that RULES don't allow, one that is nowhere to be found,
one through "..", rules by which two rooms may include each other, and files
that do: x.c and x.h in one folder count as one file.
"""
import os
import re
import sys

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
# what generator/emit/ writes and sources include
GENERATED = {"abi.h", "calls.h", "config.h", "handlers.h", "hooks.h"}

top, rules_path = sys.argv[1:]
errors = 0


def folders_in(path):
    return {entry.name for entry in os.scandir(os.path.join(top, path)) if entry.is_dir()}


processors = folders_in("core/machine")
hosts = folders_in("core") - processors - {"debug", "machine"}


def error(text):
    global errors
    errors += 1
    print(text)


def room_of(folder):
    """the folder without the names of what is chosen when it is compiled"""
    chosen = processors if folder.startswith("core/") else processors | hosts
    return "/".join(name for name in folder.split("/") if name not in chosen)


def pattern(word):
    """'*' is one folder's name, '**' any number of them"""
    return re.compile(re.escape(word).replace(r"\*\*", ".+").replace(r"\*", "[^/]+"))


class Rule:
    def __init__(self, number, room, may, search):
        self.number, self.room, self.search, self.used = number, pattern(room), search, False
        self.may = may
        self.elsewhere = "elsewhere" in may
        self.patterns = [pattern(word) for word in may]

    def allows(self, path):
        return any(p.fullmatch(path) or p.fullmatch(room_of(os.path.dirname(path))) for p in self.patterns)


rules, search = [], []
for number, line in enumerate(open(rules_path), 1):
    words = line.split("#")[0].split()
    if words and words[0] == "search":
        search = words[1:]
    elif words:
        rules.append(Rule(number, words[0].rstrip(":"), words[1:], search))


def rule_of(folder):
    """the first for the folder's room"""
    for rule in rules:
        if rule.room.fullmatch(room_of(folder)):
            rule.used = True
            return rule
    return None


sources = {}
for root in sorted(os.listdir(top)):
    if root == "build" or root.startswith("."):
        continue
    for folder, folders, names in os.walk(os.path.join(top, root)):
        folders[:] = sorted(name for name in folders if name != "ukgen-build")
        for name in sorted(names):
            if re.search(r"\.[chS]$", name):
                path = os.path.relpath(os.path.join(folder, name), top)
                sources[path] = open(os.path.join(top, path), errors="replace").read()
all_folders = sorted({os.path.dirname(path) for path in sources})
# the folders in which a name with a folder in it is looked up: "base/text.h"
places = sorted({folder[:end] for folder in all_folders for end in range(1, len(folder) + 1)
                 if end == len(folder) or folder[end] == "/"})


def resolve(path, name, rule):
    """the files that an #include may mean: one, or one for each processor and host"""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), name))
    if beside in sources:
        return [beside]
    if name in GENERATED:
        return ["gen/" + name]
    for word in map(pattern, rule.search):
        found = {os.path.normpath(os.path.join(place, name)) for place in places
                 if word.fullmatch(place) or word.fullmatch(room_of(place))}
        if found & set(sources):
            return sorted(found & set(sources))
    return []


units = {}          # a file without its suffix -> those that it includes


def unit_of(path):
    return re.sub(r"\.[chS]$", "", path)


for path, text in sources.items():
    folder = os.path.dirname(path)
    rule = rule_of(folder)
    if not rule:
        error(f"{path}: {rules_path} has no line for {room_of(folder)}/")
        continue
    unit = units.setdefault(unit_of(path), set())
    for match in INCLUDE.finditer(text):
        where = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        found = resolve(path, match[1], rule)
        if not found and not rule.elsewhere:
            error(f'{where}: "{match[1]}" is nowhere that compilers look')
        if ".." in match[1].split("/") and not rule.elsewhere:
            error(f'{where}: "{match[1]}" is named through ".."')
        for target in found:
            if room_of(os.path.dirname(target)) != room_of(folder) and not rule.allows(target):
                error(f"{where}: {room_of(folder)}/ may not include {target}; "
                      f"{rules_path}:{rule.number} allows {' '.join(rule.may) or 'nothing'}")
            unit.add(unit_of(target))

for rule in rules:
    if not rule.used:
        error(f"{rules_path}:{rule.number}: there is no such room")


def cycles(graph, what):
    """reports each cycle once, as the way around it"""
    done = set()

    def visit(node, way):
        if node in way:
            error(f"{what}: " + " -> ".join(way[way.index(node):] + [node]))
        elif node not in done:
            for other in sorted(graph.get(node, ())):
                if other != node:
                    visit(other, way + [node])
            done.add(node)

    for node in sorted(graph):
        visit(node, [])


cycles(units, "files include each other")
rooms = {room_of(folder) for folder in all_folders}
may = {room: {other for other in rooms for p in rule_of(room).patterns if p.fullmatch(other)}
       for room in rooms if rule_of(room)}
cycles(may, "rooms may include each other")
print(f"{len(sources)} files, {len(rooms)} rooms, {errors} errors")
sys.exit(errors != 0)
