# SPDX-License-Identifier: ISC
# narrow.py -- sends a megabyte to an echo server and takes it back through windows of several sizes, now and then after a pause
#
# usage: narrow.py ADDRESS PORT
#
# A window closes while nothing is read, and opens by less than a large segment: the server has to send what fits.
import random, socket, sys, threading, time

def passed(address, port, room):
    data = random.Random(room).randbytes(1000000)
    connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    connection.settimeout(20)
    connection.connect((address, port))
    sender = threading.Thread(target=lambda: (connection.sendall(data), connection.shutdown(socket.SHUT_WR)))
    sender.start()
    got = bytearray()
    while len(got) < len(data):
        if len(got) * 4 // len(data) != (len(got) - room) * 4 // len(data):
            time.sleep(0.3)
        part = connection.recv(room)
        if not part:
            break
        got += part
    sender.join()
    if got != data or connection.recv(1):
        sys.exit(f"{address}, {room} bytes: {len(got)} of {len(data)} bytes came, {'equal' if data.startswith(got) else 'others'}")

for room in 2304, 6000, 20000, 150000:
    passed(sys.argv[1], int(sys.argv[2]), room)
