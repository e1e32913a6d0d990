"""Somebody is led on to another provider: with consent, answered by a link without an account, seen by both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.models import HelpRequest, Referral
from kilauta.domains.guidance.operations import referrals as operations
from kilauta.domains.guidance.operations import requests
from kilauta.domains.guidance.ports import jobs
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries import referrals as queries
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import KAINUU, NOW, Visitor, tells_number
from tests.domains.guidance.asking import OURS, asked, body, client_of, helper, offer_of, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DAY = timedelta(days=1)
LINKS = operations.Links(
    lambda thing: f"https://digituki.example/ohjaus/{thing.pk}/",
    lambda thing: f"https://digituki.example/ohjaus/oma/{thing.pk}/",
)


def sent(actor, *, now=NOW, to="sotkamo-kirjasto", consent="Saako kertoa?", is_slip=False, **more):
    return operations.refer(
        asked(**more),
        network="kainuu",
        receiver=body(to),
        sent_by=body(),
        consent=consent,
        is_slip=is_slip,
        links=LINKS,
        actor=actor,
        now=now,
    )


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def at(referral, kind=links.RECEIVER):
    name = {"receiver": "guidance:referral-link", "person": "guidance:referral-state"}[kind]
    return reverse(name, args=[links.token(kind, referral.pk)])


def pressed(referral, do, *, key="k" * 32, **more):
    said = {"do": do, "form-key": key, **more}
    return Client(SERVER_NAME=KAINUU).post(at(referral), said, **OURS)


# The deed


def test_the_receiver_is_written_to_without_a_word_of_who_and_the_person_gets_a_link_of_their_own():
    referral = sent(helper("pia"), contact="aino@posti.example", lang="sv")
    to_receiver = Message.objects.get(about=f"guidance.referral:{referral.pk}", kind="guidance/referral")
    assert (to_receiver.address, to_receiver.secret) == (body("sotkamo-kirjasto").email, True)
    assert f"/ohjaus/{referral.pk}/" in to_receiver.body
    assert "aino" not in to_receiver.body + to_receiver.subject
    assert "2.12.2026" in to_receiver.body
    to_person = Message.objects.get(about=f"guidance.referral:{referral.pk}", kind="guidance/referred")
    assert (to_person.address, to_person.lang) == ("aino@posti.example", "sv")
    assert f"/ohjaus/oma/{referral.pk}/" in to_person.body
    assert (referral.state, referral.expires_at, referral.consent) == ("sent", NOW + 8 * DAY, "Saako kertoa?")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"consent": ""}, "no-consent"),
        ({"contact": ""}, "no-contact"),
        ({"to": "kajaani-kirjasto"}, "same"),
        ({"contact": "131052-308T"}, "identity-number"),
    ],
)
def test_without_consent_or_contact_nobody_is_led_on(more, code):
    before = Referral.objects.count()
    with pytest.raises(Refused) as refused:
        sent(helper("pia"), **more)
    assert (refused.value.code, Referral.objects.count()) == (code, before)


def test_who_has_no_address_gets_a_slip_and_nothing_is_written_to_anybody():
    Organisation.objects.filter(pk=body("sotkamo-kirjasto").pk).update(email="")
    pia = helper("pia")
    with pytest.raises(Refused) as refused:
        sent(pia)
    assert refused.value.code == "no-address"
    slip = sent(pia, is_slip=True)
    assert (slip.contact, Message.objects.filter(about=f"guidance.referral:{slip.pk}").count()) == ("", 0)


def test_a_receiver_accepts_and_then_says_that_it_is_done():
    referral = sent(helper("pia"))
    held = operations.accept(referral, now=NOW + DAY)
    assert (held.state, held.answered_at, held.expires_at) == ("accepted", NOW + DAY, NOW + 31 * DAY)
    assert operations.accept(referral, now=NOW + 2 * DAY).answered_at == NOW + DAY
    held = operations.finish(referral, actor=None, now=NOW + 20 * DAY)
    assert (held.state, held.answered_at, held.closed_at) == ("done", NOW + DAY, NOW + 20 * DAY)


def test_a_receiver_declines_with_a_reason():
    referral = sent(helper("pia"))
    with pytest.raises(Refused) as refused:
        operations.decline(referral, reason="", now=NOW)
    assert refused.value.code == "no-reason"
    held = operations.decline(referral, reason="too-far", now=NOW)
    assert (held.state, held.decline, held.closed_at) == ("declined", "too-far", NOW)
    with pytest.raises(Refused) as refused:
        operations.accept(referral, now=NOW)
    assert refused.value.code == "over"


def test_after_eight_days_the_link_does_nothing():
    referral = sent(helper("pia"))
    operations.accept(sent(helper("pia")), now=NOW + 8 * DAY - timedelta(seconds=1))
    for act in (
        lambda: operations.accept(referral, now=NOW + 8 * DAY),
        lambda: operations.finish(referral, actor=None, now=NOW + 8 * DAY),
        lambda: operations.decline(referral, reason="other", now=NOW + 8 * DAY),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "over"


def test_a_silent_receiver_is_reminded_once_and_then_it_ends():
    referral = sent(helper("pia"))
    mails = Message.objects.filter(about=f"guidance.referral:{referral.pk}", kind="guidance/referral_again")
    for days, number in ((3, 0), (4, 1), (5, 1), (7, 1)):
        jobs.remind(NOW + days * DAY)
        assert mails.count() == number
    assert links.token(links.RECEIVER, referral.pk) in mails.get().body
    jobs.end(NOW + 8 * DAY)
    held = Referral.objects.get(pk=referral.pk)
    assert (held.state, held.closed_at) == ("lapsed", NOW + 8 * DAY)


def test_who_has_answered_or_holds_a_slip_is_not_reminded():
    pia = helper("pia")
    operations.accept(sent(pia), now=NOW)
    sent(pia, is_slip=True)
    before = Message.objects.filter(kind="guidance/referral_again").count()
    jobs.remind(NOW + 5 * DAY)
    assert Message.objects.filter(kind="guidance/referral_again").count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"consent": ""}, {"state": "done"}, {"state": "declined"}, {"decline": "other"}, {"expires_at": NOW}],
)
def test_the_database_holds_what_a_referral_is(wrong):
    referral = sent(helper("pia"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**wrong)


def test_figures_tell_how_many_found_help_through_another_provider():
    pia, days = helper("pia"), {"first": NOW.date(), "last": NOW.date()}
    ours, theirs = [body().pk], [body("sotkamo-kirjasto").pk]
    before = queries.flow(**days, organisations=ours), queries.flow(**days, organisations=theirs)
    operations.accept(sent(pia), now=NOW)
    operations.finish(sent(pia), actor=None, now=NOW)
    operations.decline(sent(pia), reason="other", now=NOW)
    sent(pia, is_slip=True)
    sent(pia, now=NOW - DAY)
    of_us, of_them = queries.flow(**days, organisations=ours), queries.flow(**days, organisations=theirs)
    assert (of_us.sent - before[0].sent, of_us.sent_accepted - before[0].sent_accepted) == (4, 2)
    assert (
        of_them.received - before[1].received,
        of_them.received_accepted - before[1].received_accepted,
    ) == (4, 2)
    network = queries.flow(first=date(2026, 11, 1), last=date(2026, 11, 30), network="kainuu")
    assert network.sent == network.received >= 5
    assert queries.flow(first=date(2025, 1, 1), last=date(2025, 1, 31), network="kainuu") == queries.Flow(
        0, 0, 0, 0
    )


def test_the_contact_goes_thirty_days_after_the_end_and_the_figures_stay():
    referral = sent(helper("pia"))
    operations.finish(referral, actor=None, now=NOW)
    days = {"first": NOW.date(), "last": NOW.date(), "network": "kainuu"}
    figures = queries.flow(**days)
    for after, contact in ((29, "050 555 0132"), (31, ""), (91, ""), (400, "")):
        retention.run_retention(now=NOW + after * DAY)
        assert Referral.objects.get(pk=referral.pk).contact == contact
        assert queries.flow(**days) == figures


# The pages


def test_a_supporter_leads_on_whose_request_they_have_and_nothing_is_asked_twice():
    pia = helper("pia")
    made = request(mode="booked-visit", only_by="call")
    requests.take(offer_of(pia, made), actor=pia, now=NOW)
    client = client_of(pia)
    page = client.get(reverse("guidance:refer-request", args=[made.pk]))
    form = read(page).select_one("main form.form")
    assert form.select_one("[name=contact]")["value"] == "050 555 0132"
    assert form.select_one("[name=only_by][checked]")["value"] == "call"
    said = {each["name"]: each["value"] for each in form.select("input[type=hidden], input[checked]")}
    said |= {"contact": "050 555 0132", "village": "", "receiver": str(body("sotkamo-kirjasto").pk)}
    refused = client.post(reverse("guidance:refer-request", args=[made.pk]), said)
    assert read(refused).select_one(".errors")
    done = client.post(reverse("guidance:refer-request", args=[made.pk]), {**said, "consent": "on"})
    referral = Referral.objects.get(request=made)
    assert done["Location"] == reverse("guidance:referral", args=[referral.pk])
    assert (referral.sender, referral.sent_by, referral.contact, referral.only_by) == (
        pia,
        body(),
        made.contact,
        "call",
    )
    assert "Sotkamo" in referral.consent
    assert referral.number[:2] in read(client.get("/tyopoyta/ohjaukset/")).select_one("main").get_text()
    assert not tells_number(client.get(done["Location"]).content.decode(), "0132")
    # the request stays theirs until they close it: if the other one cannot help, they still can
    page = client.get(reverse("guidance:request", args=[made.pk]))
    assert read(page).select_one(f"main a[href='{done['Location']}']")


def test_looking_at_the_link_changes_nothing_and_shows_the_contact_only_after_a_yes():
    referral = sent(helper("pia"), only_by="call")
    page = Visitor().get(at(referral))
    assert (page.status_code, page.cookies, tells_number(page.content.decode(), "0132")) == (200, {}, False)
    answer = pressed(referral, "accept")
    assert (answer.status_code, answer["Location"]) == (302, at(referral))
    assert pressed(referral, "accept")["Location"] == at(referral)
    page = read(Visitor().get(at(referral)))
    assert page.select_one(".phone-big")["href"] == "tel:+358505550132"
    assert page.select_one(".only-by")
    pressed(referral, "done", key="d" * 32)
    page = Visitor().get(at(referral))
    assert not tells_number(page.content.decode(), "0132")
    assert Referral.objects.get(pk=referral.pk).state == "done"


def test_a_no_wants_a_reason():
    referral = sent(helper("pia"))
    assert read(pressed(referral, "decline", reason="")).select_one(".errors")
    pressed(referral, "decline", key="r" * 32, reason="no-time")
    assert Referral.objects.get(pk=referral.pk).decline == "no-time"


def test_an_old_link_says_so_and_a_false_one_opens_nothing():
    referral = sent(helper("pia"))
    with time_machine.travel(NOW + 8 * DAY, tick=False):
        assert Client(SERVER_NAME=KAINUU).get(at(referral)).status_code == 410
        assert pressed(referral, "accept").status_code == 410
    assert Referral.objects.get(pk=referral.pk).state == "sent"
    false = reverse("guidance:referral-link", args=[links.token(links.PERSON, referral.pk)])
    assert Client(SERVER_NAME=KAINUU).get(false).status_code == 404


def test_the_person_sees_how_it_stands_and_no_contact():
    referral = sent(helper("pia"))
    page = Visitor().get(at(referral, links.PERSON))
    assert (page.status_code, tells_number(page.content.decode(), "0132")) == (200, False)
    operations.finish(referral, actor=None, now=NOW)
    with time_machine.travel(NOW + 31 * DAY, tick=False):
        assert Client(SERVER_NAME=KAINUU).get(at(referral, links.PERSON)).status_code == 404


def test_a_slip_has_a_number_and_a_code_that_the_receiver_uses():
    pia = helper("pia")
    slip = sent(pia, is_slip=True)
    page = client_of(pia).get(reverse("guidance:referral-slip", args=[slip.pk]))
    assert read(page).select_one(".slip svg[role=img]")
    assert f"{slip.number[:2]}\u00a0{slip.number[2:4]}" in read(page).get_text()
    pressed(slip, "done")
    assert Referral.objects.get(pk=slip.pk).state == "done"


def test_another_organisations_referral_is_not_there():
    referral, stranger = sent(helper("pia")), helper("sirpa", body("kuhmo-kirjasto"))
    client = client_of(stranger)
    for name in ("referral", "referral-slip"):
        assert client.get(reverse(f"guidance:{name}", args=[referral.pk])).status_code == 404
    assert (
        client_of(helper("rasmus")).get(reverse("guidance:referral", args=[referral.pk])).status_code == 200
    )
    assert HelpRequest.objects.filter(referrals=referral).count() == 0
