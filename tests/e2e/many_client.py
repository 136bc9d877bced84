#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# many_client.py -- many_client.py ADDRESS COUNT [hold]: opens COUNT connections to an echo server, and checks that all are served; holds them until its input ends
import resource
import select
import socket
import sys

count, batch = int(sys.argv[2]), 500
resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, count + 100))


def wait(clients, event):
    waiting = select.poll()
    for client in clients:
        waiting.register(client, event)
    left = len(clients)
    while left:
        for descriptor, _ in waiting.poll(60000) or sys.exit("nothing for a minute"):
            waiting.unregister(descriptor)
            left -= 1


def connected(number):
    clients = [socket.socket() for _ in range(number)]
    for client in clients:
        client.setblocking(False)
        client.connect_ex((sys.argv[1], 7))
    wait(clients, select.POLLOUT)
    assert not any(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) for client in clients)
    return clients


def served(some):
    for number, client in some:
        client.sendall(b"%d" % number)
    wait([client for _, client in some], select.POLLIN)
    for number, client in some:
        assert client.recv(10) == b"%d" % number, number


clients = []
while len(clients) < count:
    clients += connected(min(batch, count - len(clients)))
numbered = list(enumerate(clients))
for at in range(0, count, batch):
    served(numbered[at:at + batch])
served(numbered[::97])
print(count, flush=True)
if sys.argv[3:] == ["hold"]:
    sys.stdin.read()
