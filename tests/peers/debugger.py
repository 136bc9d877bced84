#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""debugger.py -- attaches to a guest, changes a register, has a byte watched, interrupts the guest, and detaches

usage: debugger.py SOCKET ADDRESS

SOCKET is that of --gdb=unix:SOCKET, ADDRESS of the byte, in hexadecimal.
The register is a vector one of x86-64, which the guest doesn't use at its start.
"""
import socket
import sys
import time

link = socket.socket(socket.AF_UNIX)
link.settimeout(60)
link.connect(sys.argv[1])
stream = link.makefile("rb", 0)


def ask(text):
    link.send(b"$%s#%02x" % (text.encode(), sum(text.encode()) & 255))


def answer():
    text = b""
    while not text.endswith(b"#"):
        text += stream.read(1) or sys.exit("the connection ended")
    stream.read(2)
    text = text[text.index(b"$") + 1:-1].decode()
    # what is only to be shown
    return answer() if text.startswith("O") and text != "OK" else text


def expect(start):
    text = answer()
    print(text)
    if not text.startswith(start):
        sys.exit(f"{start} was expected")
    return text


XMM15 = "37"
ask(f"P{XMM15}={'5a' * 16}")
expect("OK")
watch = f"2,{sys.argv[2]},1"
ask("Z" + watch)
expect("OK")
ask("vCont;c")
if "watch:" not in expect("T05"):
    sys.exit("it stopped for something else")
ask("z" + watch)
expect("OK")
ask("vCont;c")
time.sleep(0.5)
link.send(b"\3")
expect("T02")
ask("D")
expect("OK")
