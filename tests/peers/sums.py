# SPDX-License-Identifier: ISC
"""sums.py -- asks for a TCP connection by SYNs with a right and with a wrong checksum: only the right one is answered

usage: sums.py OWN-ADDRESS ADDRESS PORT"""
import socket
import struct
import sys

own, address, port = *map(socket.inet_aton, sys.argv[1:3]), int(sys.argv[3])


def total(data):
    value = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while value >> 16:
        value = (value & 0xFFFF) + (value >> 16)
    return value


def syn(sport, error):
    header = struct.pack(">HHIIBBHHH", sport, port, 1, 0, 0x50, 2, 1000, 0, 0)
    checksum = ~total(own + address + struct.pack(">HH", 6, len(header)) + header) & 0xFFFF ^ error
    header = header[:16] + struct.pack(">H", checksum) + header[18:]
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(header), sport, 0, 64, 6, 0, own, address)
    sender.sendto(ip + header, (sys.argv[2], 0))


def answered(sport):
    """SYN and ACK to that port, within a second"""
    try:
        while True:
            packet = listener.recv(2000)
            if packet[12:16] == address and struct.unpack(">HH", packet[20:24]) == (port, sport) and packet[33] == 0x12:
                return True
    except TimeoutError:
        return False


sender = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
listener = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
listener.settimeout(1)
for sport, error in (40001, 0), (40002, 1), (40003, 0x8000), (40004, 0):
    syn(sport, error)
    assert answered(sport) == (not error), (sport, error)
