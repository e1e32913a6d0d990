"""The rooms behind the doors, as somebody who has a key walks through them: every page that a link leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, Page

from tests.contracts.reading import Reader

# What differs between pages of one kind: ids, sources, the words of registers stay.
_ID = re.compile(r"/(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=/)")
_KEY = re.compile(r"(/(?:muuta|taulu|lomake)/)[^/]+(?=/)")
_IN_ROOMS = re.compile(r"^/(?:tyopoyta|koordinointi)/")
_FILE = re.compile(r"\.(?:xlsx|csv|json|pdf)$")

# What happened before, so that lists have rows: told from outside, wished by an editor, offered, away, brought in.
STORY = """
from datetime import datetime, timedelta
from kilauta.domains.communications.operations import receive_feedback
from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Organisation, Place, Service
from kilauta.kit.access.operations import invite
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange import uploads
from kilauta.domains.directory.ports.jobs import keep_month
from kilauta.lib.words import Words
now = datetime.fromisoformat("{now}")
system = Person.objects.system()
by = {{"actor": system, "now": now}}
library = Organisation.objects.get(external_id="kajaani-kirjasto")
aino, bengt = (Person.objects.get(email=f"{{name}}@kainuu.example") for name in ("aino", "bengt"))
service = Service.objects.filter(organisation=library, state="published").order_by("external_id")[0]
place = Place.objects.filter(host=library).order_by("external_id")[0]
operations.propose(library, {{"name_fi": "Kajaanin pääkirjasto", "phone": "050 555 0143"}}, note="Nimi vaihtui.", **by)
operations.report_error(service, "Numero ei vastaa.", page="/", network=library.steward, actor=None, now=now,
    reporter=operations.Reporter(contact="050 555 0198"))
operations.claim(library, note="Hoidamme itse.", reporter=operations.Reporter(contact="johto@kirjasto.example"), actor=None, now=now)
operations.change_service(service, {{"summary_fi": "Neuvomme laitteissa."}}, actor=aino, now=now)
operations.add_notice(place, Words("Kiinni viikolla 50"), from_on=now.date(), until_on=now.date() + timedelta(days=9), closes=True, **by)
operations.plan(library, "resources", "Kaksi neuvojaa", **by)
receive_feedback("kainuu", about="accessibility", text="Kartta ei aukea.", contact="050 555 0197", lang="fi", actor=None, now=now)
invite("uusi@kirjasto.example", role="supporter", scope_id=str(library.pk), **by)
keep_month(now - timedelta(days=31))
keep_month(now)
text = "Nimi;Tyyppi;Puhelin\\nKirjasto A;kirjasto;050 555 0111\\nYhdistys B;kahvila;12\\n".encode()
uploads.receive("auttajat.csv", text, source="kokeilu", region="kainuu", actor=bengt, now=now)
"""


@dataclass(frozen=True)
class Room:
    """A page by its kind: the address of one of the pages that look alike, and what it answers."""

    kind: str
    path: str
    text: str


def enter(context: BrowserContext, base: str, email: str) -> Page:
    """Sign in as one of the invented people; return their browser's page."""
    page = context.new_page()
    page.goto(f"{base}/kokeile/")
    page.locator(f"form:has(input[value='{email}']) button").click()
    page.wait_for_load_state()
    return page


def kind_of(path: str) -> str:
    """Return the path with a star where pages of one kind differ."""
    return _KEY.sub(r"\1*", _ID.sub("/*", path))


def rooms(page: Page, base: str) -> list[Room]:
    """Return one page of every kind that can be reached by links from the desk, in the order of the way there.

    The pages are asked for as the browser would, with its key, and not drawn.
    """
    seen: dict[str, Room] = {}
    waiting = ["/tyopoyta/"]
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in seen:
            continue
        answer = page.request.get(f"{base}{path}")
        assert answer.status == 200, f"{path} answers {answer.status}"
        came, text, read = urlsplit(answer.url).path, answer.text(), Reader()
        read.feed(text)
        for each in (path, came):
            seen.setdefault(kind_of(each), Room(kind_of(each), each, text))
        ways_on = (
            urlsplit(urljoin(answer.url, each.attrs.get("href", ""))).path
            for each in read.elements
            if each.tag == "a"
        )
        waiting += [
            each
            for each in ways_on
            if _IN_ROOMS.match(each) and not _FILE.search(each) and kind_of(each) not in seen
        ]
    return list(seen.values())
