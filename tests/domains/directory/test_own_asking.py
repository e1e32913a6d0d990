"""Making sure by mail: who is asked and when, what the link opens and to whom, what it does and what it never does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory import operations, rules
from kilauta.domains.directory.models import Channel, Organisation, Place, Proposal, Verification
from kilauta.domains.directory.ports.jobs import JOBS, ask
from kilauta.domains.directory.ports.reminders import STILL_WANTED
from kilauta.kit.access.models import Grant
from kilauta.kit.access.operations import end
from kilauta.kit.audit.models import Change
from kilauta.kit.outbox.models import Message
from tests import factories
from tests.cast import NOW, Visitor
from tests.domains.directory.keeping import Helper, by, helper
from tests.domains.directory.owning import KAINUU, editor, hold_lists, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

LONG_AGO = NOW - timedelta(days=80)  # hours of 90 days are due in ten
HERE = {"HTTP_ORIGIN": f"http://{KAINUU}"}


@pytest.fixture
def held(db: None) -> Helper:
    hold_lists()
    made = helper()
    Organisation.objects.filter(pk=made.giver.pk).update(email="tuki@kyla.example")
    made.giver.refresh_from_db()
    operations.set_hours(
        made.line, [{"weekdays": "12345", "opens": "09:00", "closes": "16:00", "state": "open"}], **by()
    )
    operations.verify(made.line, ["hours"], **by("Bengt", now=LONG_AGO))
    factories.shown()
    return made


def links(message: Message) -> list[str]:
    return [urlsplit(link).path for link in re.findall(r"https?://\S+", message.body)]


def asked_link(held: Helper) -> str:
    ask(NOW)
    return links(Message.objects.get())[0]


def press(link: str, **sent: str) -> Any:
    visitor = Client(SERVER_NAME=KAINUU)
    seen = visitor.get(link).content.decode().split('name="seen" value="')[1].split('"')[0]
    return visitor.post(link, {"seen": seen, **sent}, **HERE)


# ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_organisation_is_asked_once_with_the_facts_in_the_mail(held: Helper) -> None:
    ask(NOW)
    message = Message.objects.get()
    assert (message.address, message.lang, message.secret) == ("tuki@kyla.example", "fi", True)
    assert "9–16" in message.body
    assert len(links(message)) == 1
    ask(NOW)
    ask(NOW + timedelta(days=1))
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("days", "asked"), [(75, 0), (76, 1), (90, 1), (200, 1)])
def test_who_is_asked_when_it_is_due_in_two_weeks(held: Helper, days: int, asked: int) -> None:
    Verification.objects.all().delete()
    operations.verify(held.line, ["hours"], **by("Bengt", now=NOW - timedelta(days=days)))
    ask(NOW)
    assert Message.objects.count() == asked


def test_editors_are_asked_before_the_organisations_own_address_in_their_language(held: Helper) -> None:
    bengt = editor("Bengt", held.giver)
    type(bengt).objects.filter(pk=bengt.pk).update(lang="sv")
    editor("Aino", held.giver)
    ask(NOW)
    rows = Message.objects.order_by("address").values_list("address", "lang")
    assert list(rows) == [("aino@kirjasto.example", "fi"), ("bengt@kirjasto.example", "sv")]
    assert all("/sv/vahvista/" in link for link in links(Message.objects.get(lang="sv")))


def test_who_edits_for_several_gets_one_mail_with_a_link_for_each(held: Helper) -> None:
    other = helper("b")
    operations.verify(other.place, ["hours"], **by("Bengt", now=LONG_AGO))
    editor("Aino", held.giver, other.giver)
    ask(NOW)
    found = links(Message.objects.get())
    tokens = [link.rstrip("/").rpartition("/")[2] for link in found]
    assert [rules.opened(token, now=NOW).organisation for token in tokens] == [held.giver, other.giver]


def test_who_cannot_be_reached_is_not_held_to_have_been_asked(held: Helper) -> None:
    Organisation.objects.update(email="")
    ask(NOW)
    assert Message.objects.count() == 0
    assert Verification.objects.filter(asked_at__isnull=False).count() == 0


def test_a_mail_that_waits_is_taken_back_when_somebody_has_made_sure_meanwhile(held: Helper) -> None:
    ask(NOW)
    matter, _colon, key = Message.objects.get().about.partition(":")
    assert STILL_WANTED[matter](key, NOW)
    operations.verify(held.line, ["hours"], **by("Bengt"))
    assert not STILL_WANTED[matter](key, NOW)


def test_asking_is_a_daily_job() -> None:
    assert ("directory.ask", None) in [(job.name, job.every) for job in JOBS]


def test_the_link_begins_with_the_address_of_the_network(held: Helper) -> None:
    ask(NOW)
    assert settings.ADDRESS in Message.objects.get().body
    Verification.objects.update(asked_at=None)
    type(held.network).objects.filter(pk="kainuu").update(host="kainuu.example")
    Message.objects.all().delete()
    ask(NOW)
    assert "http://kainuu.example/vahvista/" in Message.objects.get().body


# ── The link ────────────────────────────────────────────────────────────────────────────────────────────


def test_opening_the_link_shows_the_facts_and_does_nothing(held: Helper) -> None:
    link = asked_link(held)
    answer = Visitor().get(link)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "9–16" in page
    assert not answer.cookies
    assert "noindex" in page
    assert Verification.objects.count() == 1


def test_from_the_mail_two_presses_say_that_everything_is_right(held: Helper) -> None:
    answer = press(asked_link(held), right="kaikki")
    assert answer.status_code == 302
    thanks = Visitor().get(answer.url)
    assert (thanks.status_code, bool(thanks.cookies)) == (200, False)
    rows = Verification.objects.filter(channel=held.line, group="hours").order_by("verified_on")
    assert [(row.verified_on, row.method) for row in rows] == [
        (LONG_AGO.date(), "owner"),
        (NOW.date(), "owner"),
    ]
    assert Verification.objects.filter(verified_on=NOW.date()).count() == 9
    change = Change.objects.filter(verb="verified").order_by("-pk").first()
    assert (change.actor, bool(change.note)) == (None, True)


def test_a_link_to_a_person_says_who_it_was(held: Helper) -> None:
    aino = editor("Aino", held.giver)
    press(asked_link(held), right="hours")
    assert Change.objects.filter(verb="verified").order_by("-pk").first().actor == aino


def test_a_press_from_another_site_says_nothing(held: Helper) -> None:
    link = asked_link(held)
    seen = Visitor().get(link).content.decode().split('name="seen" value="')[1].split('"')[0]
    for origin in ({"HTTP_ORIGIN": "https://other.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {}):
        answer = Client(SERVER_NAME=KAINUU).post(link, {"seen": seen, "right": "kaikki"}, **origin)
        assert answer.status_code == 403
    assert Verification.objects.count() == 1


def test_the_link_corrects_the_entries_of_its_organisation_without_an_account(held: Helper) -> None:
    link = asked_link(held)
    visitor = Client(SERVER_NAME=KAINUU)
    page = visitor.get(link).content.decode()
    address = re.search(rf'href="({re.escape(link)}tapa/{held.line.pk}/aukiolo/)"', page)[1]
    sent = typed(visitor.get(address), w0_4_0_closes="15")
    answer = visitor.post(address, {"do": "save", **sent}, **HERE)
    assert (answer.status_code, bool(answer.cookies)) == (302, False)
    proposal = Proposal.objects.get()
    assert (proposal.by, proposal.contact, proposal.organisation) == (None, "tuki@kyla.example", held.giver)
    assert set(proposal.values) == {"hours"}
    assert Visitor().get(answer.url).status_code == 200


def test_a_trusted_organisations_correction_by_link_is_public_at_once(held: Helper) -> None:
    operations.set_trusted(held.giver, trusted=True, **by("Bengt"))
    link = f"{asked_link(held)}tapa/{held.line.pk}/"
    visitor = Client(SERVER_NAME=KAINUU)
    visitor.post(link, {"do": "save", **typed(visitor.get(link), phone="050 555 0666")}, **HERE)
    assert Channel.objects.get(pk=held.line.pk).phone == "050 555 0666"


def test_every_editor_behind_the_link_is_there_and_sets_no_cookie(held: Helper) -> None:
    link = asked_link(held)
    for path in (f"organisaatio/{held.giver.pk}/", f"palvelu/{held.service.pk}/", f"tapa/{held.line.pk}/", f"paikka/{held.place.pk}/",
                 f"paikka/{held.place.pk}/aukiolo/", f"paikka/{held.place.pk}/poikkeukset/", f"paikka/{held.place.pk}/pyhat/"):  # fmt: skip
        answer = Visitor().get(f"{link}{path}")
        assert (answer.status_code, bool(answer.cookies)) == (200, False), path
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_planning_is_not_behind_the_link(held: Helper) -> None:
    link = asked_link(held)
    assert 'name="resources"' not in Visitor().get(f"{link}palvelu/{held.service.pk}/").content.decode()
    assert Visitor().get(f"{link}suunnittelu/").status_code == 404


def test_the_link_opens_nobody_elses_entry(held: Helper) -> None:
    link, other = asked_link(held), helper("b")
    before = Change.objects.count()
    for path in (f"organisaatio/{other.giver.pk}/", f"palvelu/{other.service.pk}/", f"tapa/{other.line.pk}/", f"paikka/{other.place.pk}/",
                 f"paikka/{other.place.pk}/aukiolo/", f"tapa/{other.line.pk}/pyhat/"):  # fmt: skip
        assert Visitor().get(f"{link}{path}").status_code == 404
        assert Client(SERVER_NAME=KAINUU).post(f"{link}{path}", {"do": "save"}, **HERE).status_code == 404
    assert Change.objects.count() == before


def dead(link: str, now: Any = NOW) -> bool:
    with time_machine.travel(now, tick=False):
        answer = Visitor().get(link)
        post = Client(SERVER_NAME=KAINUU).post(link, {"right": "kaikki"}, **HERE)
    return (answer.status_code, post.status_code) == (404, 404) and "tel:" in answer.content.decode()


def test_a_link_dies_after_sixty_days_and_not_before(held: Helper) -> None:
    link = asked_link(held)
    assert not dead(link, NOW + rules.LINK_LIVES)
    assert dead(link, NOW + rules.LINK_LIVES + timedelta(days=1))


def test_a_forged_or_broken_link_is_dead(held: Helper) -> None:
    link, other = asked_link(held), helper("b")
    token = link.rstrip("/").rpartition("/")[2]
    forged = token.replace(held.giver.pk.hex, other.giver.pk.hex)
    for wrong in (token[:-1], token.upper(), forged, "x", "a.b", f"{token}x"):
        assert dead(reverse("directory:link", args=[wrong]))


def test_a_link_dies_with_the_address_or_the_role_it_was_sent_to(held: Helper) -> None:
    own = asked_link(held)
    Organisation.objects.filter(pk=held.giver.pk).update(email="toinen@kyla.example")
    assert dead(own)
    aino = editor("Aino", held.giver)
    link = reverse("directory:link", args=[rules.link_token(held.giver, aino, now=NOW)])
    assert not dead(link)
    end(Grant.objects.get(person=aino), actor=aino, now=NOW)
    assert dead(link)


def test_a_link_of_one_who_has_been_shut_out_is_dead(held: Helper) -> None:
    aino = editor("Aino", held.giver)
    token = rules.link_token(held.giver, aino, now=NOW)
    type(aino).objects.filter(pk=aino.pk).update(is_active=False)
    assert rules.opened(token, now=NOW) is None


def test_the_address_of_the_organisation_cannot_be_read_from_the_link(held: Helper) -> None:
    token = rules.link_token(held.giver, None, now=NOW)
    assert "kyla" not in token
    assert Place.objects.filter(host=held.giver).count() == 1
