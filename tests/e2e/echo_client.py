# SPDX-License-Identifier: ISC
# echo_client.py -- clients of an echo server, well-behaved and not
#
# usage: echo_client.py ADDRESS SCENARIO...
#
# A scenario that fails ends the program with a traceback.

import hashlib
import os
import select
import socket
import struct
import sys
import threading
import time

PORT = 7
address = sys.argv[1]


def connect():
    return socket.create_connection((address, PORT), 10)


def receive(client, size):
    got = b""
    while len(got) < size:
        part = client.recv(min(65536, size - len(got)))
        assert part, "ended after %d of %d bytes" % (len(got), size)
        got += part
    return got


def words():
    with connect() as client:
        for word in (b"x", b"hello\n", bytes(range(256))):
            client.sendall(word)
            assert receive(client, len(word)) == word
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1) == b""


# both ways at once, to the last byte
def bulk(size=20_000_000):
    sent, got = hashlib.sha256(), hashlib.sha256()
    data = os.urandom(1 << 20)

    def send(client):
        left = size
        while left:
            part = data[:min(left, len(data))]
            sent.update(part)
            client.sendall(part)
            left -= len(part)
        client.shutdown(socket.SHUT_WR)

    with connect() as client:
        client.settimeout(30)
        thread = threading.Thread(target=send, args=(client,))
        thread.start()
        count = 0
        while part := client.recv(1 << 20):
            got.update(part)
            count += len(part)
        thread.join()
    assert count == size and sent.digest() == got.digest(), count


# what a bad wire can carry in short time
def lossy():
    bulk(10_000_000)


# takes long over some wires
def hundred():
    bulk(100_000_000)


# as many at once as the server takes
def many():
    clients = [connect() for _ in range(100)]
    for i, client in enumerate(clients):
        client.sendall(b"%d" % i)
    for i, client in enumerate(clients):
        assert receive(client, len(b"%d" % i)) == b"%d" % i
        client.close()


# byte by byte
def slow():
    with connect() as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(200):
            client.sendall(bytes([i]))
            time.sleep(0.001)
        assert receive(client, 200) == bytes(range(200))


# during a flood, which may fill the interface's queue, or while the server is full
def insist():
    for _ in range(20):
        try:
            words()
            return
        except (OSError, AssertionError):
            time.sleep(0.2)
    raise SystemExit("no answer")


# until the server has heard that its clients are gone: a full interface's queue drops what ends a connection, too
def all_gone():
    unheard = ("04", "05")  # FIN-WAIT-1 and 2, see proc_net_tcp in the kernel's documentation
    deadline = time.time() + 30
    while any(fields[3] in unheard
              for name in ("tcp", "tcp6")
              for fields in map(str.split, open("/proc/net/" + name))
              if fields[2].endswith(":%04X" % PORT)):
        assert time.time() < deadline
        time.sleep(0.05)


# ten times as many at once as the server serves: it closes the others, or never hears of them
def thousand():
    clients = [socket.socket() for _ in range(1000)]
    for client in clients:
        client.setblocking(False)
        client.connect_ex((address, PORT))
    deadline = time.time() + 30
    waiting = select.poll()
    for client in clients:
        waiting.register(client, select.POLLIN | select.POLLRDHUP)
    ended = 0
    while ended < 100 and time.time() < deadline:
        for descriptor, _ in waiting.poll(1000):
            waiting.unregister(descriptor)
            ended += 1
    for client in clients:
        client.close()
    assert ended >= 100, ended
    all_gone()
    insist()


# connections that say something, and again once a line comes in
def idle():
    clients = [connect() for _ in range(20)]
    for word in (b"once", b"again"):
        for client in clients:
            client.sendall(word)
            assert receive(client, len(word)) == word
        print("served", flush=True)
        if word == b"once":
            sys.stdin.readline()


# those that say nothing
def half_open():
    clients = [connect() for _ in range(50)]
    words()
    for client in clients:
        client.close()


# gone with bytes that nobody read
def unread():
    for _ in range(20):
        with connect() as client:
            client.sendall(b"x" * 50000)
    words()


def reset():
    for i in range(100):
        client = connect()
        if i % 2:
            client.sendall(b"y" * 100)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    words()


# frames that are not what they say; and TCP segments of every combination of flags
def garbage():
    own = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    own.bind(("tap0", 0))
    arp = open("/proc/net/arp").read().split("\n")
    to = bytes.fromhex([line.split()[3] for line in arp if line.startswith(address + " ")][0].replace(":", ""))
    head = to + own.getsockname()[4] + b"\x08\x00"
    addresses = socket.inet_aton("10.9.0.1") + socket.inet_aton(address)

    def checksum(data):
        data += b"\0" * (len(data) % 2)
        total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        return ~total & 0xffff

    def send(payload, protocol):
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol, 0) + addresses
        ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
        own.send(head + ip + payload)

    for flags in range(256):
        for port in (PORT, 9):
            segment = struct.pack("!HHIIBBHHH", 40000 + flags, port, 1000, 2000, 0x50, flags, 1000, 0, 0) + b"data"
            pseudo = addresses + struct.pack("!BBH", 0, 6, len(segment))
            send(segment[:16] + struct.pack("!H", checksum(pseudo + segment)) + segment[18:], 6)
    for i in range(2000):
        send(os.urandom(i % 1400), (6, 17, 1, 2, i % 256)[i % 5])
        own.send(head + os.urandom(1 + i % 1400))
    own.close()
    words()


for scenario in sys.argv[2:]:
    start = time.time()
    globals()[scenario]()
    print("%s: %.2f s" % (scenario, time.time() - start))
