"""What a session says, once: logged, corrected, taken back; nothing in it is anybody's identity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kilauta.domains.directory.models import Organisation, Place, Supporter
from kilauta.domains.guidance import operations
from kilauta.domains.guidance.choices import BEFORE
from kilauta.domains.guidance.logic.entry import EDITABLE, Entry
from kilauta.domains.guidance.models import GuidanceSession, Share, Tag
from kilauta.domains.guidance.queries.ground import ground
from kilauta.domains.guidance.queries.sessions import entry_of, giver_of
from kilauta.domains.guidance.queries.telling import shares_of
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
TEST_CARD = "131052-308T"


@pytest.fixture
def library():
    return Organisation.objects.get(external_id="kajaani-kirjasto")


@pytest.fixture
def aino(library):
    """A supporter of the library who has logged nothing yet."""
    person = Person.objects.create(email="aino@kirjasto.example", name="Aino")
    grant(person, role="supporter", scope_id=str(library.pk), actor=Person.objects.system(), now=NOW)
    return person


@pytest.fixture
def entry(library):
    return Entry(
        key=uuid4(),
        network="kainuu",
        organisation=library.pk,
        held_on=TODAY,
        mode="walk-in",
        topics=("a-laite",),
    )


def log(entry, actor, now=NOW, **more):
    return operations.log_session(entry, actor=actor, now=now, **more)


def change(session, actor, now=NOW, **said):
    session.refresh_from_db()
    return operations.change_session(session, replace(entry_of(session), **said), actor=actor, now=now)


def test_an_entry_says_the_same_when_it_is_read_again(entry, aino, library):
    place = Place.objects.filter(host=library).earliest("external_id")
    tag = operations.add_tag("kainuu", "Kampanja", actor=aino, now=NOW)
    said = replace(
        entry,
        place=place.pk,
        municipality=place.municipality_id,
        minutes=25,
        topics=("a-laite", "b-kela"),
        devices=("phone",),
        tags=(tag.pk,),
        outcome="referred",
        referred_to="authority",
        age="75-84",
        language="fi",
        was_before=True,
        is_near=True,
    )
    session = log(said, aino)
    assert entry_of(session) == said
    assert (session.supporter, session.logged_at) == (aino, NOW)


def test_the_municipality_is_that_of_the_place_and_else_the_callers(entry, aino, library):
    place = Place.objects.filter(host=library).earliest("external_id")
    at_place = log(replace(entry, place=place.pk, municipality="290"), aino)
    on_phone = log(replace(entry, key=uuid4(), mode="phone", municipality="290"), aino)
    assert [each.municipality_id for each in (at_place, on_phone)] == [place.municipality_id, "290"]


def test_an_entry_that_comes_again_is_the_session_of_then_and_unchanged(entry, aino):
    first = log(entry, aino)
    again = log(replace(entry, minutes=90, topics=("b-kela",)), aino, NOW + DAY)
    assert (again.pk, again.minutes, again.logged_at) == (first.pk, None, NOW)
    assert entry_of(again) == entry
    assert GuidanceSession.objects.filter(key=entry.key).count() == 1


def test_a_group_is_told_in_totals_and_the_rest_is_reckoned(entry, aino):
    group = replace(
        entry,
        shape="group",
        kind="course",
        persons=12,
        shares={"age": {"65-74": 5, "75-84": 4}, "before": {"no": 12}},
    )
    session = log(group, aino)
    assert entry_of(session) == group
    assert [(each.rows, each.not_told) for each in shares_of(session)] == [
        ((("65–74", 5), ("75–84", 4)), 3),
        (((str(BEFORE["no"]), 12),), 0),
    ]


def refusal(entry, actor, now=NOW):
    with pytest.raises(Refused) as refused, transaction.atomic():
        log(entry, actor, now)
    return refused.value.code


def test_what_cannot_be_is_refused(entry, aino):
    said = {
        "future": {"held_on": TODAY + DAY},
        "too-old": {"held_on": TODAY - 367 * DAY},
        "no-show": {"outcome": "no-show"},
        "not-referred": {"referred_to": "authority"},
        "minutes": {"minutes": 1440},
        "persons": {"shape": "group", "persons": 1000},
        "overfull": {"shape": "group", "persons": 3, "shares": {"age": {"u18": 2, "85+": 2}}},
        "unknown": {"topics": ("a-ei-ole",)},
        "place": {"place": uuid4()},
        "no-notes": {"note": "Muista laturi"},
    }
    assert {code: refusal(replace(entry, **each), aino) for code, each in said.items()} == {
        code: code for code in said
    }
    assert GuidanceSession.objects.filter(supporter=aino).count() == 0


def test_the_day_is_finlands_also_in_the_first_hours_after_midnight(entry, aino):
    # half past midnight in Finland is half past ten the evening before by UTC
    night = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    log(replace(entry, held_on=TODAY + DAY), aino, night)
    assert (
        refusal(replace(entry, key=uuid4(), held_on=TODAY + DAY), aino, night - timedelta(hours=1))
        == "future"
    )


def test_the_database_holds_that_a_no_show_is_no_session(entry, aino):
    session = log(entry, aino)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidanceSession.objects.filter(pk=session.pk).update(outcome="no-show")
    with pytest.raises(IntegrityError), transaction.atomic():
        GuidanceSession.objects.filter(pk=session.pk).update(persons=2)


def test_a_place_of_the_network_may_be_named_and_one_of_another_network_not(entry, aino, library):
    elsewhere = (
        Place.objects.filter(municipality__networks="kainuu").exclude(host=library).earliest("external_id")
    )
    theirs = Place.objects.filter(municipality__networks="kaakko").earliest("external_id")
    log(replace(entry, place=elsewhere.pk), aino)
    assert refusal(replace(entry, key=uuid4(), place=theirs.pk), aino) == "place"


def test_a_correction_leaves_what_was_before_and_no_correction_leaves_nothing(entry, aino):
    session = log(entry, aino)
    change(session, aino)
    assert Change.objects.filter(thing_id=str(session.pk)).count() == 0
    change(session, aino, NOW + DAY, minutes=45, topics=("b-kela",), outcome="solved")
    (row,) = Change.objects.filter(thing_id=str(session.pk))
    assert (row.verb, row.values) == (
        "changed",
        {
            "minutes": [None, 45],
            "outcome": ["not-recorded", "solved"],
            "topics": [["a-laite"], ["b-kela"]],
        },
    )


def test_a_groups_shares_are_corrected_with_their_history(entry, aino):
    session = log(replace(entry, shape="group", persons=4, shares={"before": {"yes": 1}}), aino)
    change(session, aino, persons=5, shares={"before": {"yes": 2}})
    (row,) = Change.objects.filter(thing_id=str(session.pk))
    assert row.values == {"persons": [4, 5], "shares": [["before=yes: 1"], ["before=yes: 2"]]}
    assert Share.objects.filter(session=session).count() == 1


def test_an_entry_is_corrected_for_thirty_days_and_no_longer(entry, aino):
    session = log(entry, aino)
    change(session, aino, NOW + EDITABLE, minutes=15)
    for late in (
        lambda now: change(session, aino, now, minutes=30),
        lambda now: operations.withdraw_session(session, actor=aino, now=now),
    ):
        with pytest.raises(Refused) as refused:
            late(NOW + EDITABLE + timedelta(seconds=1))
        assert refused.value.code == "too-late"


def test_an_entry_is_taken_back_brought_again_and_twice_is_once(entry, aino):
    session = log(entry, aino)
    for deed in ("withdraw", "withdraw", "restore", "restore", "withdraw"):
        getattr(operations, f"{deed}_session")(session, actor=aino, now=NOW)
    session.refresh_from_db()
    assert session.withdrawn_at == NOW
    verbs = Change.objects.filter(thing_id=str(session.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["withdrawn", "restored", "withdrawn"]
    with pytest.raises(Refused):
        change(session, aino, minutes=15)


def test_a_note_is_written_only_where_the_network_says_so_and_is_in_no_history(entry, aino):
    operations.set_notes("kainuu", on=True, actor=aino, now=NOW)
    session = log(replace(entry, note="Muista laturi"), aino)
    change(session, aino, note="Muista kuulolaite")
    (row,) = Change.objects.filter(thing_id=str(session.pk))
    assert row.values == {"note": "changed"}
    assert refusal(replace(entry, key=uuid4(), note=f"Tunnus {TEST_CARD}"), aino) == "identity-number"
    assert refusal(replace(entry, key=uuid4(), note="x" * 201), aino) == "too-long"
    operations.set_notes("kainuu", on=False, actor=aino, now=NOW)
    assert refusal(replace(entry, key=uuid4(), note="Muista"), aino) == "no-notes"
    # what is there already does not hinder another correction
    assert change(session, aino, minutes=15).note == "Muista kuulolaite"


def test_a_note_is_gone_after_thirty_days_and_the_entry_stays(entry, aino):
    operations.set_notes("kainuu", on=True, actor=aino, now=NOW)
    session = log(replace(entry, note="Muista laturi"), aino)
    retention.run_retention(now=NOW + 29 * DAY)
    session.refresh_from_db()
    assert session.note == "Muista laturi"
    retention.run_retention(now=NOW + 31 * DAY)
    session.refresh_from_db()
    assert (session.note, session.mode, session.held_on) == ("", "walk-in", TODAY)


def test_who_helped_is_kept_as_what_they_were_then(aino, library):
    carla = Person.objects.get(email="carla@kainuu.example")
    pupil = Person.objects.create(email="pupil@doors.example", name="Otso")
    grant(pupil, role="trainee", scope_id=str(library.pk), actor=Person.objects.system(), now=NOW)
    Supporter.objects.update_or_create(
        person=carla,
        organisation=library,
        defaults={"given_by": "volunteer", "starts_on": TODAY - DAY, "ends_on": TODAY + DAY},
    )
    assert [giver_of(each, library.pk, TODAY) for each in (aino, pupil, carla)] == [
        "staff",
        "trainee",
        "volunteer",
    ]
    assert giver_of(carla, library.pk, TODAY + DAY) == "staff"


def test_a_new_tag_is_made_on_the_fly_and_one_of_the_same_name_is_not_another(entry, aino):
    first = log(entry, aino, new_tag=" Kampanja  2026")
    second = log(replace(entry, key=uuid4()), aino, new_tag="kampanja 2026")
    (tag,) = Tag.objects.filter(person=aino)
    assert (tag.name, tag.scope, tag.person) == ("Kampanja 2026", "mine", aino)
    assert list(tag.sessions.order_by("pk")) == sorted((first, second), key=lambda each: each.pk)


def test_anothers_tag_cannot_be_put_on_an_entry(entry, aino):
    carla = Person.objects.get(email="carla@kainuu.example")
    hers = operations.add_tag("kainuu", "Oma", actor=carla, now=NOW)
    assert refusal(replace(entry, tags=(hers.pk,)), aino) == "unknown"


def test_two_tags_become_one_and_no_entry_has_it_twice(entry, aino):
    one, other = (operations.add_tag("kainuu", name, actor=aino, now=NOW) for name in ("Eka", "Toka"))
    both = log(replace(entry, tags=(one.pk, other.pk)), aino)
    first = log(replace(entry, key=uuid4(), tags=(one.pk,)), aino)
    operations.merge_tags(one, other, actor=aino, now=NOW)
    assert [list(each.tags.all()) for each in (both, first)] == [[other], [other]]
    assert list(Tag.objects.filter(person=aino)) == [other]


def test_a_tag_is_not_joined_with_one_that_fewer_see(aino, library):
    wide = operations.add_tag("kainuu", "Kaikkien", scope="network", actor=aino, now=NOW)
    mine = operations.add_tag("kainuu", "Minun", actor=aino, now=NOW)
    with pytest.raises(Refused):
        operations.merge_tags(wide, mine, actor=aino, now=NOW)
    assert operations.merge_tags(mine, wide, actor=aino, now=NOW) == wide


def test_a_retired_tag_is_offered_no_more_and_stays_on_its_entries(entry, aino, library):
    tag = operations.add_tag("kainuu", "Vanha", actor=aino, now=NOW)
    session = log(replace(entry, tags=(tag.pk,)), aino)
    operations.retire_tag(tag, actor=aino, now=NOW)
    assert refusal(replace(entry, key=uuid4(), tags=(tag.pk,)), aino) == "unknown"
    assert change(session, aino, minutes=30).tags.count() == 1


def stands(person, library, now=NOW):
    return ground(person, "kainuu", keys=[str(library.pk)], coordinates=False, today=TODAY)


def test_a_first_entry_begins_at_home_and_later_ones_where_one_usually_is(entry, aino, library):
    first = stands(aino, library).habits
    own = Place.objects.filter(host=library)
    assert first.place in set(own.values_list("pk", flat=True))
    other = (
        Place.objects.filter(municipality__networks="kainuu").exclude(host=library).earliest("external_id")
    )
    for number in range(3):
        said = replace(entry, key=uuid4(), place=other.pk, mode="mobile", minutes=25, topics=("b-kela",))
        log(said, aino, NOW + timedelta(minutes=number))
    log(replace(entry, key=uuid4(), mode="phone", minutes=70), aino, NOW + timedelta(minutes=5))
    now = stands(aino, library).habits
    # who last helped by phone begins without a place
    assert (now.place, now.mode, now.topics) == (None, "phone", ("b-kela", "a-laite"))
    log(replace(entry, key=uuid4()), aino, NOW + timedelta(minutes=6))
    assert (stands(aino, library).habits.place, stands(aino, library).habits.mode) == (other.pk, "walk-in")
    # a length of one's own is offered when it has come three times
    assert now.minutes == (15, 25, 30, 45, 60, 90, 120)


def test_an_entry_that_was_taken_back_makes_no_habit(entry, aino, library):
    session = log(replace(entry, mode="chat"), aino)
    assert stands(aino, library).habits.mode == "chat"
    operations.withdraw_session(session, actor=aino, now=NOW)
    assert stands(aino, library).habits.mode != "chat"


def test_the_rows_of_a_sheet_are_logged_once_and_a_bad_one_hinders_no_other(entry, aino):
    rows = {1: replace(entry, way="paper"), 2: replace(entry, key=uuid4(), held_on=TODAY + DAY)}
    done = operations.log_sheet(rows, actor=aino, now=NOW)
    again = operations.log_sheet(rows, actor=aino, now=NOW)
    assert (done[1].pk, done[2].code) == (again[1].pk, again[2].code)
    assert done[2].code == "future"
    assert GuidanceSession.objects.filter(supporter=aino).count() == 1
    otherwise = operations.log_sheet({1: replace(rows[1], topics=("b-kela",))}, actor=aino, now=NOW)
    assert otherwise[1].code == "logged-otherwise"
