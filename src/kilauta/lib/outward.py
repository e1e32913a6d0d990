"""Asking for pages of somebody else's, or whether they are there, without being led to machines behind our own walls.

An address comes from an editor, and a redirect from whoever answers: neither is believed. A name is looked up here,
every address it stands for must be a public one, and the connection goes to the very address that was looked at.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import sleep
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

HEADERS: Final = {
    "User-Agent": "Kilauta (looks whether links work, reads calendars it was given)",
    "Accept": "*/*",
    "Connection": "close",
}
SECONDS: Final = 5.0  # for each step
LONGEST: Final = 15.0  # for one request in all, however slowly the answer drips
REDIRECTS: Final = 3
AT_ONCE: Final = 4
PAUSE: Final = 1.0  # between two questions to the same host

# What may be wrong.
NOT_WEB, NOT_PUBLIC, NO_HOST = "not-web", "not-public", "no-host"
NO_ANSWER, CERTIFICATE, LOOP = "no-answer", "certificate", "redirects"
GONE, BROKEN, TOO_LONG = "gone", "broken", "too-long"
FAULTS: Final = (NOT_WEB, NOT_PUBLIC, NO_HOST, NO_ANSWER, CERTIFICATE, LOOP, GONE, BROKEN)

# Addresses that are translated to IPv4 on the way (RFC 6052): the last four bytes say where to.
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_SAFE: Final = "/%:@!$&'()*+,;=~-._?[]"
_SERVER_ERROR, _MOVED = 500, 300
_TRIED = 4  # addresses of one host
_MISSING: Final = frozenset({404, 410})

Allowed = Callable[[str, int], bool]


class _FaultError(Exception):
    """What is wrong, as one of FAULTS."""


def is_public(address: str, port: int = 443) -> bool:
    """Return whether a machine at this address (an IP address as text) and port belongs to the open web."""
    try:
        at = ip_address(address)
    except ValueError:
        return False
    return port in {80, 443} and _is_global(at)


def _is_global(at: IPv4Address | IPv6Address) -> bool:
    if isinstance(at, IPv6Address):
        if at in _TRANSLATED:
            return _is_global(IPv4Address(int(at) & 0xFFFFFFFF))
        inner = at.ipv4_mapped or at.sixtofour
        if inner is not None:
            return _is_global(inner)
        if at.teredo is not None or at.is_site_local:
            return False
    return at.is_global and not (at.is_multicast or at.is_reserved or at.is_unspecified)


def fault_of(url: str, *, allowed: Allowed = is_public) -> str:
    """Return what is wrong with a web address ("" when a page answers): one of FAULTS.

    A page that only refuses programs (401, 403, 429 …) is there.
    """
    try:
        for _step in range(REDIRECTS + 1):
            status, target = _status(url, allowed)
            if not target:
                return GONE if status in _MISSING else BROKEN if status >= _SERVER_ERROR else ""
            url = urljoin(url, target)
    except _FaultError as wrong:
        return str(wrong)
    except ValueError:  # it sends on to what is no address
        return NOT_WEB
    return LOOP


def body_of(url: str, *, most: int, allowed: Allowed = is_public) -> tuple[str, bytes]:
    """Return what is wrong with a web address ("" when it gave us something) and what it gave.

    One of FAULTS, or TOO_LONG for more than `most` bytes. What is refused to a program is here as good as gone.
    """
    try:
        for _step in range(REDIRECTS + 1):
            status, target, body = _request("GET", url, allowed, most=most)
            if not target:
                wrong = (
                    BROKEN if status >= _SERVER_ERROR else GONE if status >= http.client.BAD_REQUEST else ""
                )
                return wrong, b"" if wrong else body
            url = urljoin(url, target)
    except _FaultError as wrong_address:
        return str(wrong_address), b""
    except ValueError:  # it sends on to what is no address
        return NOT_WEB, b""
    return LOOP, b""


def faults_of(
    urls: Iterable[str], *, allowed: Allowed = is_public, pause: float = PAUSE
) -> list[tuple[str, str]]:
    """Return each address with what is wrong with it. A few hosts are asked at once, and each one thing at a time."""
    of_host: dict[str, list[str]] = {}
    for url in urls:
        of_host.setdefault(_host_of(url), []).append(url)

    def ask(mine: list[str]) -> list[tuple[str, str]]:
        found = []
        for number, url in enumerate(mine):
            if number:
                sleep(pause)
            found.append((url, fault_of(url, allowed=allowed)))
        return found

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [each for found in threads.map(ask, of_host.values()) for each in found]


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _status(url: str, allowed: Allowed) -> tuple[int, str]:
    """Return the status of a page and where it sends on to; a server that answers HEAD badly is asked by GET."""
    status, target, _body = _request("HEAD", url, allowed)
    if status >= http.client.BAD_REQUEST:
        status, target, _body = _request("GET", url, allowed)
    return status, target


def _request(method: str, url: str, allowed: Allowed, *, most: int = 0) -> tuple[int, str, bytes]:
    parts, host, port = _parts(url)
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    secure = parts.scheme == "https"
    connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host, port)
    try:
        sock = _connected(host, port, allowed)
        if secure:
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        timer = threading.Timer(LONGEST, _cut, [sock])
        timer.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            connection.sock = sock
            connection.request(method, path + query, headers=HEADERS)
            with connection.getresponse() as answer:
                moved = _MOVED <= answer.status < http.client.BAD_REQUEST
                target = (answer.headers.get("Location") or "") if moved else ""
                body = answer.read(most + 1) if most and not target else b""
                if len(body) > most:
                    raise _FaultError(TOO_LONG)
                return answer.status, target, body
        finally:
            timer.cancel()
            sock.close()
    except ssl.SSLCertVerificationError:
        raise _FaultError(CERTIFICATE) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _FaultError(NO_ANSWER) from None


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """Return the parts of a web address, its host as the network writes it, and the port."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        raise _FaultError(NOT_WEB) from None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise _FaultError(NOT_WEB)
    return parts, host, port


def _connected(host: str, port: int, allowed: Allowed) -> socket.socket:
    """Return a connection to the host, at an address that has been looked at."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _FaultError(NO_HOST) from None
    at = list(dict.fromkeys(str(address[0]) for *_kind, address in found))
    if not at or not all(allowed(each, port) for each in at):
        raise _FaultError(NOT_PUBLIC)
    for each in at[:_TRIED]:
        with suppress(OSError):
            return socket.create_connection((each, port), timeout=SECONDS)
    raise _FaultError(NO_ANSWER)


def _cut(sock: socket.socket) -> None:
    """End a connection that takes too long, whatever it is in the middle of."""
    with suppress(OSError):  # it may have ended by itself
        # past the layer of encryption: that one would wait for the other side
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
