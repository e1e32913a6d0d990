"""A steady load over keep-alive connections on loopback, counted for a bounded time.

One process and one loop, so that the load costs the machine little beside the server it is put on.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 16
PATIENCE = 60.0  # seconds without any answer


@dataclass
class Line:
    """One connection: what it asks next, and what of the present answer has come."""

    connection: socket.socket
    turn: int
    received: bytearray
    expected: int = 0


def rate(port: int, paths: Sequence[str], seconds: float) -> float:
    """Return answers per second with status 200; anything else is an error."""
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\n\r\n".encode()
        for path in paths
    ]
    answers = 0
    with selectors.DefaultSelector() as selector:
        lines = [_connect(port, number) for number in range(CONNECTIONS)]
        for line in lines:
            selector.register(line.connection, selectors.EVENT_READ, line)
            _ask(line, requests)
        started = time.monotonic()
        while time.monotonic() < started + seconds:
            ready = selector.select(timeout=PATIENCE)
            if not ready:
                raise RuntimeError("the server does not answer")
            for key, _events in ready:
                if _answered(key.data):
                    answers += 1
                    _ask(key.data, requests)
        took = time.monotonic() - started
        for line in lines:
            line.connection.close()
    return answers / took


def _connect(port: int, number: int) -> Line:
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Line(connection, number, bytearray())


def _ask(line: Line, requests: Sequence[bytes]) -> None:
    line.connection.sendall(requests[line.turn % len(requests)])
    line.turn += 1
    line.received, line.expected = bytearray(), 0


def _answered(line: Line) -> bool:
    """Take what has come; return whether the answer is complete."""
    more = line.connection.recv(1 << 18)
    if not more:
        raise RuntimeError("the server hung up")
    line.received += more
    if not line.expected:
        head, found, _body = bytes(line.received).partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.decode("latin-1"))
        fields = dict(field.split(b": ", 1) for field in head.split(b"\r\n")[1:])
        length = next(value for name, value in fields.items() if name.lower() == b"content-length")
        line.expected = len(head) + len(found) + int(length)
    return len(line.received) >= line.expected
