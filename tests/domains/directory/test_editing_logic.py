"""Judgements about keeping entries: when something is due, what a text should not hold, what is there twice."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest

from kilauta.domains.directory.choices import FINDINGS, LIKENESS, codes
from kilauta.domains.directory.logic.content import (
    area_findings,
    missing_languages,
    text_findings,
    way_findings,
)
from kilauta.domains.directory.logic.duplicates import MANY, POINTS, Candidate, pairs
from kilauta.domains.directory.logic.trust import (
    CLOCKS,
    GROUPS,
    Check,
    Stage,
    Trust,
    long_overdue,
    stage_of,
)
from kilauta.domains.finder.logic.ranking import may_answer
from kilauta.lib.zone import HELSINKI, local
from tests.domains.finder import offering as made

# ── Clocks ──────────────────────────────────────────────────────────────────────────────────────────────

MADE = date(2026, 8, 1)


def check(days: int, made_on: date = MADE, group: str = "hours") -> Check:
    return Check(group, made_on, made_on + timedelta(days=days), "phone", "coordinator")


@pytest.mark.parametrize("days", sorted(CLOCKS.values()))
@pytest.mark.parametrize(
    ("border", "before", "after"),
    [
        (lambda days: days - 15, Stage.FRESH, Stage.DUE),
        (lambda days: days, Stage.DUE, Stage.OVERDUE),
        (lambda days: 2 * days, Stage.OVERDUE, Stage.LONG_OVERDUE),
    ],
)
def test_a_stage_begins_the_day_after_its_border(days: int, border, before: Stage, after: Stage) -> None:
    last = MADE + timedelta(days=border(days))
    days_around = [last + timedelta(days=each) for each in (-1, 0, 1, 2)]
    assert [check(days).stage(day) for day in days_around] == [before, before, after, after]
    told = [check(days).trust(day) for day in days_around]
    assert (Trust.OVERDUE in told) is (after is not Stage.DUE)


@pytest.mark.parametrize("turned", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_day_changes_at_midnight_in_finland_also_when_the_clock_is_turned(turned: date) -> None:
    due_that_day = Check("hours", turned - timedelta(days=90), turned, "phone", "")
    midnight = datetime.combine(turned + timedelta(days=1), datetime.min.time(), HELSINKI)
    for instant, stage in (
        (midnight - timedelta(seconds=1), Stage.DUE),
        (midnight, Stage.OVERDUE),
        (datetime.combine(turned, datetime.min.time(), HELSINKI), Stage.DUE),
        (datetime.combine(turned, datetime.min.time(), HELSINKI).replace(hour=3, minute=30), Stage.DUE),
    ):
        in_utc = instant.astimezone(made.NOW.tzinfo)
        assert due_that_day.stage(local(in_utc).date()) is stage


def test_a_thing_is_as_sure_as_its_least_sure_part_and_without_any_never_checked() -> None:
    today = MADE + timedelta(days=100)
    assert stage_of([check(90), check(180, group="contacts")], today) is Stage.OVERDUE
    assert stage_of([check(180)], today) is Stage.FRESH
    assert stage_of([], today) is Stage.UNVERIFIED


def test_the_groups_and_the_lists_they_come_from_agree() -> None:
    assert (
        set(CLOCKS) == set(codes("verification_group")) == {g for groups in GROUPS.values() for g in groups}
    )


# ── The order of answers ────────────────────────────────────────────────────────────────────────────────


def _late(days: int) -> tuple[Check, ...]:
    """Return a check of a 90-day clock that is so many days beyond its second end."""
    return (check(90, made.TODAY - timedelta(days=180 + days)),)


@pytest.mark.parametrize("where", ["service", "channel"])
@pytest.mark.parametrize(("days", "answers"), [(-1, True), (0, True), (1, False)])
def test_after_the_second_clock_an_entry_is_no_answer_any_more(where: str, days: int, answers: bool) -> None:
    late = {"checks": _late(days)}
    of = made.service(**late) if where == "service" else made.service()
    by = made.channel(**late) if where == "channel" else made.channel(checks=made.FRESH)
    one = made.offer(of=of, by=by)
    asked = {"need": made.NEED, "where": made.HERE, "wish": made.Wish(), "rules": {}, "today": made.TODAY}
    assert may_answer(one, **asked) is answers
    assert bool(made.ranked([one])) is answers
    assert long_overdue(late["checks"], made.TODAY) is not answers


def test_of_equals_the_one_made_sure_of_comes_first_and_the_late_one_last() -> None:
    offers = [
        made.offer(by=made.channel(id=name, checks=checks), of=made.service(organisation=name))
        for name, checks in (("late", made.OVERDUE), ("fresh", made.FRESH), ("never", ()))
    ]
    for day in range(7):
        order = made.ranked(offers, now=made.NOW + timedelta(days=day))
        assert [one.offer.channel.id for one in order] == ["fresh", "never", "late"]


# ── Texts ───────────────────────────────────────────────────────────────────────────────────────────────


def found(text: str, field: str = "description_fi") -> list[str]:
    return [finding.code for finding in text_findings({field: text})]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Soita 050 555 0101.", ["phone-in-prose"]),
        ("Ring +358 50 555 0101 först.", ["phone-in-prose"]),
        ("Numero on 08-1234567.", ["phone-in-prose"]),
        ("Huone 0123.", []),
        ("Aloitimme 01.02.2026 talossa.", []),
        ("Avoinna klo 9–16.", ["hours-in-prose"]),
        ("Öppet kl. 9 varje dag.", ["hours-in-prose"]),
        ("Olemme paikalla ma–pe 9-16.", ["hours-in-prose"]),
        ("Tavataan 10.00–14.00.", ["hours-in-prose"]),
        ("Kurssi kestää 3–4 viikkoa.", []),
        ("Ryhmässä on 5-8 ihmistä ja to do -lista.", []),
        ("Kysy neuvojalta Maija Virtanen.", ["name-in-prose"]),
        ("Fråga Sven Lindström om råd.", ["name-in-prose"]),
        ("Yhteyshenkilö: Maija.", ["name-in-prose"]),
        ("Kajaanin Kaupunginkirjasto auttaa Suomen asioissa.", []),
        ("Lue lisää [tästä](https://esimerkki.example/).", ["link-says-here"]),
        ("Läs mer [Här.](https://esimerkki.example/)", ["link-says-here"]),
        ("Please click here for more.", ["link-says-here"]),
        ("Lue [ohje tulostamiseen](https://esimerkki.example/).", []),
        ("Tästä palvelusta saa apua.", []),
        (" ".join(["sana"] * 15) + ".", []),
        (" ".join(["sana"] * 16) + ".", ["long-sentence"]),
        ("\n".join(["- " + " ".join(["sana"] * 10)] * 4), []),
        ("Autamme laitteissa. Tule käymään!", []),
    ],
)
def test_what_stands_in_the_wrong_place_is_found(text: str, codes: list[str]) -> None:
    assert found(text) == codes


@pytest.mark.parametrize(("length", "refused"), [(150, []), (151, ["summary-too-long"])])
def test_a_summary_fits_in_150_characters(length: int, refused: list[str]) -> None:
    assert found("x" * length, "summary_sv") == refused
    assert [f.refuses for f in text_findings({"summary_sv": "x" * length})] == [True] * len(refused)


def test_only_prose_is_looked_at_and_an_excerpt_is_short() -> None:
    assert text_findings({"phone": "050 555 0101", "name_fi": "Maija Virtanen", "label_fi": "Täältä"}) != ()
    assert found("050 555 0101", "phone") == []
    assert found("tästä", "label_fi") == ["link-says-here"]
    assert found("Verkkokauppa", "label_fi") == []
    (finding,) = text_findings({"note_fi": " ".join(["pitkäsana"] * 30)})
    assert len(finding.excerpt) <= 60
    assert not finding.refuses


def test_a_long_text_is_looked_through_at_once() -> None:
    began = time.perf_counter()
    for text in ("0 " * 2500, "ma " * 1600, "Aa " * 1600, "[" * 5000, "1" * 5000, "klo " * 1250):
        text_findings({"description_fi": text})
    assert time.perf_counter() - began < 2


def test_texts_that_lack_a_language_are_told() -> None:
    values = {
        "name_fi": "A",
        "name_sv": "",
        "name_en": "A",
        "summary_fi": "",
        "summary_sv": "",
        "summary_en": "",
    }
    assert [each.field for each in missing_languages(values)] == ["name_sv"]


@pytest.mark.parametrize(
    ("mode", "everywhere", "number", "wide"),
    [
        ("walk-in", True, 0, True),
        ("home-visit", False, 13, True),
        ("home-visit", False, 12, False),
        ("phone", True, 0, False),
        ("remote", False, 40, False),
    ],
)
def test_an_area_is_too_wide_for_those_who_must_go_there(
    mode: str, everywhere: bool, number: int, wide: bool
) -> None:
    told = area_findings(mode, everywhere=everywhere, area=[f"{each:03}" for each in range(number)])
    assert [each.code for each in told] == ["area-too-wide"] * wide


def test_a_service_without_a_way_is_refused() -> None:
    (finding,) = way_findings([])
    assert (finding.code, finding.refuses) == ("no-way", True)
    assert way_findings(["phone"]) == ()


def test_every_code_has_its_sentence() -> None:
    assert set(POINTS) == set(LIKENESS)
    assert {"no-way", "area-too-wide", "missing-language", "summary-too-long", "link-says-here"} <= set(
        FINDINGS
    )


# ── Twice the same ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"names": ("Kuhmon kirjasto",)}, {"names": ("KUHMON  KIRJASTO",)}, ("same-name",)),
        ({"names": ("Sotkamon eläkeläiset ry",), "phones": {"050 555 0101"}}, {"names": ("Sotkamon eläkeläisetry",), "phones": {"+358505550101"}}, ("like-name", "same-number")),
        ({"identifiers": {"y=1234567-1"}}, {"identifiers": {"y=1234567-1"}}, ("same-identifier",)),
        ({"website": "https://www.a.example/", "emails": {"A@a.example"}, "address": "Koulukatu 1"}, {"website": "http://a.example", "emails": {"a@a.example"}, "address": "KOULUKATU 1"}, ("same-address", "same-email", "same-website")),
    ],
)  # fmt: skip
def test_a_likely_pair_is_told_with_its_reasons(one, other, reasons) -> None:
    first = Candidate("1", **{"names": ("Aaa bbb",), **_sets(one)})
    second = Candidate("2", **{"names": ("Ccc ddd",), **_sets(other)})
    (pair,) = pairs([second, first])
    assert (pair.first, pair.second, pair.reasons) == ("1", "2", reasons)


def _sets(given):
    return {name: frozenset(value) if isinstance(value, set) else value for name, value in given.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"names": ("Kuhmon kirjasto",)}, {"names": ("Kajaanin kirjasto",)}),
        ({"names": ("Digituki",), "within": "290"}, {"names": ("Digituki",), "within": "205"}),
        (
            {"names": ("Vaihde",), "phones": {"08 123 4567"}},
            {"names": ("Toinen talo",), "phones": {"08 123 4567"}},
        ),
        ({"names": ("",)}, {"names": ("",)}),
    ],
)
def test_what_is_alike_in_little_is_no_pair(one, other) -> None:
    assert pairs([Candidate("1", **_sets(one)), Candidate("2", **_sets(other))]) == ()


def test_a_thousand_organisations_are_not_all_compared_with_all(monkeypatch) -> None:
    from kilauta.domains.directory.logic import duplicates

    compared = []
    judge = duplicates._pair
    monkeypatch.setattr(duplicates, "_pair", lambda one, other: compared.append(1) or judge(one, other))
    candidates = [
        Candidate(str(n), (f"Kunnan {n} digituki kirjasto yhdistys ry",), phones=frozenset({"08 555 0000"}))
        for n in range(1000)
    ]
    twin = Candidate("twin", ("Kunnan 7 digituki kirjasto yhdistys ry",))
    assert [(pair.first, pair.second) for pair in pairs([*candidates, twin])] == [("7", "twin")]
    assert len(compared) <= 1000 * MANY
