"""What anybody types into a form of help: never in an address, a log, a count or a calendar that others read.

Every page of requests, referrals, booking, the log and feedback is opened by whom it is for, each of its forms is filled
in every field that takes text, and sent as far as it leads. What was typed must then stand where it is kept, and nowhere
that is passed on: no address the visitor is led to or could follow, no line of a log, no audit, count or feed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import unquote_plus

import pytest
from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from kilauta.domains.booking.models import Offer
from kilauta.domains.booking.queries.calendars import feed_of
from kilauta.kit.metrics import buffer
from tests.cast import NOW
from tests.site.door_things import MAKE, arguments, comers, things_of
from tests.site.doors_table import GET, MAY, POST, ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door"), pytest.mark.timeout(600)]

WORD = "kanarialintu"
PHONE = "050555"
OF_HELP = ("guidance:", "booking:")
OWNERS = ("", "ours", "taken by s")
STEPS = 8
TEXTS = ("text", "email", "tel", "search", "url")
# Where nobody's words belong: what is counted, who did what and when, who looked, which forms were sent.
TOLD_ON = ("audit", "metrics", "jobs", "forms", "limits")
TOMORROW = datetime(2026, 11, 25, 7, tzinfo=UTC)
# A browser says from which page a form comes.
HERE = {"origin": "http://testserver"}
DAY = re.compile(r"(^|_)(on|day|dated)$|_on$")
ATTRIBUTES = ("href", "action", "src", "formaction")


@dataclass
class Typist:
    """Fills forms with words that stand nowhere else, and remembers them."""

    number: Iterator[int] = field(default_factory=lambda: count(1001))
    typed: list[str] = field(default_factory=list)

    def text(self, kind: str, name: str) -> str:
        number = next(self.number)
        if kind == "email" or name in {"email", "contact"}:
            said = f"{WORD}{number}@lintu.example"
        elif kind == "tel" or "phone" in name:
            said = f"{PHONE}{number}"
        else:
            said = f"{WORD}{number}"
        self.typed.append(said)
        return said

    def fill(self, form: Tag) -> dict[str, Any]:
        """Return what is sent: words in every field for words, and the first of what there is to choose."""
        sent: dict[str, Any] = {}
        for each in form.select("input[name], textarea[name]"):
            name, kind, value = str(each["name"]), str(each.get("type", "text")), each.get("value", "")
            if kind in {"checkbox", "radio"}:
                if each.has_attr("checked") or name not in sent:
                    sent[name] = each.get("value", "on")
            elif each.name == "textarea" or (kind in TEXTS and not value):
                sent[name] = self.typed_into(name, kind, each)
            else:
                sent[name] = value
        for each in form.select("select[name]"):
            options = each.select("option[selected]") + each.select("option")
            first = next((str(one["value"]) for one in options if one.get("value")), "")
            # the first village is not in the first municipality
            sent[str(each["name"])] = "" if each["name"] == "village" else first
        buttons = form.select("button")
        if all(each.get("name") for each in buttons):
            sent.update((str(each["name"]), each.get("value", "")) for each in buttons[:1])
        return sent

    def typed_into(self, name: str, kind: str, field: Tag) -> str:
        if DAY.search(name):
            return "1.12.2026"
        if field.get("inputmode") == "numeric":
            return "30" if name == "persons" else "1"
        return self.text(kind, name)


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(f"{record.getMessage()} {record.args} {record.__dict__}")


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that any logger is told, down to the smallest."""
    handler, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


Made = Callable[[], tuple[object, ...]]


def pages(offer: Offer) -> Iterator[tuple[str, str, Made]]:
    """Return who opens which page: the public ones, and those behind doors where a form can be sent."""
    place = things_of("ours")["place"].short_id  # type: ignore[attr-defined]
    slot = int(TOMORROW.timestamp()) // 60
    public: dict[str, tuple[object, ...]] = {
        "guidance:ask": (),
        "guidance:ask-for-caller": (),
        "guidance:start": (),
        "guidance:feedback": (),
        "guidance:feedback-of": (f"{place}-x",),
        "guidance:feedback-kiosk": (place,),
        "booking:find": (),
        "booking:remote": (),
        "booking:book": (offer.channel_id, slot),
        "booking:wait": (offer.channel_id,),
    }
    yield from (("-", name, partial(tuple, args)) for name, args in public.items())
    for name, row in ROWS.items():
        if name.startswith(OF_HELP) and {GET, POST} <= set(row.methods):
            for owner in OWNERS:
                reach = row.reach.get(owner, "")
                who = next((each for each in "sec" if each in reach and each in MAY[row.verb]), "")
                if who:
                    yield who, name, partial(arguments, row, owner)


def offered() -> Offer:
    """Return times of a helper of another organisation than whose forms are sent."""
    return Offer.objects.select_related("supporter").get(pk=MAKE["offer"]("neighbour")[0])


