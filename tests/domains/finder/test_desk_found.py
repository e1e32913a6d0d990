"""*Löytyikö?*: an answer is counted with what was asked in words of ours, and with nothing about who answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kilauta.domains.finder.choices import MISSED
from kilauta.domains.finder.models import Finding
from kilauta.kit import metrics
from tests.cast import forget_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

OURS = {"sec-fetch-site": "same-origin"}
HOUR = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def told(page: str, answer: str) -> dict[str, str]:
    """Return what the page's own form would send with an answer."""
    form = page.partition('class="found-form"')[2].partition("</form>")[0]
    assert f'name="vastaus" value="{answer}"' in form
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {**dict(hidden), "vastaus": answer}


def answer(address: str, said: str, **headers: str) -> Client:
    """Open a page, answer its question, and forget what opening it counted."""
    visitor = Client(headers=headers or OURS)
    page = visitor.get(address).content.decode()
    forget_counts()
    visitor.response = visitor.post("/loytyiko/", told(page, said))  # type: ignore[attr-defined]
    return visitor


def written() -> list[dict]:
    metrics.flush()
    return list(Finding.objects.order_by("id").values())


def test_an_answer_about_a_search_is_counted_with_its_words_place_filters_and_number_of_results() -> None:
    visitor = answer("/haku/?q=tulostaminen+kuhmossa&way=visit", "yes")
    (row,) = written()
    assert (row["hour"], row["kind"], row["outcome"], row["times"]) == (HOUR, "outcome", "yes", 1)
    assert (row["network"], row["lang"], row["place"], row["filters"]) == ("kainuu", "fi", "290", "way=visit")
    assert row["results"] != "0"
    assert row["words"] != ""
    assert "kuhmo" not in row["words"]
    response = visitor.response  # type: ignore[attr-defined]
    assert (response.status_code, response.cookies) == (302, {})


def test_an_answer_is_counted_as_the_search_itself_is() -> None:
    """So that searches, and whether they helped, can be laid side by side."""
    address = "/haku/?q=kela+kuhmo&fee=free"
    answer(address, "no")
    Client().get(address)
    outcome, search = sorted(written(), key=lambda row: row["kind"])
    same = ("network", "lang", "need", "words", "filters", "place", "results", "hour")
    assert (outcome["kind"], search["kind"]) == ("outcome", "search")
    assert {name: outcome[name] for name in same} == {name: search[name] for name in same}


def test_an_answer_about_an_answer_is_counted_as_the_answer_itself_is() -> None:
    address = "/sv/kilauta/puhelin/290-kuhmo/?tapa=phone"
    visitor = Client(headers=OURS)
    page = visitor.get(address).content.decode()
    assert 'action="/sv/loytyiko/"' in page
    visitor.post("/sv/loytyiko/", told(page, "no"))
    shown, outcome = sorted(written(), key=lambda row: row["kind"])
    same = ("network", "lang", "need", "filters", "place", "chosen", "results", "hour")
    assert (shown["kind"], outcome["kind"], outcome["outcome"]) == ("answer", "outcome", "no")
    assert {name: shown[name] for name in same} == {name: outcome[name] for name in same}
    assert (outcome["need"], outcome["place"], outcome["filters"]) == ("puhelin", "290", "phone")


def test_an_answer_at_the_desk_is_counted_as_the_desks() -> None:
    answer("/tiski/?q=puhelin&paikka=Kuhmossa&language=fi", "no")
    (row,) = written()
    assert (row["kind"], row["outcome"], row["place"], row["filters"]) == (
        "desk-outcome",
        "no",
        "290",
        "language=fi",
    )
    Client().get("/tiski/?q=puhelin&paikka=Kuhmossa&language=fi")
    assert {each["kind"] for each in written()} == {"desk", "desk-outcome"}


def test_a_desk_that_nobody_has_asked_anything_counts_nothing() -> None:
    Client().get("/tiski/")
    assert written() == []


