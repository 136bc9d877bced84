# SPDX-License-Identifier: ISC
"""unserved.py -- writes programs of all the system calls that the C library names and nothing serves

usage: unserved.py ARCHIVE FOLDER

They are what ARCHIVE leaves undefined, as the linker sees it. FOLDER gets
names         the calls, one a line
functions.c   names every function of the objects that make such calls
errors.c      makes each call, and prints its name and what it gave
"""
import collections
import os
import re
import subprocess
import sys

archive, folder = sys.argv[1:]
defined = set()
functions = collections.defaultdict(list)       # of an object
users = collections.defaultdict(list)           # of a call: objects
listed = subprocess.run(["nm", "-A", "-P", archive], capture_output=True, text=True, check=True).stdout
place, count = "", 0
for line in listed.splitlines():
    name, symbol, kind = line.split()[:3]
    # members may have one name
    if name != place.rpartition(" ")[0]:
        count += 1
        place = f"{name} {count}"
    call = re.fullmatch("guest_sys_(.*)", symbol)
    if call and kind == "U":
        users[call[1]].append(place)
    elif call:
        defined.add(call[1])
    elif kind == "T":
        functions[place].append(symbol)

names = sorted(name for name in users if name not in defined)


def write(name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


reached = sorted({function for name in names for place in users[name] for function in functions[place]})
write("names", names)
write("functions.c",
      [f"extern char {function}_[] __asm__(\"{function}\");" for function in reached] +
      ["char *volatile all[] = {"] + [f"\t{function}_," for function in reached] +
      ["};", "int main(void)", "{", "\treturn !all[0];", "}"])
write("errors.c",
      ["#include <stdio.h>"] + [f"long guest_sys_{name}(long, ...);" for name in names] +
      ["int main(void)", "{"] + [f"\tprintf(\"{name}: %ld\\n\", guest_sys_{name}(0, 0, 0, 0, 0, 0));" for name in names] +
      ["}"])
