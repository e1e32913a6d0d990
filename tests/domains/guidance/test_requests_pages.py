"""The pages of requests: one question each, without a script; taken with one tap; seen by whom they concern."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kilauta.domains.guidance.models import GuidanceSession, HelpRequest
from kilauta.domains.guidance.operations import requests as operations
from kilauta.domains.guidance.queries import links
from kilauta.kit.privacy.access_log import accesses_to
from tests.cast import KAINUU, NOW, Visitor, tells_number
from tests.domains.guidance.asking import OURS, body, client_of, coordinator, helper, offer_of, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

LENTIIRA = "geonames-postal-88930"
ANSWERS = (
    {"about": "kela"},
    {"town": "290"},
    {"whose": "other"},
    {"way": "phone"},
    {"when": "morning"},
    {"contact": "050 555 0132", "only_by": "call"},
)


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def typed(page):
    """Return what a browser would send of the form, without its buttons."""
    form = read(page).select_one("main form.form")
    found = {}
    for each in form.select("input[name], select[name]"):
        if each.name == "select":
            chosen = each.select_one("option[selected]")
            found[each["name"]] = chosen["value"] if chosen else ""
        elif each.get("type") != "radio" or each.has_attr("checked"):
            found[each["name"]] = each.get("value", "")
    return found


def question(page):
    return read(page).select_one("main legend, main form label").get_text(" ", strip=True)


def walk(client, answers=ANSWERS, *, path="/tukipyynto/"):
    """Answer one question after the other; return the page on which all is read back."""
    page = client.get(path)
    for said in answers:
        page = client.post(path, {**typed(page), **said, "do": "next"}, **OURS)
        assert page.status_code == 200
    return page


def test_a_resident_asks_in_six_questions_reads_them_back_and_gets_a_number_and_a_link():
    client = Visitor()
    page = client.get("/tukipyynto/")
    assert [each["value"] for each in read(page).select("input[name=about]")][:3] == [
        "puhelin",
        "tietokone",
        "pankki",
    ]
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client)
    rows = {
        row.dt.get_text(strip=True): row.dd.get_text(strip=True)
        for row in read(page).select(".read-back > div")
    }
    assert len(rows) == 6
    assert "Kuhmo" in rows.values()
    assert any("050 555 0132" in said for said in rows.values())
    sent = {**typed(page), "do": "next"}
    done = client.post("/tukipyynto/", sent, **OURS)
    assert done.status_code == 302
    made = HelpRequest.objects.get(contact="050 555 0132", group="kela", municipality="290", whose="other")
    assert (made.mode, made.wanted, made.only_by, made.lang, made.made_by) == (
        "phone",
        "morning",
        "call",
        "fi",
        "resident",
    )
    assert done["Location"] == reverse("guidance:asked", args=[links.token(links.REQUEST, made.pk)])
    # sent again, by a double tap or from the page before: the same request
    assert client.post("/tukipyynto/", sent, **OURS)["Location"] == done["Location"]
    assert HelpRequest.objects.filter(contact="050 555 0132", group="kela").count() == 1
    shown = Visitor().get(done["Location"])
    assert f"{made.number[:2]}\u00a0{made.number[2:4]}" in read(shown).get_text()
    assert "050 555 0132" not in shown.content.decode()
    assert shown.cookies == {}


def test_a_page_asks_again_what_is_missing_and_keeps_the_rest():
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client, ANSWERS[:1])
    again = client.post("/tukipyynto/", {**typed(page), "do": "next"}, **OURS)
    assert read(again).select_one("title").get_text().startswith("Virhe")
    assert read(again).select_one("input[name=about][type=hidden]")["value"] == "kela"
    assert read(again).select_one(".errors")


def test_one_may_go_back_and_change_an_answer_from_where_all_is_read_back():
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client)
    back = client.post("/tukipyynto/", {**typed(page), "do": "to-whose"}, **OURS)
    assert read(back).select_one("input[name=whose][checked]")["value"] == "other"
    page = client.post("/tukipyynto/", {**typed(back), "whose": "me", "do": "next"}, **OURS)
    assert len(read(page).select(".read-back > div")) == 6
    client.post("/tukipyynto/", {**typed(page), "do": "next"}, **OURS)
    assert HelpRequest.objects.get(contact="050 555 0132", group="kela", municipality="290").whose == "me"


def test_a_wrong_contact_left_behind_is_dropped_and_asked_anew():
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client, ANSWERS[:5])
    back = client.post("/tukipyynto/", {**typed(page), "contact": "x", "do": "to-when"}, **OURS)
    assert not read(back).select_one("title").get_text().startswith("Virhe")
    page = client.post("/tukipyynto/", {**typed(back), "do": "next"}, **OURS)
    assert read(page).select_one("input[name=contact]:not([type=hidden])").get("value", "") == ""


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"contact": "aino@posti.example", "only_by": "call"}, True),
        ({"contact": "050 555 0132", "only_by": "mail"}, True),
        ({"contact": "aino@posti.example", "only_by": "mail"}, False),
    ],
)
def test_a_way_that_does_not_fit_the_contact_is_asked_again(said, wrong):
    page = walk(Client(SERVER_NAME=KAINUU), (*ANSWERS[:5], said))
    assert bool(read(page).select_one(".errors")) is wrong


def test_the_answer_of_the_finder_is_not_asked_again():
    page = Visitor().get("/tukipyynto/?asia=b-kela&paikka=290-kuhmo")
    assert read(page).select_one("input[name=whose][type=radio]")
    assert read(page).select_one("input[name=about][type=hidden]")["value"] == "b-kela"
    page = walk(
        Client(SERVER_NAME=KAINUU), ANSWERS[2:], path="/tukipyynto/?asia=b-kela&paikka=geonames-656949"
    )
    assert len(read(page).select(".read-back > div")) == 6
    nonsense = Visitor().get("/tukipyynto/?asia=zzz&paikka=zzz&tapa=zzz")
    assert read(nonsense).select_one("input[name=about][type=radio]")


def test_about_a_bank_one_is_told_whom_to_ring_and_may_ask_all_the_same():
    page = walk(Client(SERVER_NAME=KAINUU), ({"about": "pankki"},))
    assert read(page).select_one(".notice-warn")
    assert read(page).select_one("input[name=town]")


def test_a_desk_asks_for_a_caller_on_one_page():
    client = Client(SERVER_NAME=KAINUU)
    page = client.get("/tukipyynto/soittajalle/?asia=puhelin&paikka=205-kajaani")
    done = client.post("/tukipyynto/soittajalle/", {**typed(page), "contact": "050 555 0133"}, **OURS)
    made = HelpRequest.objects.get(contact="050 555 0133")
    assert (made.made_by, made.group_id, made.municipality_id, made.mode) == (
        "desk",
        "puhelin",
        "205",
        "phone",
    )
    assert Client(SERVER_NAME=KAINUU).get(done["Location"]).status_code == 200


def test_a_village_names_its_municipality_and_no_other():
    said = ({"about": "kela"}, {"village": LENTIIRA})
    page = walk(Client(SERVER_NAME=KAINUU), said)
    assert read(page).select_one("input[name=town][type=hidden]")["value"] == "290"
    page = walk(Client(SERVER_NAME=KAINUU), (said[0], {**said[1], "town": "205"}))
    assert read(page).select_one(".errors")


@pytest.mark.parametrize(
    ("place", "village"), [(LENTIIRA, LENTIIRA), ("geonames-656949", ""), ("290-kuhmo", "")]
)
def test_the_place_of_the_finder_is_a_village_or_a_municipality(place, village):
    page = Visitor().get(f"/tukipyynto/?asia=kela&paikka={place}")
    assert read(page).select_one("input[name=village][type=hidden]").get("value", "") == village
    page = Client(SERVER_NAME=KAINUU).post(
        "/tukipyynto/", {**typed(page), "whose": "me", "do": "next"}, **OURS
    )
    assert read(page).select_one("input[name=way][type=radio]")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_it_is_asked_in_the_other_languages_too(lang):
    page = walk(Client(SERVER_NAME=KAINUU), path=f"/{lang}/tukipyynto/")
    assert read(page).html["lang"] == lang
    assert len(read(page).select(".read-back > div")) == 6


def test_a_form_from_elsewhere_makes_nothing():
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client)
    before = HelpRequest.objects.count()
    refused = client.post("/tukipyynto/", {**typed(page), "do": "next"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert (refused.status_code, HelpRequest.objects.count()) == (403, before)


def test_nothing_that_is_typed_stands_in_an_address():
    client = Client(SERVER_NAME=KAINUU)
    page = walk(client)
    done = client.post("/tukipyynto/", {**typed(page), "do": "next"}, **OURS)
    # a key and its signature, and nothing else
    assert re.fullmatch(r"/tukipyynto/oma/[0-9a-f]{32}\.[\w-]{43}/", done["Location"])
    assert "no-referrer" in page["Referrer-Policy"] or "same-origin" in page["Referrer-Policy"]


# The link


def test_whoever_has_the_link_sees_how_it_stands_and_takes_it_back():
    made = request(mode="booked-visit")
    at = reverse("guidance:asked", args=[links.token(links.REQUEST, made.pk)])
    client = Client(SERVER_NAME=KAINUU)
    page = client.get(at)
    answer = client.post(at, typed(page), **OURS)
    assert (answer.status_code, answer["Location"]) == (302, at)
    assert HelpRequest.objects.get(pk=made.pk).reason == "withdrawn"
    assert not read(client.get(at)).select_one("main form.form")


def test_a_link_that_is_not_ours_or_over_opens_nothing():
    made = request()
    client = Client(SERVER_NAME=KAINUU)
    for token in (
        made.pk.hex,
        links.token(links.PERSON, made.pk),
        links.token(links.REQUEST, body().pk),
        "x",
    ):
        assert client.get(reverse("guidance:asked", args=[token])).status_code == 404
    operations.withdraw(made, actor=None, now=NOW)
    at = reverse("guidance:asked", args=[links.token(links.REQUEST, made.pk)])
    assert client.get(at).status_code == 200
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        assert client.get(at).status_code == 404


# The workspace


def test_a_supporter_takes_with_one_tap_sees_the_contact_and_closes_with_one_more():
    pia = helper("pia")
    client, made = client_of(pia), request(mode="booked-visit", only_by="call")
    page = client.get("/tyopoyta/pyynnot/")
    assert "050" not in read(page).select_one("main").get_text()
    assert made.contact not in client.get(reverse("guidance:request", args=[made.pk])).content.decode()
    assert accesses_to(made).count() == 0
    answer = client.post(reverse("guidance:take", args=[made.pk]))
    assert answer["Location"] == reverse("guidance:request", args=[made.pk])
    page = client.get(answer["Location"])
    assert read(page).select_one(".phone-big")["href"] == "tel:+358505550132"
    assert read(page).select_one(".only-by")
    assert [(each.actor, each.what) for each in accesses_to(made)] == [(pia, "seen")]
    done = client.post(answer["Location"], {"do": "close", "reason": "helped"})
    session = GuidanceSession.objects.get(key=made.pk)
    assert done["Location"] == reverse("guidance:session", args=[session.pk])
    assert not tells_number(client.get(answer["Location"]).content.decode(), "0132")


def test_who_comes_second_is_told_kindly_and_a_stranger_nothing():
    pia, rasmus, far = helper("pia"), helper("rasmus"), helper("sirpa", body("kuhmo-kirjasto"))
    made = request(mode="booked-visit")
    client_of(pia).post(reverse("guidance:take", args=[made.pk]))
    second = client_of(rasmus)
    answer = second.post(reverse("guidance:take", args=[made.pk]))
    assert answer["Location"] == "/tyopoyta/pyynnot/"
    assert read(second.get("/tyopoyta/pyynnot/")).select_one(".notice")
    assert second.get(reverse("guidance:request", args=[made.pk])).status_code == 404
    assert client_of(far).post(reverse("guidance:take", args=[made.pk])).status_code == 404


def test_it_is_given_back_and_passed_on_by_buttons():
    pia, rasmus = helper("pia"), helper("rasmus", modes=["booked-visit"])
    client, made = client_of(pia), request(mode="booked-visit")
    at = reverse("guidance:request", args=[made.pk])
    client.post(reverse("guidance:take", args=[made.pk]))
    client.post(at, {"do": "back"})
    assert HelpRequest.objects.get(pk=made.pk).state == "waiting"
    client.post(reverse("guidance:take", args=[made.pk]))
    assert client.post(at, {"do": "pass", "whom": "person:x:y"}).status_code == 200
    client.post(at, {"do": "pass", "whom": f"person:{rasmus.pk}:{body().pk}"})
    assert offer_of(rasmus, made).is_directed
    assert client.get(at).status_code == 404


def test_who_rings_with_a_number_is_told_how_it_stands_without_the_contact():
    client, made = client_of(helper("pia", body("kuhmo-kirjasto"))), request(mode="booked-visit")
    page = client.get("/tyopoyta/pyynnot/numero/")
    spoken = f"{made.number[:4]} {made.number[4:]}"
    found = client.post("/tyopoyta/pyynnot/numero/", {**typed(page), "number": spoken})
    assert read(found).select_one("main h2").get_text().startswith(made.number[:2])
    assert not tells_number(found.content.decode(), "0132")
    client.post("/tyopoyta/pyynnot/numero/", {**typed(page), "number": made.number, "do": "withdraw"})
    assert HelpRequest.objects.get(pk=made.pk).reason == "withdrawn"
    missing = client.post("/tyopoyta/pyynnot/numero/", {**typed(page), "number": "123"})
    assert read(missing).select_one(".errors")


def test_the_office_sees_what_is_late_and_gives_it_to_somebody_without_seeing_the_contact():
    carl, pia = coordinator("carl"), helper("pia", modes=["phone"])
    made = request(now=NOW - timedelta(days=2))
    client = client_of(carl)
    page = client.get("/koordinointi/pyynnot/")
    assert made.number[:2] in read(page).select_one("main .lines").get_text()
    at = reverse("guidance:office-request", args=[made.pk])
    assert not tells_number(client.get(at).content.decode(), "0132")
    client.post(at, {"whom": f"person:{pia.pk}:{body().pk}"})
    assert offer_of(pia, made).is_directed
    client.post("/koordinointi/pyynnot/", {"working_days": "2"})
    assert 'value="2"' in client.get("/koordinointi/pyynnot/").content.decode()
    assert (
        client.get(reverse("guidance:office-request", args=[request(network="kaakko").pk])).status_code == 404
    )


def test_both_rooms_say_what_waits():
    carl, pia = coordinator("carl"), helper("pia")
    made = request(mode="booked-visit", now=NOW - timedelta(days=2))
    assert "/tyopoyta/pyynnot/" in client_of(pia).get("/tyopoyta/").content.decode()
    assert "/koordinointi/pyynnot/" in client_of(carl).get("/koordinointi/").content.decode()
    assert made.state == "waiting"
