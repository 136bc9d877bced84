# SPDX-License-Identifier: ISC
"""bare.py -- has an interface send whole checksums and frames of its MTU's size at most, as a network card without offloads

usage: bare.py INTERFACE"""
import array
import fcntl
import socket
import struct
import sys

SIOCETHTOOL = 0x8946
# ETHTOOL_SGSO, ETHTOOL_STSO, ETHTOOL_SSG, ETHTOOL_STXCSUM of linux/ethtool.h, in this order
COMMANDS = 0x24, 0x1F, 0x19, 0x17

with socket.socket() as query:
    for command in COMMANDS:
        value = array.array("B", struct.pack("II", command, 0))
        request = struct.pack("16sP", sys.argv[1].encode(), value.buffer_info()[0])
        fcntl.ioctl(query, SIOCETHTOOL, request)
