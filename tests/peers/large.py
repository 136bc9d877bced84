# SPDX-License-Identifier: ISC
"""large.py -- sends a large frame of TCP that nobody has cut, to an interface, again and again

usage: large.py INTERFACE BYTES"""
import socket
import struct
import sys
import time

SOL_PACKET, PACKET_VNET_HDR = 263, 15
NEEDS_CSUM, TCPV4 = 1, 1

size = int(sys.argv[2])
sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
sender.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
sender.bind((sys.argv[1], 0))
header = struct.pack("<BBHHHH", NEEDS_CSUM, TCPV4, 54, 1448, 34, 16)
ethernet = b"\xff" * 6 + b"\x02\0\0\0\0\x09" + b"\x08\0"
ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, size - 14, 1, 0, 64, 6, 0, b"\x0a\x09\0\x01", b"\x0a\x09\0\x02")
tcp = struct.pack(">HHIIBBHHH", 1, 2, 3, 4, 0x50, 0x10, 1000, 0, 0)
while True:
    try:
        sender.send(header + ethernet + ip + tcp + bytes(size - 54))
    except OSError:
        pass                    # the guest takes none now
    time.sleep(0.001)
