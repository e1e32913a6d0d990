"""Feeds of a part of the events: what an address asks for, and nothing for what it asks for in vain."""

from __future__ import annotations

import pytest
import vobject

from kilauta.domains.events.queries.telling import uid_of
from tests.cast import Visitor
from tests.domains.events import story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def fetched(path: str):
    return Visitor("testserver").get(f"/tapahtumat/{path}")


def uids(path: str) -> set[str]:
    calendar = vobject.readOne(fetched(path).content.decode())
    return {each.uid.value for each in calendar.contents.get("vevent", [])}


@pytest.mark.parametrize("what", ["kunta", "aihe", "paikka", "laji"])
def test_a_feed_may_be_of_a_municipality_a_topic_a_place_or_a_kind_and_of_nothing_unknown(what):
    mine = story.event(kind="info", topics=("a-laite",))
    other = story.event(place=None, where="Tori", municipality="205")
    here, there = (uid_of(story.first(each), each.network) for each in (mine, other))
    asked = {
        "kunta": "290", "aihe": "a-laite", "paikka": f"{story.place().short_id}-mita-vain", "laji": "info"
    }  # fmt: skip
    found = uids(f"kalenteri.ics?{what}={asked[what]}")
    assert (here in found, there in found) == (True, False)
    assert {here, there} <= uids("kalenteri.ics")
    assert [
        fetched(f"kalenteri.ics?{what}={odd}").status_code for odd in ("tuntematon", "%00x", "9" * 99)
    ] == [404] * 3
    assert fetched(f"syote/?{what}=tuntematon").status_code == 404


def test_a_time_that_is_elsewhere_is_followed_where_it_is():
    mine = story.event()
    moved = story.first(mine)
    away = story.Place.objects.filter(state="published", municipality="205").order_by("pk")[0]
    moved.place = away
    moved.save()
    uid = uid_of(moved, mine.network)
    assert uid in uids("kalenteri.ics?kunta=205")
    assert uid not in uids("kalenteri.ics?kunta=290")
    assert uid in uids(f"kalenteri.ics?paikka={away.short_id}")
