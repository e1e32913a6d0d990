"""Asking whether a page is there, against a server of this machine and many addresses that nobody may be led to."""

from __future__ import annotations

import _socket
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

import pytest

from kilauta.lib import outward
from kilauta.lib.links import addresses

OPEN = ("93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822")
SHUT = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a00:1::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5", "1.2.3.4/8",
)  # fmt: skip


class Pages(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        self.asked.append((method, self.path))
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                threading.Event().wait(0.05)
        status = {"/gone": 404, "/broken": 500, "/shy": 403}.get(self.path, 200)
        if self.path == "/no-head" and method == "HEAD":
            status = 405
        if self.path.startswith("/to?"):
            status = 302
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.path.removeprefix("/to?"))
        body = b"words" if self.path == "/feed" and method == "GET" else b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def site():
    Pages.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] -- a connection that we cut is no news
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def near(_address: str, _port: int) -> bool:
    return True


def numbers_alone(host: str, port: int, **_more: object) -> list:
    return _socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


@pytest.mark.parametrize("address", OPEN)
def test_an_address_of_the_open_web_may_be_asked_at_its_two_ports(address):
    assert [outward.is_public(address, port) for port in (80, 443, 22, 8080)] == [True, True, False, False]


@pytest.mark.parametrize("address", SHUT)
def test_an_address_behind_walls_may_not_be_asked(address):
    assert not outward.is_public(address)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://127.0.0.1/", "not-public"),
        ("http://127.1/", "not-public"),
        ("http://0x7f000001/", "not-public"),
        ("http://2130706433/", "not-public"),
        ("http://0177.0.0.1/", "not-public"),
        ("http://[::1]/", "not-public"),
        ("http://[::ffff:127.0.0.1]/", "not-public"),
        ("http://169.254.169.254/latest/", "not-public"),
        ("http://1.1.1.1:22/", "not-public"),
        ("http://1.1.1.1@127.0.0.1/", "not-web"),
        ("http://user:word@1.1.1.1/", "not-web"),
        ("ftp://1.1.1.1/", "not-web"),
        ("file:///etc/passwd", "not-web"),
        ("javascript:alert(1)", "not-web"),
        ("http://", "not-web"),
        ("http://[::1/", "not-web"),
        ("http://1.1.1.1:99999/", "not-web"),
        ("", "not-web"),
    ],
)
def test_a_hostile_address_is_not_followed(url, fault, monkeypatch):
    # numbers are read as the system's own library reads them, and names are not looked up at all
    monkeypatch.setattr(outward.socket, "getaddrinfo", numbers_alone)
    monkeypatch.setattr(outward.socket, "create_connection", lambda *_, **__: pytest.fail("It was asked."))
    assert outward.fault_of(url) == fault


def test_a_name_of_this_machine_is_not_followed():
    assert outward.fault_of("http://localhost/") == "not-public"


def test_one_private_address_among_public_ones_shuts_the_host(monkeypatch):
    found = [(2, 1, 6, "", (each, 80)) for each in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(outward.socket, "getaddrinfo", lambda *_, **__: found)
    assert outward.fault_of("http://kaksi.example/") == "not-public"


def test_pages_are_told_apart_by_what_they_answer(site):
    paths = (
        "/",
        "/gone",
        "/broken",
        "/shy",
        "/no-head",
        "/ä ö?q=å",
        "/to?/gone",
        "/to?/to?/to?/",
        "/to?http://[",
    )
    assert [outward.fault_of(f"{site}{path}", allowed=near) for path in paths] == [
        "", "gone", "broken", "", "", "", "gone", "", "not-web",
    ]  # fmt: skip
    assert outward.fault_of(f"{site}/to?/to?/to?/to?/", allowed=near) == "redirects"
    assert outward.fault_of("http://127.0.0.1:1/", allowed=near) == "no-answer"


def test_a_server_that_knows_no_head_is_asked_by_get(site):
    outward.fault_of(f"{site}/no-head", allowed=near)
    assert Pages.asked == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_a_redirect_behind_the_walls_is_not_followed(site):
    asked = []

    def only_the_first(address, port):
        asked.append((address, port))
        return len(asked) == 1

    assert outward.fault_of(f"{site}/to?{site}/inside", allowed=only_the_first) == "not-public"
    assert Pages.asked == [("HEAD", f"/to?{site}/inside")]


def test_an_answer_that_drips_for_ever_is_cut(site, monkeypatch):
    monkeypatch.setattr(outward, "LONGEST", 0.3)
    begun = monotonic()
    assert outward.fault_of(f"{site}/drip", allowed=near) in {"", "no-answer"}
    assert monotonic() - begun < 3


def test_each_address_is_told_of_and_one_host_is_asked_one_thing_at_a_time(site):
    urls = [f"{site}/", f"{site}/gone", "nonsense"]
    assert dict(outward.faults_of(urls, allowed=near, pause=0)) == {
        urls[0]: "", urls[1]: "gone", "nonsense": "not-web",
    }  # fmt: skip


def test_what_is_at_an_address_is_given_up_to_a_bound(site):
    assert outward.body_of(f"{site}/feed", most=5, allowed=near) == ("", b"words")
    assert outward.body_of(f"{site}/feed", most=4, allowed=near) == ("too-long", b"")
    assert outward.body_of(f"{site}/to?/feed", most=5, allowed=near) == ("", b"words")


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/gone", "gone"),
        ("/shy", "gone"),
        ("/broken", "broken"),
        ("/to?http://[", "not-web"),
        ("/to?/to?/to?/to?/", "redirects"),
    ],
)
def test_nothing_is_given_of_what_is_refused_broken_or_led_astray(site, path, fault):
    assert outward.body_of(f"{site}{path}", most=5, allowed=near) == (fault, b"")


def test_what_lies_behind_the_walls_is_not_given(site):
    assert outward.body_of(f"{site}/feed", most=5) == ("not-public", b"")
    assert outward.body_of("http://localhost/feed", most=5) == ("not-public", b"")
    assert Pages.asked == []


def test_addresses_are_found_in_a_text_with_and_without_words_of_their_own():
    text = "Katso https://a.example/x. [Ohje](https://b.example/?q=1&w=2) (https://a.example/x), javascript:x"
    assert addresses(text) == ["https://a.example/x", "https://b.example/?q=1&w=2"]
