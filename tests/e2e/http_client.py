# SPDX-License-Identifier: ISC
"""http_client.py -- clients of an HTTP server, well-behaved and hostile

usage: python3 http_client.py ADDRESS SCENARIO[:ARGUMENT...]...

Each scenario is a function below; the status is 1, with the cause on standard
error, if the server did not do what it should.
"""
import json
import socket
import struct
import sys
import threading
import time

ADDRESS = sys.argv[1]
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def connect(receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(20)
    client.connect((ADDRESS, 80))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


class Reader:
    """takes answers off a connection, one after another"""

    def __init__(self, client):
        self.client, self.bytes = client, b""

    def more(self):
        got = self.client.recv(65536)
        self.bytes += got
        return got

    def answer(self, head=False):
        while b"\r\n\r\n" not in self.bytes:
            if not self.more():
                raise EOFError(f"closed after {self.bytes!r}")
        lines, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        lines = lines.decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:])
        length = 0 if head else int(fields["content-length"])
        while len(self.bytes) < length:
            if not self.more():
                raise EOFError("closed within an answer")
        content, self.bytes = self.bytes[:length], self.bytes[length:]
        return int(lines[0].split()[1]), fields, content

    def is_closed(self):
        return not self.bytes and not self.more()


def ask(text):
    with connect() as client:
        client.sendall(text)
        return Reader(client).answer(head=text.startswith(b"HEAD"))


