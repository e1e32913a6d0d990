"""Events for regional calendars: each rule of the other end, and what would be taken wrong there."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest

from kilauta.domains.events.logic.linked import UnfitError, checked
from kilauta.domains.events.logic.times import span, spans, whole_days
from kilauta.domains.events.models import Event
from kilauta.domains.events.operations import events, occurrences
from kilauta.domains.events.queries.linked import Calendar, linked_of
from kilauta.lib.words import Words
from tests.cast import NOW, Visitor
from tests.domains.events import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

HUB = Calendar("https://calendar.example/v1/", "kilauta", "kilauta:digituki")
GOOD = {
    "type_id": "General", "name": {"fi": "Neuvonta"}, "short_description": {"fi": "Tule"},
    "description": {"fi": "<p>Tule</p>"}, "start_time": "2026-12-01T10:00:00+02:00",
    "end_time": "2026-12-01T12:00:00+02:00", "location": {"@id": "x"}, "keywords": [{"@id": "y"}],
    "offers": [{"is_free": True}], "publisher": "kilauta:digituki", "publication_status": "public",
}  # fmt: skip


def lacks(**more: object) -> tuple[str, ...]:
    with pytest.raises(UnfitError) as refused:
        checked({**GOOD, **more})
    return refused.value.lacks


def test_a_time_always_goes_with_its_offset_in_winter_and_in_summer():
    winter, summer = linked_of(story.event()), linked_of(story.event(date(2027, 7, 6)))
    assert (winter["start_time"], winter["end_time"]) == (
        "2026-12-01T10:00:00+02:00",
        "2026-12-01T12:00:00+02:00",
    )
    assert summer["start_time"] == "2027-07-06T10:00:00+03:00"
    assert (winter["has_start_time"], winter["has_end_time"]) == (True, True)


def test_a_time_without_an_offset_and_an_end_before_the_start_are_refused():
    assert lacks(start_time="2026-12-01T10:00:00") == ("start_time",)
    assert lacks(end_time="2026-12-01T12:00:00") == ("end_time",)
    assert lacks(end_time="2026-12-01T09:59:00+02:00") == ("end_time",)
    # ten in Greenwich is noon in Finland
    assert lacks(end_time="2026-12-01T07:59:00+00:00") == ("end_time",)


def test_a_whole_day_says_that_it_has_no_clock_and_has_an_offset_all_the_same():
    made = linked_of(story.event(times=[whole_days(date(2026, 12, 6), date(2026, 12, 6))]))
    assert (made["has_start_time"], made["has_end_time"]) == (False, False)
    assert (made["start_time"], made["end_time"]) == (
        "2026-12-06T00:00:00+02:00",
        "2026-12-07T00:00:00+02:00",
    )


def test_what_is_published_may_lack_nothing_and_a_draft_its_place_and_keywords():
    assert lacks(location=None, keywords=[]) == ("location", "keywords")
    assert checked({**GOOD, "publication_status": "draft", "location": None, "keywords": []})
    for name in ("name", "publisher", "type_id", "start_time"):
        assert name in lacks(**{name: None})
        assert name in lacks(**{name: None, "publication_status": "draft"})
    for name in ("short_description", "description", "offers"):
        assert lacks(**{name: None}) == (name,)


def test_a_draft_without_a_place_goes_as_a_draft_and_no_further():
    made = story.event(publish=False, place=None)
    assert linked_of(made)["publication_status"] == "draft"
    # as the table itself does not let it be
    made.state = "published"
    with pytest.raises(UnfitError, match="location"):
        linked_of(made)


def test_an_event_without_a_time_is_refused_with_words():
    made = story.event(publish=False)
    made.occurrences.all().delete()
    with pytest.raises(UnfitError, match="start_time"):
        linked_of(made)


def test_every_language_of_the_name_has_a_description_and_no_other_has():
    made = linked_of(story.event(name=Words("Neuvonta", "Rådgivning"), text=Words("Tule", "", "Come")))
    assert list(made["name"]) == list(made["description"]) == list(made["short_description"]) == ["fi", "sv"]
    assert made["description"]["sv"] == "<p>Tule</p>"
    assert lacks(name={"fi": "a", "sv": "b"}) == ("description.sv",)


def test_a_short_description_has_at_most_160_letters_and_ends_with_a_whole_word():
    long = "Tule kysymään puhelimesta ja tietokoneesta 👩\u200d💻 " * 9
    event = story.event()
    event.summary_fi = long
    made = linked_of(event)["short_description"]["fi"]
    assert 100 < len(made.encode("utf-16-le")) / 2 <= 160
    assert set(made.removesuffix("…").split()) <= set(long.split())


def test_markup_is_only_paragraphs_of_ours_and_what_somebody_wrote_is_letters():
    text = "Eka <script>x</script>\nrivi & muuta\r\n\r\nToinen <b>kappale</b>"
    made = linked_of(story.event(text=Words(text), summary=Words("a <b> & b")))
    assert made["description"]["fi"] == (
        "<p>Eka &lt;script&gt;x&lt;/script&gt;<br>rivi &amp; muuta</p><p>Toinen &lt;b&gt;kappale&lt;/b&gt;</p>"
    )
    assert made["short_description"]["fi"] == "a <b> & b"


@pytest.mark.parametrize(
    ("kind", "type_id"), [("guidance", "General"), ("course", "Course"), ("volunteers", "Volunteering")]
)
def test_the_kind_is_one_that_the_other_end_knows(kind, type_id):
    assert linked_of(story.event(kind=kind))["type_id"] == type_id


def test_place_and_keywords_are_references_of_the_other_end():
    event = story.event()
    made = linked_of(event, HUB)
    assert made["location"]["@id"] == f"https://calendar.example/v1/place/kilauta:{event.place.short_id}/"
    assert made["keywords"] == [{"@id": "https://calendar.example/v1/keyword/yso:p37943/"}]
    assert made["in_language"][0] == {"@id": "https://calendar.example/v1/language/fi/"}
    assert made["publisher"] == "kilauta:digituki"
    remote = linked_of(story.event(place=None, remote_url="https://video.example/x"), HUB)
    assert remote["location"] == {"@id": "https://calendar.example/v1/place/kilauta:internet/"}
    event.place.source, event.place.external_id = "tprek", "1234"
    assert linked_of(event, HUB)["location"]["@id"].endswith("/place/tprek:1234/")


def test_free_is_free_and_a_fee_is_told_in_words():
    assert linked_of(story.event())["offers"] == [{"is_free": True}]
    assert linked_of(story.event(fee="5 €"))["offers"] == [{"is_free": False, "price": {"fi": "5 €"}}]


def test_a_series_stands_above_its_times_with_the_moved_and_the_cancelled_one_as_they_are():
    event = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    first, second, third = event.occurrences.order_by("starts_at")
    to = span(story.TUESDAY + timedelta(days=1), time(17), time(18))
    occurrences.move_occurrence(first, to, actor=story.actor(), now=NOW)
    occurrences.cancel_occurrence(second, actor=story.actor(), now=NOW)
    made = linked_of(event)
    assert made["super_event_type"] == "recurring"
    assert (made["start_time"], made["end_time"]) == (
        "2026-12-02T17:00:00+02:00",
        "2026-12-15T12:00:00+02:00",
    )
    assert [each["event_status"] for each in made["sub_events"]] == [
        "EventRescheduled", "EventCancelled", "EventScheduled",
    ]  # fmt: skip
    assert [each["id"] for each in made["sub_events"]] == [
        f"kilauta:{each.pk.hex}" for each in (first, second, third)
    ]
    assert made["event_status"] == "EventScheduled"
    assert "sub_events" not in linked_of(story.event())


def test_the_same_event_has_the_same_name_there_after_it_has_changed():
    event = story.event()
    before = linked_of(event)["id"]
    events.change_event(event, story.told(name=Words("Toinen")), actor=story.actor(), now=NOW)
    assert linked_of(Event.objects.get(pk=event.pk))["id"] == before == f"kilauta:{event.short_id}"


def test_what_is_withdrawn_is_cancelled_there():
    event = story.event()
    events.withdraw_event(event, actor=story.actor(), now=NOW)
    event.refresh_from_db()
    assert linked_of(event)["event_status"] == "EventCancelled"


def fetched(query: str = ""):
    return Visitor("testserver").get(f"/tapahtumat/linkedevents.json{query}")


def test_a_regional_calendar_fetches_fifty_at_a_time_each_event_once(django_assert_max_num_queries):
    made = [story.event(story.TUESDAY + timedelta(days=number % 20)) for number in range(52)]
    story.event(kind="coaching")
    story.event(publish=False)
    # the directory is read once, whoever asks first
    fetched()
    with django_assert_max_num_queries(12):
        first = json.loads(fetched().content)
    second = json.loads(fetched(first["meta"]["next"].partition("linkedevents.json")[2]).content)
    assert (first["meta"]["count"], first["meta"]["previous"], second["meta"]["next"]) == (52, None, None)
    ids = [each["id"] for page in (first, second) for each in page["data"]]
    assert len(ids) == 52
    assert set(ids) == {f"kilauta:{each.short_id}" for each in made}
    for each in first["data"]:
        assert datetime.fromisoformat(each["start_time"]).utcoffset() == timedelta(hours=2)


def test_a_page_that_is_not_there_is_not_there():
    story.event()
    assert [fetched(f"?page={odd}").status_code for odd in ("0", "2", "-1", "x", "٣", "9" * 40, "")] == [
        404
    ] * 7
