# SPDX-License-Identifier: ISC
# keep_client.py -- six clients of tests/guests/sockets/keep.c, of which four vanish without a word
#
# usage: keep_client.py INTERFACE ADDRESS ADDRESS6
#
# The interface has the addresses 10.9.0.1, and 10.9.0.3 and fd00::3, which are taken away.
import socket
import subprocess
import sys

interface, address, address6 = sys.argv[1:]


def connect(to, of, room=None):
    client = socket.socket(socket.AF_INET6 if ":" in to else socket.AF_INET)
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(30)
    client.bind((of, 0))
    client.connect((to, 7))
    assert client.recv(1) == b"k"
    return client


alive = connect(address, "10.9.0.1")
gone = [connect(to, of) for _ in range(2) for to, of in ((address, "10.9.0.3"), (address6, "fd00::3"))]
unread = connect(address, "10.9.0.1", 4096)
subprocess.run(["ip", "addr", "del", "10.9.0.3/24", "dev", interface], check=True)
subprocess.run(["ip", "addr", "del", "fd00::3/64", "dev", interface], check=True)
assert alive.recv(10) == b"over"
