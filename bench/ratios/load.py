"""A steady load over keep-alive connections on loopback, counted for a bounded time by two processes."""

import socket
import threading
import time
from collections.abc import Sequence
from multiprocessing import Pool

CONNECTIONS = 8  # of each process
PROCESSES = 2


def rate(port: int, paths: Sequence[str], seconds: float) -> float:
    """Return answers per second with status 200; anything else is an error."""
    with Pool(PROCESSES) as pool:
        counts = pool.starmap(_process, [(port, list(paths), seconds)] * PROCESSES)
    return sum(counts) / seconds


def _process(port: int, paths: list[str], seconds: float) -> int:
    counts = [0] * CONNECTIONS
    ends = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_connection, args=(port, paths, ends, counts, number))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _connection(port: int, paths: list[str], ends: float, counts: list[int], number: int) -> None:
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\n\r\n".encode()
        for path in paths
    ]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        buffer, turn = b"", number
        while time.monotonic() < ends:
            connection.sendall(requests[turn % len(requests)])
            turn += 1
            buffer = _answer(connection, buffer)
            counts[number] += 1


def _answer(connection: socket.socket, buffer: bytes) -> bytes:
    """Read one whole answer; return what has already come after it."""
    while b"\r\n\r\n" not in buffer:
        buffer += _more(connection)
    head, _, rest = buffer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode("latin-1"))
    length = next(
        int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    while len(rest) < length:
        rest += _more(connection)
    return rest[length:]


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise RuntimeError("the server hung up")
    return received