def test_what_is_typed_is_told_nowhere(lines: Lines) -> None:
    people, typist, led, stored = comers(), Typist(), 0, set[str]()
    breaches: list[str] = []
    offer = offered()
    for who, name, made in pages(offer):
        with transaction.atomic():
            page = reverse(name, args=made())
            for form in range(6):
                led += _send(people[who], page, form, typist, breaches)
            stored |= _standing(typist.typed)
            breaches += [f"{page}: {found}" for found in _told_on(typist.typed)]
            feed = str(feed_of(offer.supporter, now=NOW))
            breaches += [f"{page}: {feed}"] * _has(feed, typist.typed)
            transaction.set_rollback(True)
    breaches += [f"log: {line[:90]}" for line in lines.found if _has(line, typist.typed)]
    breaches += [f"count: {note}" for note in buffer._counts if _has(str(note), typist.typed)]
    assert breaches == []
    # the words did come in: they are kept where the product keeps them
    assert led >= 30
    assert len(stored) >= 15


def test_no_form_that_sends_by_its_address_asks_for_words(client: Client) -> None:
    """A form without POST puts what is typed into the address; only the finder's own question does that."""
    people, found = comers(), []
    for who, name, made in pages(offered()):
        with transaction.atomic():
            page = reverse(name, args=made())
            for form in _forms(people[who].get(page), "form:not([method=post])"):
                texts = form.select(
                    "textarea, input:not([type]), input[type=text], input[type=email], input[type=tel]"
                )
                found += [f"{page}: {each.get('name')}" for each in texts if each.get("name") != "q"]
            transaction.set_rollback(True)
    assert found == []


def test_a_word_that_is_told_is_seen(lines: Lines) -> None:
    """The control: a word in an address, in a log and in a table of counts is found."""
    word = f"{WORD}9999"
    logging.getLogger("kilauta.somewhere").debug("asked for %s", word)
    assert _has(lines.found[-1], [word])
    assert _has(f"/haku/?q={word.title()}%20x", [word])
    soup = BeautifulSoup(f'<p><a href="/x/?nimi={word}">x</a></p>', "html.parser")
    assert list(_addresses(soup, [word])) == [f"/x/?nimi={word}"]


def _send(client: Client, page: str, which: int, typist: Typist, breaches: list[str]) -> int:
    """Send the form of a page and those it leads to on the same address; return how often it led on."""
    answer, led = client.get(page), 0
    for _step in range(STEPS):
        forms = _forms(answer, "form[method=post]")
        if which >= len(forms):
            break
        form = forms[which]
        asked = _questions(form)
        answer = client.post(str(form.get("action") or page), typist.fill(form), headers=HERE)
        assert answer.status_code < 500, f"{page}: {answer.status_code}"
        led += answer.status_code == 302
        while answer.status_code == 302:
            breaches += [f"{page} leads to {answer['Location']}"] * _has(answer["Location"], typist.typed)
            answer, which = client.get(answer["Location"]), 10**6
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            soup = BeautifulSoup(answer.content, "html.parser")
            breaches += [f"{page} links to {found}" for found in _addresses(soup, typist.typed)]
        if asked in map(_questions, _forms(answer, "form[method=post]")):
            # refused, and the same is asked again
            break
    return led


def _questions(form: Tag) -> set[tuple[str, str]]:
    return {(str(each["name"]), str(each.get("type", ""))) for each in form.select("[name]")}


def _forms(answer: Any, selector: str) -> list[Tag]:
    if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
        return []
    return list(BeautifulSoup(answer.content, "html.parser").select(f"main {selector}"))


def _addresses(soup: BeautifulSoup, typed: list[str]) -> Iterator[str]:
    for attribute in ATTRIBUTES:
        for each in soup.select(f"[{attribute}]"):
            address = str(each[attribute])
            # to ring or to write to somebody is what the page is for
            if not address.startswith(("tel:", "mailto:", "sms:")) and _has(address, typed):
                yield address


def _has(text: str, typed: list[str]) -> bool:
    plain = unquote_plus(text).lower()
    return WORD in plain or any(word.lower() in plain for word in typed if word.startswith(PHONE))


def _rows(labels: tuple[str, ...] | None) -> Iterator[str]:
    for model in apps.get_models():
        if labels is None or model._meta.app_label in labels:
            names = [
                each.attname for each in model._meta.concrete_fields
                if isinstance(each, models.CharField | models.TextField | models.JSONField)
            ]  # fmt: skip
            if names:
                for row in models.QuerySet(model).values_list(*names):
                    yield f"{model._meta.label}: {row}"


def _standing(typed: list[str]) -> set[str]:
    kept = "\n".join(_rows(("guidance", "booking", "questions")))
    return {word for word in typed if word in kept}


def _told_on(typed: list[str]) -> Iterator[str]:
    yield from (row[:120] for row in _rows(TOLD_ON) if _has(row, typed))
