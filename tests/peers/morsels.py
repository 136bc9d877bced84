# SPDX-License-Identifier: ISC
# morsels.py -- has tests/guests/sockets/morsels.c send 40 pieces at once, and prints how many frames came through the interface for them
#
# usage: morsels.py ADDRESS PORT INTERFACE
#
# Before that it takes so many that the windows of both ends are larger than 40 pieces.
import socket, sys, time

PIECE, PIECES = 3000, 40
address, port, interface = sys.argv[1], int(sys.argv[2]), sys.argv[3]
connection = socket.socket()
connection.setsockopt(socket.SOL_SOCKET, 33, 4 << 20)  # SO_RCVBUFFORCE
connection.connect((address, port))
buffer = bytearray(1 << 18)

def take(count):
    connection.send(bytes([count]))
    left = count * PIECE
    while left:
        left -= connection.recv_into(buffer) or sys.exit("the server has closed")

def frames():
    with open("/proc/net/dev") as table:
        return next(int(line.split(":")[1].split()[1]) for line in table if interface + ":" in line)

for i in range(20):
    take(250)
time.sleep(0.3)
before = frames()
take(PIECES)
print(frames() - before)
