"""Opening hours as a person fills them in: what the week shows, what it keeps, what it writes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kilauta.domains.directory import operations
from kilauta.domains.directory.logic import week as weekly
from kilauta.domains.directory.logic.special import exceptions_of, holidays_of
from kilauta.domains.directory.logic.week import EMPTY, Span
from kilauta.domains.directory.models import Channel, Proposal
from kilauta.domains.directory.queries import catalogue
from kilauta.domains.directory.queries.snapshots import snapshot
from kilauta.lib.hours import State
from tests import factories
from tests.cast import NOW
from tests.domains.directory.keeping import Helper, by, helper
from tests.domains.directory.owning import client_of, editor, hold_lists, typed

TODAY = NOW.date()


def row(
    days: str = "", opens: str = "", closes: str = "", state: str = "open", **more: Any
) -> dict[str, Any]:
    times = {"opens": f"{opens}:00" if opens else None, "closes": f"{closes}:00" if closes else None}
    return {**EMPTY, "weekdays": days, **times, "state": state, **more}


# ── The week ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_week_shows_two_times_a_day_and_what_they_are() -> None:
    weeks, kept = weekly.weeks_of(
        [row("12345", "10:00", "19:00"), row("1234567", "07:00", "21:00", "self-service")]
    )
    assert kept == ()
    assert [len(spans) for spans in weeks[0].days] == [2, 2, 2, 2, 2, 1, 1]
    assert weeks[0].days[5] == (Span("07:00", "21:00", "self-service"),)


def test_each_season_and_turn_of_weeks_is_a_week_of_its_own() -> None:
    summer = {"valid_from": "2027-06-01", "valid_to": "2027-08-15"}
    weeks, kept = weekly.weeks_of([
        row("1", "09:00", "16:00"), row("2", "09:00", "12:00", weeks="odd"), row("3", "09:00", "12:00", nth=-1),
        row("1", "10:00", "14:00", **summer),
    ])  # fmt: skip
    assert kept == ()
    assert {(week.weeks, week.nth, week.valid_from) for week in weeks} == {
        ("all", None, None), ("odd", None, None), ("all", -1, None), ("all", None, "2027-06-01"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "exact",
    [
        row("", state="closed"), row("1", state="unknown"), row("1", "09:00", "10:00", "closed"),
        row(holiday="any", state="closed"), row("1", "09:00", "10:00", weeks="odd", nth=1),
    ],
)  # fmt: skip
def test_what_no_week_can_show_is_kept_as_it_is(exact: dict[str, Any]) -> None:
    ordinary = row("12", "09:00", "16:00")
    weeks, kept = weekly.weeks_of([ordinary, exact])
    assert kept == (exact,)
    assert weekly.rows_of(weeks, kept) == [ordinary, exact]


def test_a_third_time_of_a_day_and_a_fifth_week_are_kept() -> None:
    many = [row("1", f"{hour:02}:00", f"{hour + 1:02}:00") for hour in (8, 10, 12)]
    weeks, kept = weekly.weeks_of(many)
    assert (len(weeks[0].days[0]), kept) == (2, (many[2],))
    seasons = [row("1", "09:00", "10:00", valid_from=f"2027-0{month}-01") for month in range(1, 6)]
    weeks, kept = weekly.weeks_of(seasons)
    assert (len(weeks), kept) == (weekly.MOST_WEEKS, (seasons[4],))


def test_a_note_stays_with_the_state_that_had_it() -> None:
    noted = row("1234567", "07:00", "21:00", "self-service", note_fi="Kortilla sisään.")
    rows = [noted, row("12345", "10:00", "19:00")]
    weeks, kept = weekly.weeks_of(rows)
    assert (len(weeks), kept, weeks[0].note[0]) == (1, (), "Kortilla sisään.")
    assert weekly.same(weekly.rows_of(weeks), rows)


def test_by_appointment_at_any_time_needs_no_times() -> None:
    weeks, kept = weekly.weeks_of([row("", state="by-appointment")])
    assert (weeks[0].days[6], kept) == ((Span("", "", "by-appointment"),), ())


TIMES = st.sampled_from(["07:00", "09:00", "12:30", "16:00", "23:00", "00:00"])
ROWS = st.lists(
    st.builds(
        row,
        days=st.sampled_from(["", "1", "12345", "67", "1234567"]), opens=TIMES, closes=TIMES,
        state=st.sampled_from(["open", "self-service", "by-appointment", "closed", "unknown"]),
        weeks=st.sampled_from(["all", "odd", "even"]), valid_from=st.sampled_from([None, "2027-06-01"]),
        note_fi=st.sampled_from(["", "Ovi pihalta.", "Soita kelloa."]),
    ),
    max_size=8,
)  # fmt: skip


@given(ROWS)
def test_nothing_is_lost_or_added_on_the_way_to_the_form_and_back(rows: list[dict[str, Any]]) -> None:
    assert weekly.same(weekly.rows_of(*weekly.weeks_of(rows)), rows)


def test_rows_that_say_something_else_are_not_the_same() -> None:
    monday = row("1", "09:00", "16:00")
    for other in (row("2", "09:00", "16:00"), row("1", "09:00", "15:00"), row("1", "09:00", "16:00", "self-service"),
                  row("1", "09:00", "16:00", note_fi="x"), row("1", "09:00", "16:00", weeks="odd")):  # fmt: skip
        assert not weekly.same([monday], [other])
    assert weekly.same([row("12", "09:00", "16:00")], [monday, row("2", "09:00", "16:00")])


def test_a_holiday_told_twice_or_on_some_weekdays_is_more_exact() -> None:
    simple = row(holiday="epiphany", state="closed")
    found, exact = holidays_of([
        simple, row("6", holiday="may-day", state="closed"), row(opens="09:00", closes="12:00", holiday="boxing-day"),
        row(opens="13:00", closes="15:00", holiday="boxing-day"), row("1", "09:00", "16:00"),
    ])  # fmt: skip
    assert (found, exact) == ({"epiphany": simple}, {"may-day", "boxing-day"})


def test_exceptions_that_are_over_or_exact_are_left_alone() -> None:
    soon, over = (
        row(valid_from="2026-12-23", valid_to="2026-12-23"),
        row(valid_from="2026-11-01", valid_to="2026-11-23"),
    )
    today, exact = (
        row(valid_from="2026-11-20", valid_to="2026-11-24"),
        row("1", valid_from="2027-07-01", valid_to="2027-07-31"),
    )
    ahead, others = exceptions_of([soon, over, exact, today], TODAY.isoformat())
    assert (ahead, others) == ((today, soon), (over, exact))


# ── The page ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def held(db: None, door: None) -> Helper:
    hold_lists()
    made = helper()
    factories.shown()
    return made


@pytest.fixture
def aino(held: Helper) -> Client:
    return client_of(editor("Aino", held.giver))


def address(page: str, thing: Any) -> str:
    word = "tapa" if isinstance(thing, Channel) else "paikka"
    return reverse(f"directory:own-{page}", args=[word, thing.pk])


def fill(client: Client, at: str, /, do: str = "save", **changed: Any) -> Any:
    opened = client.get(at)
    assert opened.status_code == 200
    return client.post(at, {"do": do, **typed(opened, **changed)})


def day(
    number: int, opens: str, closes: str, state: str = "open", *, week: int = 0, span: int = 0
) -> dict[str, str]:
    start = f"w{week}_{number}_{span}"
    return {f"{start}_opens": opens, f"{start}_closes": closes, f"{start}_state": state}


def rows(thing: Any, part: str = "hours") -> list[dict[str, Any]]:
    found = snapshot(thing, [part])[part]
    return [{name: value for name, value in each.items() if value != EMPTY[name]} for each in found]  # type: ignore[union-attr]


def test_a_week_is_filled_in_as_people_write_times(held: Helper, aino: Client) -> None:
    week = {name: value for number in range(5) for name, value in day(number, "9", "klo 16.30").items()}
    answer = fill(
        aino, address("hours", held.line), kind="week", **week, **day(5, "10:00", "1400", "self-service")
    )
    assert answer.status_code == 302
    assert sorted(rows(held.line), key=lambda each: each["weekdays"]) == [
        {"weekdays": "12345", "opens": "09:00:00", "closes": "16:30:00", "state": "open"},
        {"weekdays": "6", "opens": "10:00:00", "closes": "14:00:00", "state": "self-service"},
    ]
    now = catalogue().channels[str(held.line.pk)].schedule.at(NOW)
    assert now.state is State.OPEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given_rows",
    [
        [row("12345", "09:00", "16:00"), row("6", "10:00", "12:00", "self-service"), row(holiday="any", state="closed")],
        [row("1", "09:00", "12:00"), row("1", "13:00", "16:00"), row("2", "09:00", "12:00", weeks="odd")],
        [row("3", "09:00", "12:00", nth=-1, note_fi="Kuukauden viimeinen.")],
        [row("", state="by-appointment")],
        [row("1", "22:00", "02:00"), row("7", state="closed")],
        [row("1", "09:00", "12:00", valid_from="2027-06-01", valid_to="2027-08-15"), row("", "10:00", "11:00")],
        [row("1", "09:00", "12:00", nth=5)],
    ],
)  # fmt: skip
def test_hours_sent_back_as_they_were_change_nothing(
    held: Helper, aino: Client, given_rows: list[Any]
) -> None:
    operations.set_hours(held.place, given_rows, **by())
    before, changed = (
        snapshot(held.place, ["hours", "exceptions"]),
        type(held.place).objects.get(pk=held.place.pk).changed_at,
    )
    for page in ("hours", "exceptions", "holidays"):
        assert fill(aino, address(page, held.place)).status_code == 302
    assert snapshot(held.place, ["hours", "exceptions"]) == before
    assert type(held.place).objects.get(pk=held.place.pk).changed_at == changed


def test_more_exact_rules_stay_and_are_told(held: Helper, aino: Client) -> None:
    operations.set_hours(held.place, [row("12", "09:00", "16:00"), row("7", state="unknown")], **by())
    at = address("hours", held.place)
    page = aino.get(at).content.decode()
    assert 'name="drop"' in page
    fill(aino, at, **day(0, "10", "15"))
    assert {"weekdays": "7", "state": "unknown"} in rows(held.place)
    fill(aino, at, drop=["0"])
    assert {"weekdays": "7", "state": "unknown"} not in rows(held.place)


def test_other_hours_for_a_season_are_added_with_a_button(held: Helper, aino: Client) -> None:
    operations.set_hours(held.place, [row("1", "09:00", "16:00")], **by())
    at = address("hours", held.place)
    grown = fill(aino, at, do="add", **day(1, "9", ""))
    page = grown.content.decode()
    assert (grown.status_code, 'name="w1_0_0_opens"' in page, "field-error" in page) == (200, True, False)
    assert typed(grown)["w0_1_0_opens"] == ["9"]
    summer = {**day(0, "10", "14", week=1), "w1_from": "1.6.2027", "w1_to": "15.8.2027", "w1_which": "odd"}
    aino.post(at, {"do": "save", **typed(grown, **day(1, "", ""), **summer)})
    assert {"weekdays": "1", "opens": "10:00:00", "closes": "14:00:00", "state": "open", "weeks": "odd",
            "valid_from": "2027-06-01", "valid_to": "2027-08-15"} in rows(held.place)  # fmt: skip
    assert len(rows(held.place)) == 2


@pytest.mark.parametrize(
    ("kind", "expected"), [("appointment", [{"state": "by-appointment"}]), ("unknown", [])]
)
def test_by_appointment_and_not_known_are_one_choice(
    held: Helper, aino: Client, kind: str, expected: Any
) -> None:
    operations.set_hours(held.place, [row("1", "09:00", "16:00"), row(holiday="any", state="closed")], **by())
    fill(aino, address("hours", held.place), kind=kind)
    assert [each for each in rows(held.place) if "holiday" not in each] == expected
    assert [each["holiday"] for each in rows(held.place) if "holiday" in each] == ["any"]


def test_a_way_may_keep_the_hours_of_its_place(held: Helper, aino: Client) -> None:
    assert 'value="place"' not in aino.get(address("hours", held.line)).content.decode()
    operations.set_hours(held.place, [row("1234567", "09:00", "16:00")], **by())
    answer = fill(aino, address("hours", held.desk), kind="place")
    assert Channel.objects.get(pk=held.desk.pk).hours_of_place
    assert "9–16" in aino.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (day(0, "9", ""), "w0_0_0_closes"), (day(0, "yö", "16"), "w0_0_0_opens"), ({}, "kind"),
        ({**day(0, "9", "16"), "w0_from": "1.6.2027", "w0_to": "1.5.2027"}, "w0_to"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_and_what_was_typed_stays(
    held: Helper, aino: Client, changed: Any, field: str
) -> None:
    answer = fill(aino, address("hours", held.line), kind="week", **changed)
    page = answer.content.decode()
    assert (answer.status_code, f'href="#id_{field}' in page) == (200, True)
    assert all(f'value="{value}"' in page for value in changed.values() if value)
    assert rows(held.line) == []


def test_how_the_hours_would_look_is_shown_and_not_kept(held: Helper, aino: Client) -> None:
    answer = fill(
        aino, address("hours", held.line), do="preview", kind="week", **day(0, "9", "16"), **day(1, "9", "16")
    )
    page = answer.content.decode()
    assert "<td>9–16</td>" in page
    assert typed(answer)["w0_1_0_closes"] == ["16"]
    assert rows(held.line) == []


def test_hours_of_a_checked_entry_of_an_untrusted_organisation_are_proposed(
    held: Helper, aino: Client
) -> None:
    operations.verify(held.line, ["hours"], **by("Bengt"))
    fill(aino, address("hours", held.line), kind="week", **day(0, "9", "16"))
    assert rows(held.line) == []
    assert [each["weekdays"] for each in Proposal.objects.get().values["hours"]] == ["1"]


def test_every_holiday_of_the_year_is_there_by_name_with_what_people_see(held: Helper, aino: Client) -> None:
    operations.set_hours(
        held.place, [row("1234567", "09:00", "16:00"), row(holiday="any", state="closed")], **by()
    )
    at = address("holidays", held.place)
    opened = aino.get(at)
    assert sum(name.endswith("_what") for name in typed(opened)) == 20
    assert typed(opened)["any_what"] == ["closed"]
    days = {each["id"]: each for each in lines(opened)}
    assert days["epiphany"]["seen"] == days["christmas-day"]["seen"] != days["christmas-eve"]["seen"]
    fill(
        aino,
        at,
        **{
            "christmas-eve_what": "closed",
            "epiphany_what": "open",
            "epiphany_opens": "10",
            "epiphany_closes": "14",
        },
    )
    assert {"holiday": "christmas-eve", "state": "closed"} in rows(held.place)
    assert {"holiday": "epiphany", "state": "open", "opens": "10:00:00", "closes": "14:00:00"} in rows(
        held.place
    )
    assert {each["id"]: each["seen"] for each in lines(aino.get(at))}["epiphany"].endswith("10–14")


def lines(answer: Any) -> list[dict[str, str]]:
    from bs4 import BeautifulSoup

    found = []
    for each in BeautifulSoup(answer.content, "html.parser").select(".times-day"):
        control, seen = each.select_one("select"), each.select_one(".trust")
        if control and seen:
            found.append(
                {"id": control["name"].removesuffix("_what"), "seen": seen.get_text(" ", strip=True)}
            )
    return found


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"epiphany_what": "open"}, "epiphany_opens"), ({"epiphany_what": "open", "epiphany_opens": "9"}, "epiphany_closes"),
        ({"epiphany_opens": "9", "epiphany_closes": "12"}, "epiphany_what"),
    ],
)  # fmt: skip
def test_a_holiday_without_its_times_is_told(held: Helper, aino: Client, changed: Any, field: str) -> None:
    page = fill(aino, address("holidays", held.place), **changed).content.decode()
    assert f'href="#id_{field}' in page


def test_a_day_off_and_a_day_of_other_hours_are_added_and_taken_away(held: Helper, aino: Client) -> None:
    operations.set_hours(held.place, [row("1234567", "08:00", "18:00")], **by())
    operations.set_exceptions(
        held.place, [row("1", valid_from="2027-07-01", valid_to="2027-07-31", state="closed")], **by()
    )
    at = address("exceptions", held.place)
    fill(
        aino, at, x0_from="25.11.2026", x0_what="closed", x0_note_fi="Koulutuspäivä.", x1_from="1.12.2026", x1_to="3.12.2026",
        x1_what="open", x1_opens="12", x1_closes="16",
    )  # fmt: skip
    found = sorted(rows(held.place, "exceptions"), key=lambda each: each["valid_from"])
    assert found == [
        {
            "valid_from": "2026-11-25",
            "valid_to": "2026-11-25",
            "state": "closed",
            "note_fi": "Koulutuspäivä.",
        },
        {
            "valid_from": "2026-12-01",
            "valid_to": "2026-12-03",
            "state": "open",
            "opens": "12:00:00",
            "closes": "16:00:00",
        },
        {"weekdays": "1", "valid_from": "2027-07-01", "valid_to": "2027-07-31", "state": "closed"},
    ]
    schedule = catalogue().places[str(held.place.pk)].schedule
    assert [len(each.spans) for each in schedule.days(date(2026, 11, 24), 2)] == [1, 0]
    fill(aino, at, x0_from="", x0_what="", x0_note_fi="")
    assert len(rows(held.place, "exceptions")) == 2
