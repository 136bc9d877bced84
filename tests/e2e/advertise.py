#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""advertise.py -- advertises a router once a second, until it is killed

usage: advertise.py INTERFACE managed|other

managed: DHCPv6 has addresses, and there is no prefix to make one of; other: it has only name servers, fd00::/64 is the prefix.
"""
import socket
import struct
import sys
import time

name, what = sys.argv[1:]
message = struct.pack(">BBHBBHII", 134, 0, 0, 64, {"managed": 0xC0, "other": 0x40}[what], 1800, 0, 0)
if what == "other":
    message += struct.pack(">BBBBIII", 3, 4, 64, 0xC0, 3600, 1800, 0) + socket.inet_pton(socket.AF_INET6, "fd00::")
link = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
link.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
link.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(name))
while True:
    try:
        link.sendto(message, ("ff02::1", 0))
    except OSError:
        pass  # the interface has no address of its link yet
    time.sleep(1)
