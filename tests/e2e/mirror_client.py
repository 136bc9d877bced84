#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# mirror_client.py -- mirror_client.py ADDRESS: a peer of tests/guests/sockets/mirror.c; fails if an answer is wrong
import os
import socket
import sys

guest = (sys.argv[1], 7)


def new():
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(("10.9.0.1", 0))
    one.settimeout(10)
    return one


def ask(one, data, to=guest):
    one.sendto(data, to)
    answer, peer = one.recvfrom(65536)
    assert peer == guest, peer
    return answer


one = new()
# one frame, fragments in numbers that grow, nothing
for size in 1, 1472, 1473, 9000, 30000, 65507, 0:
    data = os.urandom(size)
    assert ask(one, data) == data, size
# broadcasts come, and go
one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
assert ask(one, b"to all", ("10.9.0.255", 7)) == b"to all"
assert ask(one, b"to all", ("255.255.255.255", 7)) == b"to all"
everybody = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
everybody.bind(("", 9))
everybody.settimeout(10)
assert ask(one, b"broadcast news") == b"only with leave"
assert everybody.recvfrom(100) == (b"news", guest)
# a port that nobody has, here and there
assert ask(one, b"refused 1") == b"Connection refused"
other = new()
other.connect((guest[0], 8))
other.send(b"x")
try:
    other.recv(1)
    raise SystemExit("an answer of port 8")
except ConnectionRefusedError:
    pass
# more at once than there is room for does not end it, and leaves room for the next
for i in range(20000):
    one.sendto(b"flood", guest)
one.settimeout(1)
try:
    while True:
        one.recv(100)
except TimeoutError:
    pass
one = new()
assert ask(one, b"after it") == b"after it"
