"""What a page costs the database: little, and the same however large the directory grows."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Visitor
from tests.factories import many_services

from .walking import in_language, routes, walk

MOST = 12
# Also a search that finds many: its words stand in every generated service.
SEARCHES = ("/haku/?q=neuvonta", "/haku/?q=puhelimessa+kuhmo", "/haku/?topic=a-laite&sivu=2", "/haku/?q=zzzz")


def costs(addresses: list[str]) -> dict[str, int]:
    """Return the number of queries of each page, once the process has read this edition."""
    visitor, found = Visitor(), {}
    for address in ("/", "/haku/?q=apua", "/tapahtumat/"):
        visitor.get(address)
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        found[address] = len(queries)
    return found


def test_a_page_asks_few_queries_and_the_same_number_for_10_and_for_1000_services() -> None:
    addresses = [address for route in routes() for address in walk().samples(route.name)[:1]]
    addresses += [in_language(address, "sv") for address in addresses if address.startswith("/palvelut/")]
    addresses += [*SEARCHES, "/palvelut/m3-neuvonta-3/", "/kilauta/puhelin/missa-vain/"]
    many_services(0, 10)
    few = costs(addresses)
    many_services(10, 1000)
    many = costs(addresses)
    assert {address: count for address, count in few.items() if count > MOST} == {}
    # a search looks further only while it has not found enough, so with more to find it may ask less
    assert {address: count for address, count in many.items() if count > few[address]} == {}
    assert {a: n for a, n in many.items() if "q=" not in a} == {a: n for a, n in few.items() if "q=" not in a}


def test_a_generated_service_is_really_found() -> None:
    """The control of the test above: the thousand are published, indexed and on the pages."""
    many_services(0, 30)
    visitor = Visitor()
    assert b"/palvelut/m29-neuvonta-29/" in visitor.get("/haku/?q=neuvonta+29").content
    assert b"Neuvonta 29" in visitor.get("/palvelut/m29-neuvonta-29/").content
