#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# both_client.py -- both_client.py ADDRESS SEEN...: tests/guests/sockets/both.c answers at ADDRESS, and sees this host as SEEN
import socket
import sys

for place, seen in zip(sys.argv[1::2], sys.argv[2::2]):
    family, _, _, _, name = socket.getaddrinfo(place, 7, type=socket.SOCK_STREAM)[0]
    one = socket.create_connection((place, 7), 10)
    assert one.recv(100).decode() == seen, place
    assert one.recv(100) == b""
    one = socket.socket(family, socket.SOCK_DGRAM)
    one.settimeout(10)
    # one frame, and fragments
    for size in 10, 20000:
        one.sendto(b"x" * size, name)
        assert one.recv(100).decode() == seen, (place, size)
    # a port that nobody has
    one.connect((place, 8) + name[2:])
    one.send(b"x")
    try:
        one.recv(1)
        raise SystemExit("an answer of port 8")
    except ConnectionRefusedError:
        pass
