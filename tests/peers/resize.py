# SPDX-License-Identifier: ISC
"""resize.py -- connects to an echo server, has segments come that name another segment size, and wants its data back all the same

usage: resize.py OWN-ADDRESS ADDRESS PORT"""
import socket
import struct
import sys

own, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])


def sum_of(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


# segment FLAGS SIZE: of the connection but for its sequence number, with the option
def segment(connection, flags, size):
    def header(checksum):
        return struct.pack(">HHIIBBHHHBBH", connection.getsockname()[1], port, 1, 1, 6 << 4, flags, 1000, checksum, 0, 2, 4, size)

    return header(sum_of(socket.inet_aton(own) + socket.inet_aton(address) + struct.pack(">HH", 6, 24) + header(0)))


raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
for size in 1460, 65535, 535, 100, 1:
    with socket.create_connection((address, port), 10) as connection:
        data = bytes(range(256)) * 400
        for flags in 0x10, 0x18:
            raw.sendto(segment(connection, flags, size), (address, 0))
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        got = bytearray()
        while part := connection.recv(65536):
            got += part
    if got != data:
        sys.exit(f"segments of {size} bytes: {len(got)} of {len(data)} bytes came")
