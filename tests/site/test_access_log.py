"""What the access log says of a request: no key that opens something."""

from __future__ import annotations

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from kilauta.site.gunicorn import MAILED


def secret_addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> list[str]:
    """Return every address that holds a key, with KEY in its place and 1 for anything else."""
    found = []
    for each in patterns:
        route = getattr(each.pattern, "_route", "")
        for name, converter in each.pattern.converters.items():
            kind = {
                "StringConverter": "str",
                "SlugConverter": "slug",
                "UUIDConverter": "uuid",
                "IntConverter": "int",
            }[type(converter).__name__]
            route = route.replace(f"<{kind}:{name}>", "KEY" if name == "token" else "1")
        if isinstance(each, URLResolver):
            found += secret_addresses(each.url_patterns, before + route)
        elif "KEY" in before + route:
            found.append(before + route)
    return found


ADDRESSES = secret_addresses(get_resolver().url_patterns)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_in_an_address_reaches_no_log(address):
    for path in (address, f"/sv{address}"):
        assert "KEY" not in MAILED.sub(r"\1…", path)


def test_such_addresses_are_found_at_all():
    assert {"/vahvista/KEY/", "/varaus/KEY/", "/kalenteri/KEY.ics", "/etatuki/KEY/"} <= set(ADDRESSES)
