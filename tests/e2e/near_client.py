#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""near_client.py -- connects again and again to tests/guests/sockets/both.c

usage: near_client.py ADDRESS SOURCE TIMES SECONDS

From SOURCE, which is what the guest has to see. Prints how long the slowest answer took; fails if one takes longer than SECONDS.
"""
import socket
import sys
import time

place, source, times, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
slowest = 0.0
for _ in range(times):
    began = time.monotonic()
    with socket.create_connection((place, 7), seconds, (source, 0)) as one:
        assert one.recv(100).decode() == source
    slowest = max(slowest, time.monotonic() - began)
print(f"from {source} {slowest:.3f} s")
assert slowest <= seconds
