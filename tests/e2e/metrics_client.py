#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""metrics_client.py -- clients of an appliance's figures that are slow, wrong, or many

usage: metrics_client.py SOCKET COMMAND

  statuses    sends requests of all kinds and prints the status of each answer, or "closed"
  silent N    opens N connections that say nothing, N that say a part of a request, and N that ask and read nothing;
              then asks, and prints after how many seconds it had the figures
  drip        sends a request one byte each 0.1 s, and prints what it gets and whether the connection ended within 2 s
"""
import socket
import sys
import time

path, command = sys.argv[1:3]
GOOD = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
LONG = GOOD[:-2] + b"X: "
REQUESTS = {
    "good": GOOD,
    "query": b"GET /metrics?a=b HTTP/1.1\r\nhost: x\r\nAccept: */*\r\n\r\n",
    "other path": b"GET /metricsX HTTP/1.1\r\nHost: x\r\n\r\n",
    "root": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "post": b"POST /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    "head": b"HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    "small get": b"get /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    "1.0": b"GET /metrics HTTP/1.0\r\n\r\n",
    "2.0": b"GET /metrics HTTP/2.0\r\nHost: x\r\n\r\n",
    "no version": b"GET /metrics\r\n\r\n",
    "no host": b"GET /metrics HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /metrics HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "body": b"GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n",
    "chunks": b"GET /metrics HTTP/1.1\r\nHost: x\r\nTRANSFER-encoding: chunked\r\n\r\n",
    "two requests": GOOD + GOOD,
    "space before colon": b"GET /metrics HTTP/1.1\r\nHost : x\r\n\r\n",
    "folded": b"GET /metrics HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
    "bare line ends": b"GET /metrics HTTP/1.1\nHost: x\n\n",
    "two spaces": b"GET  /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    "control": b"GET /metrics HTTP/1.1\r\nHost: \x1b[31m\r\n\r\n",
    "zero": b"GET /metrics\0 HTTP/1.1\r\nHost: x\r\n\r\n",
    "TLS": bytes.fromhex("16030100a5010000a10303"),
    "empty line": b"\r\n\r\n",
    "4096 bytes": LONG + b"a" * (4096 - len(LONG) - 4) + b"\r\n\r\n",
    "long": LONG + b"a" * 4096,
}


def connect():
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(60)
    connection.connect(path)
    return connection


def answer(connection):
    got = b""
    try:
        while more := connection.recv(65536):
            got += more
    except ConnectionResetError:
        pass
    return got


def ask(request=GOOD):
    with connect() as connection:
        connection.sendall(request)
        return answer(connection)


if command == "statuses":
    for name, request in REQUESTS.items():
        got = ask(request)
        head, _, body = got.partition(b"\r\n\r\n")
        status = head.split(b" ", 2)[1].decode() if got else "closed"
        assert status == "200" and body.endswith(b"\r\n0\r\n\r\n") or status != "200" and not body, (name, got)
        print(name + ":", status)
elif command == "silent":
    held = []
    for i in range(int(sys.argv[3])):
        for text in b"", GOOD[:20], GOOD:
            held.append(connect())
            held[-1].sendall(text)
    began = time.monotonic()
    assert b"ukgen_uptime_seconds" in ask()
    print(f"{time.monotonic() - began:.1f}")
elif command == "drip":
    began = time.monotonic()
    with connect() as connection:
        try:
            for byte in GOOD:
                connection.sendall(bytes([byte]))
                time.sleep(0.1)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            print(connection.recv(100), time.monotonic() - began < 2)
        except ConnectionResetError:
            print(b"", time.monotonic() - began < 2)
