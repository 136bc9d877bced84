# SPDX-License-Identifier: ISC
"""claim.py -- claims an address of IPv6 to all nodes of a link, as a host does that has had it all along

usage: claim.py INTERFACE ADDRESS
"""
import socket
import struct
import sys

name, address = sys.argv[1:]
claimed = socket.inet_pton(socket.AF_INET6, address)
everyone = socket.inet_pton(socket.AF_INET6, "ff02::1")
mac = bytes.fromhex("020000000009")
message = struct.pack(">BBHI", 136, 0, 0, 0x20000000) + claimed + b"\2\1" + mac
ends = claimed + everyone + struct.pack(">II", len(message), 58)
words = struct.unpack(f">{len(ends + message) // 2}H", ends + message)
total = sum(words)
while total >> 16:
    total = (total & 0xffff) + (total >> 16)
message = message[:2] + struct.pack(">H", ~total & 0xffff) + message[4:]
frame = bytes.fromhex("333300000001") + mac + b"\x86\xdd"
frame += struct.pack(">IHBB", 6 << 28, len(message), 58, 255) + claimed + everyone + message
link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
link.bind((name, 0))
link.send(frame)
