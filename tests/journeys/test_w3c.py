"""The W3C's checker has nothing to say about any page in any language."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from tools import vnu

from .looking import listed
from .routes import PAGES, Route, Still

# Warnings that are heard and not followed, each with its reason.
ACCEPTED: dict[str, str] = {}


def test_the_checker_finds_neither_error_nor_warning(still: Still, tmp_path: Path) -> None:
    files = []
    for page in PAGES:
        route, language = page.values
        file = tmp_path / f"{page.id}.html"
        file.write_text(text_of(route, language, still), encoding="utf-8")
        files.append(file)
    found = vnu.validate(files, warnings=True)
    faults = [fault for fault in found if not any(re.search(form, fault) for form in ACCEPTED)]
    assert not faults, listed(faults)
    print(f"vnu-jar {vnu.JAR.version}: {len(files)} pages without error or warning")


def text_of(route: Route, language: str, still: Still) -> str:
    if route.template:
        return route.text(language)
    address = urlsplit(route.address(still, language))
    # the name of the second network is known to the browser, not to the system
    near = address._replace(netloc=f"127.0.0.1:{address.port}").geturl()
    request = urllib.request.Request(near, headers={"Host": address.netloc})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        assert error.code == route.status, f"{near} answers {error.code}"
        return error.read().decode()
