# SPDX-License-Identifier: ISC
# keep_client.py -- three clients of tests/guests/sockets/keep.c, of which two vanish without a word
#
# usage: keep_client.py INTERFACE ADDRESS ADDRESS6
#
# The interface has the addresses 10.9.0.1, and 10.9.0.3 and fd00::3, which are taken away.
import socket
import subprocess
import sys

interface, address, address6 = sys.argv[1:]


def connect(to, of):
    client = socket.create_connection((to, 7), 20, (of, 0))
    assert client.recv(1) == b"k"
    return client


alive = connect(address, "10.9.0.1")
gone = [connect(address, "10.9.0.3"), connect(address6, "fd00::3")]
subprocess.run(["ip", "addr", "del", "10.9.0.3/24", "dev", interface], check=True)
subprocess.run(["ip", "addr", "del", "fd00::3/64", "dev", interface], check=True)
assert alive.recv(10) == b"over"
