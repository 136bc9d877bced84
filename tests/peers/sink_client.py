# SPDX-License-Identifier: ISC
"""sink_client.py -- sends 10 MB to each address at once, and compares the checksum that tests/guests/sinks.c answers

usage: sink_client.py ADDRESS..."""
import random
import socket
import sys
import threading

wrong = []


def send(address):
    block = random.randbytes(251 * 4000)
    expected = 10 * sum(byte * (i % 251 + 1) for i, byte in enumerate(block))
    with socket.create_connection((address, 7), timeout=30) as client:
        for _ in range(10):
            client.sendall(block)
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(8), b""))
    if answer != expected.to_bytes(8, "little"):
        wrong.append(address)


threads = [threading.Thread(target=send, args=(address,)) for address in sys.argv[1:]]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not wrong, wrong
