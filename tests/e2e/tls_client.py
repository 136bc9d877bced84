# SPDX-License-Identifier: ISC
"""tls_client.py -- clients of a TLS server that behave unlike ordinary ones

usage: tls_client.py ADDRESS CERTIFICATE SCENARIO...

Each scenario is a function below; it raises an exception if the server does not do as it should.
"""
import functools
import os
import socket
import ssl
import sys
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
ADDRESS, CERTIFICATE = sys.argv[1:3]
REQUEST = b"GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"


def plain():
    return socket.create_connection((ADDRESS, 443), timeout=20)


def new_context():
    return ssl.create_default_context(cafile=CERTIFICATE)


context = functools.cache(new_context)


def answer_of(connection):
    answer = b""
    while part := connection.recv(65536):
        answer += part
    assert answer.startswith(b"HTTP/1.1 200 OK"), answer[:80]
    return answer


def page():
    """an ordinary client gets the page, and the end of it is told, not only the connection's"""
    with context().wrap_socket(plain(), server_hostname="shop.example", suppress_ragged_eofs=False) as client:
        client.sendall(REQUEST)
        answer_of(client)


class Records:
    """a client whose bytes this test sends"""

    def __init__(self, asked=None):
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = (asked or context()).wrap_bio(self.incoming, self.outgoing, server_hostname="shop.example")
        self.socket = plain()

    def step(self, call, send):
        while True:
            try:
                return call()
            except ssl.SSLWantReadError:
                send(self.outgoing.read())
                if not (part := self.socket.recv(65536)):
                    raise EOFError
                self.incoming.write(part)


def accepts(cipher, version=ssl.TLSVersion.TLSv1_2):
    """whether the server agrees to a cipher and a version of the protocol; an alert refuses, nothing else"""
    asked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asked.check_hostname, asked.verify_mode = False, ssl.CERT_NONE
    try:
        asked.set_ciphers(cipher + ":@SECLEVEL=0")
    except ssl.SSLError:
        return False
    asked.minimum_version = asked.maximum_version = version
    try:
        with asked.wrap_socket(plain()) as client:
            return client.version() is not None
    except ssl.SSLError as error:
        assert "ALERT" in error.reason or "NO_CIPHERS" in error.reason, error
        return False


def refused():
    """what it accepts of all ciphers that OpenSSL knows"""
    for version in ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1:
        assert not accepts("ALL", version), version
    every = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    every.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    names = [cipher["name"] for cipher in every.get_ciphers() if cipher["protocol"] != "TLSv1.3"]
    assert len(names) > 50
    for name in names:
        if accepts(name):
            print("accepted", name)


def hello_of(version):
    """a ClientHello, with another version in it"""
    asked = new_context()
    asked.maximum_version = ssl.TLSVersion.TLSv1_2
    client = Records(asked)
    try:
        client.tls.do_handshake()
    except ssl.SSLWantReadError:
        pass
    client.socket.close()
    hello = bytearray(client.outgoing.read())
    # a record's head and a message's head are before it
    hello[9:11] = version
    return bytes(hello)


def oldest():
    """SSL 3.0, which OpenSSL cannot offer, is refused by an alert; the same bytes with TLS 1.2 are answered"""
    for version, kind in (b"\x03\x00", 21), (b"\x03\x03", 22):
        with plain() as client:
            client.sendall(hello_of(version))
            assert client.recv(1)[0] == kind, version


def nameless():
    """a client that names no server gets the same certificate"""
    asked = new_context()
    asked.check_hostname = False
    with asked.wrap_socket(plain()) as client:
        client.sendall(REQUEST)
        answer_of(client)


def bytewise():
    """every byte of the handshake and of the request comes alone"""
    client = Records()
    client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(data):
        for byte in data:
            client.socket.sendall(bytes([byte]))

    client.step(client.tls.do_handshake, send)
    client.tls.write(REQUEST)
    send(client.outgoing.read())
    answer = client.step(lambda: client.tls.read(65536), send)
    assert answer.startswith(b"HTTP/1.1 200 OK")


def client_hello():
    """a connection, and the record that begins its handshake, which was not sent yet"""
    client = Records()
    try:
        client.tls.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return client, client.outgoing.read()