def statistics():
    return json.loads(ask(b"GET /stats HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[2])


def split():
    """a request that comes byte by byte, and one cut within its end"""
    with connect() as client:
        reader = Reader(client)
        for i in range(len(GET)):
            client.sendall(GET[i:i + 1])
            time.sleep(0.002)
        assert reader.answer()[0] == 200
        for cut in (1, 2, 3):
            client.sendall(GET[:-cut])
            time.sleep(0.05)
            client.sendall(GET[-cut:])
            assert reader.answer()[0] == 200


def pipeline():
    """many requests at once are answered in their order"""
    with connect() as client:
        text = b"".join(b"%s /%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"HEAD" if i % 3 == 2 else b"GET", b"" if i % 2 else b"none")
                        for i in range(300))
        threading.Thread(target=client.sendall, args=(text,)).start()
        reader = Reader(client)
        for i in range(300):
            status, fields, content = reader.answer(head=i % 3 == 2)
            assert status == (200 if i % 2 else 404), (i, status)
            assert i % 3 == 2 or i % 2 == 0 or len(content) == int(fields["content-length"]) > 0


def malformed():
    """what is wrong is refused with the right status, and the connection closed behind it"""
    host = b"Host: x\r\n"
    cases = [
        (400, b"GET\r\n\r\n"), (400, b"GET /\r\n\r\n"), (400, b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n\r\n"), (400, b"GET / HTTP/1.1\r\n" + host + host + b"\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"No colon\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"Space : x\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b" folded: x\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b": x\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"X: a\0b\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\n" + host + b"X: a\rb\r\n\r\n"),
        (400, b"GET  / HTTP/1.1\r\n" + host + b"\r\n"), (400, b"GET / HTTP/1.1 \r\n" + host + b"\r\n"),
        (400, b"GET none HTTP/1.1\r\n" + host + b"\r\n"), (400, b"GET * HTTP/1.1\r\n" + host + b"\r\n"),
        (400, b"GET /%0 HTTP/1.1\r\n" + host + b"\r\n"), (400, b"GET /%00 HTTP/1.1\r\n" + host + b"\r\n"),
        (400, b"GET /%zz HTTP/1.1\r\n" + host + b"\r\n"), (400, b"GET /\xff HTTP/1.1\r\n" + host + b"\r\n"),
        (505, b"GET / HTTP/2.0\r\n" + host + b"\r\n"), (400, b"GET / HTTP/1.x\r\n" + host + b"\r\n"),
        (505, b"GET / HTTP/1.2\r\n" + host + b"\r\n"), (400, b"GET / HTTP/1.10\r\n" + host + b"\r\n"),
        (405, b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 3\r\n\r\nabc"),
        (405, b"DELETE / HTTP/1.1\r\n" + host + b"\r\n"), (501, b"BREW / HTTP/1.1\r\n" + host + b"\r\n"),
        (501, b"get / HTTP/1.1\r\n" + host + b"\r\n"),
        (413, b"GET / HTTP/1.1\r\n" + host + b"Content-Length: 3\r\n\r\nabc"),
        (413, b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n"),
        (413, b"GET / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        (414, b"GET /" + b"a" * 600 + b" HTTP/1.1\r\n" + host + b"\r\n"),
        (431, b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 3000),
        (431, b"a" * 100000),
    ]
    for expected, text in cases:
        with connect() as client:
            try:
                client.sendall(text)
            except OSError:     # it was refused while we were still sending
                pass
            reader = Reader(client)
            status, fields, _ = reader.answer()
            assert status == expected, (status, expected, text[:80])
            assert fields["connection"] == "close", text
            assert status != 405 or fields["allow"] == "get, head"
            assert reader.is_closed(), text


def accepted():
    """what looks odd but is right"""
    cases = [
        (200, b"GET / HTTP/1.0\r\n\r\n"), (200, b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        (200, b"GET / HTTP/1.1\nHost: x\n\n"), (200, b"GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
        (200, b"GET /?q=1 HTTP/1.1\r\nhOST:x\r\n\r\n"), (200, b"GET /inde%78.html HTTP/1.1\r\nHost: x\r\n\r\n"),
        (200, b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), (200, b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"),
        (404, b"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"), (404, b"GET //index.html HTTP/1.1\r\nHost: x\r\n\r\n"),
        (200, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1950 + b"\r\n\r\n"),
    ]
    for expected, text in cases:
        status, fields, _ = ask(text)
        assert status == expected, (status, expected, text[:80])
        assert fields["connection"] == ("close" if b"HTTP/1.0" in text else "keep-alive"), text
    with connect() as client:
        reader = Reader(client)
        client.sendall(b"GET / HTTP/1.0\r\nConnection: Keep-Alive, x\r\n\r\n")
        assert reader.answer()[1]["connection"] == "keep-alive"
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: x, close\r\n\r\n")
        assert reader.answer()[1]["connection"] == "close"
        assert reader.is_closed()


def half_closed():
    """a client that has said all it will is still answered"""
    with connect() as client:
        client.sendall(GET * 3)
        client.shutdown(socket.SHUT_WR)
        reader = Reader(client)
        for _ in range(3):
            assert reader.answer()[0] == 200
        assert reader.is_closed()


def slow():
    """a request that does not end is given up after 10 s, and others do not wait for it"""
    with connect() as client:
        start = time.monotonic()
        reader = Reader(client)
        stop = threading.Event()

        def drip():
            try:
                client.sendall(GET[:-2])
                while not stop.wait(0.5):
                    client.sendall(b"X: x\r\n")
            except OSError:
                pass

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert ask(GET)[0] == 200
        assert time.monotonic() - start < 3
        status = reader.answer()[0]
        stop.set()
        dripping.join()
        assert status == 408, status
        assert 9 < time.monotonic() - start < 16, time.monotonic() - start


def many():
    """200 connections at once, each asking three times"""
    clients = [connect() for _ in range(200)]
    readers = [Reader(client) for client in clients]
    for _ in range(3):
        for client in clients:
            client.sendall(GET)
        for reader in readers:
            assert reader.answer()[0] == 200
    assert statistics()["connections"]["open"] >= 200
    for client in clients:
        client.close()


def exhaustion():
    """idle connections make room for new ones, the oldest first"""
    clients = [connect() for _ in range(300)]
    start = time.monotonic()
    assert ask(GET)[0] == 200
    assert time.monotonic() - start < 3
    clients[-1].sendall(GET)
    assert Reader(clients[-1]).answer()[0] == 200
    try:
        clients[0].sendall(GET)
        assert not clients[0].recv(1), "the oldest is still served"
    except ConnectionResetError:
        pass
    for client in clients:
        client.close()


def abandon():
    """clients that vanish within a request or an answer leave nothing behind"""
    before = statistics()["connections"]["open"]
    for i in range(100):
        client = connect()
        client.sendall(GET if i % 2 else GET[:10])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    time.sleep(0.5)
    assert statistics()["connections"]["open"] <= before, statistics()


def port_again():
    """a client may use a port again that the server closed first"""
    port = 0
    for _ in range(2):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.settimeout(20)
        client.bind(("", port))
        port = client.getsockname()[1]
        client.connect((ADDRESS, 80))
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        reader = Reader(client)
        assert reader.answer()[0] == 200
        assert reader.is_closed()
        client.close()
        time.sleep(0.1)


def slow_reader(path, file_name):
    """who takes a large file slowly gets all of it, and others do not wait"""
    with open(file_name, "rb") as file:
        expected = file.read()
    clients = [connect(receive_buffer=4096) for _ in range(8)]
    for client in clients:
        client.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path.encode())
    time.sleep(1)
    start = time.monotonic()
    assert ask(GET)[0] == 200
    assert time.monotonic() - start < 2
    for client in clients:
        assert Reader(client).answer()[2] == expected
        client.close()


for word in sys.argv[2:]:
    name, *arguments = word.split(":")
    globals()[name](*arguments)