@pytest.mark.parametrize("reason", MISSED)
def test_a_reason_is_counted_beside_the_no_and_not_as_another_one(reason: str) -> None:
    visitor = answer("/haku/?q=kela", "no")
    page = visitor.get(visitor.response["Location"])  # type: ignore[attr-defined]
    form = page.content.decode().partition('class="found-why"')[2].partition("</form>")[0]
    assert f'name="vastaus" value="{reason}"' in form
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    thanks = visitor.post("/loytyiko/", {**hidden, "vastaus": reason}, follow=True)
    assert 'class="found-why"' not in thanks.content.decode()
    rows = {row["kind"]: (row["outcome"], row["times"], row["words"]) for row in written()}
    assert rows == {"outcome": ("no", 1, "kela"), "missed": (reason, 1, "kela")}


def test_loading_the_page_of_thanks_again_counts_nothing_more() -> None:
    visitor = answer("/haku/?q=kela", "yes")
    for _ in range(3):
        visitor.get(visitor.response["Location"])  # type: ignore[attr-defined]
    assert [row["times"] for row in written()] == [1]


def test_who_found_nothing_is_given_a_number_and_who_found_a_way_back() -> None:
    no = answer("/haku/?q=taxfix", "no")
    page = no.get(no.response["Location"]).content.decode()  # type: ignore[attr-defined]
    main = page.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:+358505550100"' in main
    assert 'href="/haku/?q=taxfix"' in main
    yes = answer("/kilauta/puhelin/290-kuhmo/?tapa=phone", "yes")
    page = yes.get(yes.response["Location"]).content.decode()  # type: ignore[attr-defined]
    assert 'href="/kilauta/puhelin/290-kuhmo/?tapa=phone"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"user-agent": "says nothing of where it is"},
    ],
)
def test_an_answer_from_elsewhere_is_refused_and_not_counted(headers: dict[str, str]) -> None:
    visitor = answer("/haku/?q=kela", "yes", **headers)
    response = visitor.response  # type: ignore[attr-defined]
    assert (response.status_code, written(), response.cookies) == (403, [], {})
    # the page asks once more, with all that was asked for
    assert told(response.content.decode(), "yes") == {"q": "kela", "vastaus": "yes"}


def test_an_answer_without_a_cookie_or_a_token_is_taken_where_those_are_checked() -> None:
    visitor = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    assert visitor.post("/loytyiko/", {"vastaus": "yes", "q": "kela"}).status_code == 302
    assert len(written()) == 1


@pytest.mark.parametrize("said", ["", "maybe", "yes; drop", "YES", "\0"])
def test_an_answer_that_is_none_of_ours_asks_again_and_is_not_counted(said: str) -> None:
    response = Client(headers=OURS).post("/loytyiko/", {"vastaus": said, "q": "kela"})
    assert (response.status_code, written()) == (200, [])
    assert told(response.content.decode(), "no") == {"q": "kela", "vastaus": "no"}
    asked = Client().get("/loytyiko/", {"vastaus": said, "q": "kela"})
    assert told(asked.content.decode(), "no") == {"q": "kela", "vastaus": "no"}


@pytest.mark.parametrize(
    "sent",
    [
        {"asia": "ei-ole", "paikka": "290"},
        {"asia": "../..", "paikka": "\0"},
        {"asia": "puhelin", "paikka": "999"},
    ],
)
def test_an_answer_about_what_is_not_there_is_thanked_for_and_not_counted(sent: dict[str, str]) -> None:
    visitor = Client(headers=OURS)
    response = visitor.post("/loytyiko/", {"vastaus": "no", **sent}, follow=True)
    assert (response.status_code, written()) == (200, [])


def test_a_name_or_a_number_that_is_sent_along_leaves_no_trace() -> None:
    personal = "Ainomaija Kuutamo 050 555 0177 010190-123A"
    names = ("q", "paikka", "tapa", "kieli", "kenelle", "way", "topic", "mista", "nimi")
    Client(headers=OURS).post("/loytyiko/", {"vastaus": "no", **dict.fromkeys(names, personal)})
    Client(headers=OURS).post(
        "/loytyiko/", {"vastaus": "no", "mista": "tiski", **dict.fromkeys(names[:7], personal)}
    )
    rows = written()
    assert len(rows) == 2
    kept = " ".join(str(value) for row in rows for value in row.values()).lower()
    assert [piece for piece in ("aino", "kuutamo", "0177", "123a") if piece in kept] == []


def test_the_database_takes_no_outcome_that_is_not_in_the_list() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(hour=HOUR, kind="outcome", lang="fi", outcome="aino", times=1)