def garbage():
    """what is no TLS ends with an alert, or an end, and nobody else is hurt"""
    _, hello = client_hello()
    wrongs = [REQUEST, os.urandom(5000), b"\x16\x03\x01\xff\xff" + bytes(70000), b"\x16\x03\x01\x00\x00" * 1000,
              b"\x17\x03\x03\x00\x10" + bytes(16), b"\x14\x03\x03\x00\x01\x01", b"\x15\x03\x03\x00\x02\x02\x28",
              hello + hello, hello + b"\x17\x03\x03\x00\x10" + bytes(16)]
    wrongs += [hello[:i] + bytes([hello[i] ^ 0xff]) + hello[i + 1:] for i in range(0, len(hello), 7)]
    for wrong in wrongs:
        client = plain()
        client.settimeout(5)
        try:
            client.sendall(wrong)
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        except OSError:
            pass
        client.close()
    page()


def changed():
    """a record of which one bit was changed on its way is refused"""
    client = Records()
    client.step(client.tls.do_handshake, client.socket.sendall)
    client.tls.write(REQUEST)
    record = bytearray(client.outgoing.read())
    record[-1] ^= 1
    client.socket.sendall(record)
    try:
        answer = client.step(lambda: client.tls.read(65536), lambda data: None)
        assert False, answer
    except (ssl.SSLError, EOFError, ConnectionError):
        pass


def hello_half():
    client, hello = client_hello()
    return hello[:len(hello) // 2], client.socket


def stalled():
    """a handshake that goes no further ends after 10 s, whether the client is silent or sends a byte now and then"""
    start = time.monotonic()
    half, silent = hello_half()
    silent.sendall(half)
    half, slow = hello_half()
    for byte in half[:30]:
        if time.monotonic() - start > 9:
            break
        slow.sendall(bytes([byte]))
        time.sleep(0.5)
    for client in silent, slow:
        assert client.recv(1) == b""
        assert 9 < time.monotonic() - start < 15, time.monotonic() - start
    page()


def records():
    """a request in records of one byte, and with records of none between, is whole in the end"""
    with context().wrap_socket(plain(), server_hostname="shop.example") as client:
        for i, byte in enumerate(REQUEST.replace(b"\r\n\r\n", b"\r\nX: " + b"x" * 1500 + b"\r\n\r\n")):
            client.send(bytes([byte]))
        answer_of(client)


def unclosed():
    """clients that end without saying so in TLS, before, within and after a request"""
    for part in b"", REQUEST[:20], REQUEST:
        for reset in False, True:
            with plain() as connection:
                client = Records()
                client.socket.close()
                client.socket = connection
                client.step(client.tls.do_handshake, connection.sendall)
                if part:
                    client.tls.write(part)
                    connection.sendall(client.outgoing.read())
                if reset:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                    continue
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
    page()


def crowd():
    """128 handshakes at once, all of them begun before one goes on; then their requests. A busy machine may take too long for some"""
    start = time.monotonic()
    clients = [Records() for _ in range(128)]
    for client in clients:
        try:
            client.tls.do_handshake()
        except ssl.SSLWantReadError:
            client.socket.sendall(client.outgoing.read())
    served = []
    for client in clients:
        try:
            client.step(client.tls.do_handshake, client.socket.sendall)
            served.append(client)
        except (EOFError, ConnectionError):
            assert time.monotonic() - start > 9
    for client in served:
        client.tls.write(REQUEST)
        client.socket.sendall(client.outgoing.read())
    for client in served:
        answer = client.step(lambda: client.tls.read(65536), client.socket.sendall)
        assert answer.startswith(b"HTTP/1.1 200 OK"), answer[:80]
    for client in clients:
        client.socket.close()


def half_open():
    """handshakes that go no further leave room for others"""
    held = []
    for i in range(260):
        client = Records()
        try:
            client.tls.do_handshake()
        except ssl.SSLWantReadError:
            pass
        client.socket.sendall(client.outgoing.read())
        held.append(client)
        if i % 50 == 0:
            page()
    page()


def many():
    """a hundred connections that are all open"""
    clients = [context().wrap_socket(plain(), server_hostname="shop.example") for _ in range(100)]
    for client in clients:
        client.sendall(REQUEST)
    for client in clients:
        answer_of(client)


for scenario in sys.argv[3:]:
    start = time.monotonic()
    globals()[scenario]()
    print(f"{scenario}: {time.monotonic() - start:.1f} s")
