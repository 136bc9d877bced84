#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# name_server.py -- a hostile DNS server at 10.9.0.1: each true answer follows forged ones, which a resolver must reject
#
# liar.test is 10.6.6.6 in forged answers and 10.5.5.5 in true ones. long.test is truncated over
# UDP, and complete over TCP. silent.test is never answered, broken.test with errors.
import socket
import struct
import threading

SIZE = 12


def question(query):
    end = SIZE
    while query[end]:
        end += query[end] + 1
    return query[SIZE:end + 5]


def answer(query, address, flags=0x8180, id=None, ask=None):
    kind = question(query)[-3]
    records = [address] if kind == 1 else []
    body = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(a) for a in records)
    head = struct.pack(">HHHHHH", struct.unpack(">H", query[:2])[0] if id is None else id, flags, 1, len(records), 0, 0)
    return head + (ask or question(query)) + body


udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("10.9.0.1", 53))
elsewhere = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
elsewhere.bind(("10.9.0.1", 0))
tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
tcp.bind(("10.9.0.1", 53))
tcp.listen(5)


def streams():
    while True:
        one, _ = tcp.accept()
        query = one.recv(1000)[2:]
        text = answer(query, "10.5.5.5")
        # in pieces
        for byte in struct.pack(">H", len(text)) + text:
            one.sendall(bytes([byte]))
        one.close()


threading.Thread(target=streams, daemon=True).start()
print("ready", flush=True)
while True:
    query, peer = udp.recvfrom(1000)
    asked = question(query)
    id = struct.unpack(">H", query[:2])[0]
    if b"silent" in asked:
        continue
    if b"broken" in asked:
        udp.sendto(answer(query, "10.6.6.6", flags=0x8182), peer)
        continue
    for false in (answer(query, "10.6.6.6", id=id ^ 1), answer(query, "10.6.6.6", flags=0x0180),
                  answer(query, "10.6.6.6", flags=0xa980), answer(query, "10.6.6.6", ask=b"\4evil\4test\0" + asked[-4:]),
                  b"", query[:5], query[:12], b"\xff" * 4096, query[:4] + b"\0\2" + query[6:]):
        udp.sendto(false, peer)
    elsewhere.sendto(answer(query, "10.6.6.6"), peer)
    if b"long" in asked:
        udp.sendto(answer(query, "10.4.4.4", flags=0x8380), peer)
    elif b"absent" in asked:
        udp.sendto(answer(query, "10.6.6.6", flags=0x8183)[:12 + len(asked)], peer)
    else:
        udp.sendto(answer(query, "10.5.5.5"), peer)
