"""A request for help: made, offered to whom it fits, taken by one, given back, passed on, closed, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kilauta.domains.guidance.logic.requests import promised_by
from kilauta.domains.guidance.logic.routing import Forbidden, Helper, Wanted, serves
from kilauta.domains.guidance.models import GuidanceSession, HelpRequest
from kilauta.domains.guidance.operations import requests as operations
from kilauta.domains.guidance.queries import requests as queries
from kilauta.domains.territory.models import Network
from kilauta.kit.audit.recording import history
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local
from tests.cast import NOW, tells_number
from tests.domains.guidance.asking import (
    KUHMO,
    body,
    coordinator,
    helper,
    offer_of,
    queue_of,
    request,
    waiting_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DAY = timedelta(days=1)
LINK = "https://digituki.example/tyopoyta/pyynnot/"


def taken(person, made, *, now=NOW):
    return operations.take(offer_of(person, made, now=now), actor=person, now=now)


# What is promised


@pytest.mark.parametrize(
    ("asked_at", "days", "due"),
    [
        # a Tuesday at eleven: Wednesday at eleven
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), 1, "2026-11-25 11:00"),
        # a Friday: Monday; a Saturday: by the end of Monday
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), 1, "2026-11-30 11:00"),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), 1, "2026-11-30 16:00"),
        # the day before Christmas Eve: 24, 25 (Fri), weekend are off
        (datetime(2026, 12, 23, 9, 0, tzinfo=UTC), 1, "2026-12-28 11:00"),
        # Maundy Thursday 2026: Friday to Monday are off
        (datetime(2026, 4, 2, 9, 0, tzinfo=UTC), 1, "2026-04-07 12:00"),
        # before Ascension Day, a Thursday, three days on
        (datetime(2026, 5, 13, 9, 0, tzinfo=UTC), 3, "2026-05-19 12:00"),
        # over the night when clocks are turned the wall time stays
        (datetime(2026, 3, 27, 9, 0, tzinfo=UTC), 1, "2026-03-30 11:00"),
    ],
)
def test_a_promise_counts_the_working_days_of_finland(asked_at, days, due):
    assert f"{local(promised_by(asked_at, days)):%Y-%m-%d %H:%M}" == due


def test_a_network_may_promise_more_days():
    assert queries.promise("kainuu") == 1
    operations.set_promise("kainuu", working_days=3, actor=coordinator("carl"), now=NOW)
    assert (queries.promise("kainuu"), queries.promise("kaakko")) == (3, 1)
    assert f"{local(request().due_at):%Y-%m-%d %H:%M}" == "2026-11-27 11:00"


# Whom it fits


@pytest.mark.parametrize(
    ("helper_", "wanted", "fits"),
    [
        (Helper(frozenset(), frozenset(), frozenset()), Wanted(frozenset({"t"}), "phone", frozenset({"1"})), True),
        (Helper(frozenset({"t"}), frozenset({"phone"}), frozenset({"1"})), Wanted(frozenset({"t", "u"}), "phone", frozenset({"1"})), True),
        (Helper(frozenset({"v"}), frozenset(), frozenset()), Wanted(frozenset({"t"}), "", frozenset({"1"})), False),
        (Helper(frozenset(), frozenset({"remote"}), frozenset()), Wanted(frozenset(), "phone", frozenset({"1"})), False),
        (Helper(frozenset(), frozenset({"walk-in"}), frozenset()), Wanted(frozenset(), "booked-visit", frozenset({"1"})), True),
        (Helper(frozenset(), frozenset(), frozenset({"2"})), Wanted(frozenset(), "", frozenset({"1"})), False),
        (Helper(frozenset({"t"}), frozenset(), frozenset({"2"})), Wanted(frozenset(), "", frozenset({"1", "2"})), True),
    ],
)  # fmt: skip
def test_a_helper_fits_by_topic_way_and_place(helper_, wanted, fits):
    assert serves(helper_, wanted) is fits


def test_a_rule_keeps_kinds_and_limits_away():
    anybody = Wanted(frozenset(), "", frozenset())
    shop = Helper(
        frozenset(), frozenset(), frozenset(), kinds=frozenset({"company"}), limits=frozenset({"no-bank"})
    )
    assert serves(shop, anybody, Forbidden())
    assert not serves(shop, anybody, Forbidden(kinds=frozenset({"company"})))
    assert not serves(shop, anybody, Forbidden(limits=frozenset({"no-bank"})))


def test_a_supporter_is_offered_what_they_help_with():
    phones = helper("pia", given_by="staff", topics=["a-laite"], modes=["phone"], area=["205"])
    made = request()
    assert waiting_for(phones) == [made]
    offered = offer_of(phones, made)
    assert (offered.organisation, offered.given_by, offered.is_directed) == (body(), "staff", False)


def test_whoever_works_where_a_channel_serves_it_is_offered_it_too():
    library = helper("lotta")
    assert waiting_for(library) == []
    made = request(mode="booked-visit")
    assert waiting_for(library) == [made]
    assert offer_of(library, made).given_by == "staff"


def test_nobody_is_offered_what_waits_in_another_network_or_is_far_away():
    library = helper("lotta")
    request(network="kaakko", municipality="142", mode="booked-visit")
    assert waiting_for(library) == []
    request(municipality=KUHMO, mode="home-visit")
    assert waiting_for(library) == []


def test_a_neighbour_is_asked_among_the_volunteers_of_the_area_and_told_without_a_word_of_who():
    village = body("hiisijarvi-kylayhdistys")
    near = helper("vilma", village, given_by="volunteer", area=[KUHMO])
    far = helper("ville", village, given_by="volunteer", area=["105"])
    paid = helper("paavo", village, given_by="staff", area=[KUHMO])
    before = set(Message.objects.values_list("pk", flat=True))
    made = request(municipality=KUHMO, mode="neighbour", topic="", group="puhelin")
    assert offer_of(near, made).given_by == "volunteer"
    assert offer_of(far, made) is None
    told = Message.objects.exclude(pk__in=before).filter(kind="guidance/neighbour")
    assert near.email in told.values_list("address", flat=True)
    assert not {far.email, paid.email} & set(told.values_list("address", flat=True))
    assert not any(tells_number(f"{each.subject}{each.body}", "0132") for each in told)
    assert made.number not in "".join(each.body for each in told)


def test_what_nobody_can_name_waits_for_anybody():
    phones = helper("pia", given_by="staff", topics=["a-laite"], modes=["phone"], area=["205"])
    made = request(topic="", group="muu")
    assert waiting_for(phones) == [made]


# Asking


def test_who_left_a_mail_address_gets_the_link_by_mail_and_secretly():
    made = request(contact="aino@posti.example", lang="sv")
    message = Message.objects.get(about=f"guidance.helprequest:{made.pk}")
    assert (message.address, message.lang, message.secret) == ("aino@posti.example", "sv", True)
    assert f"/tukipyynto/oma/{made.pk}/" in message.body
    assert made.number in message.body
    assert "aino" not in message.subject


@pytest.mark.parametrize(("contact", "only_by"), [("050 555 0132", "call"), ("050 555 0132", "")])
def test_nobody_is_written_to_who_wishes_to_be_rung_or_where_no_texts_are_sent(contact, only_by):
    made = request(contact=contact, only_by=only_by)
    assert not Message.objects.filter(about=f"guidance.helprequest:{made.pk}").exists()


def test_texts_are_sent_where_there_is_a_gateway(settings):
    settings.DEMO = True
    made = request(only_by="sms")
    assert Message.objects.get(about=f"guidance.helprequest:{made.pk}").channel == "sms"
    assert not Message.objects.filter(about=f"guidance.helprequest:{request(only_by='call').pk}").exists()


def test_a_request_needs_a_contact_and_no_identity_number():
    for contact, code in (("", "no-contact"), ("131052-308T", "identity-number")):
        with pytest.raises(Refused) as refused:
            request(contact=contact)
        assert (refused.value.code, refused.value.field) == (code, "contact")
    assert HelpRequest.objects.filter(contact__contains="131052").count() == 0


def test_the_same_number_asks_five_times_a_day_however_it_is_written():
    for contact in ("050 555 0777", "0505550777", "+358 50 555 0777", "050-5550777", "050 555 0777"):
        request(contact=contact)
    with pytest.raises(Refused) as refused:
        request(contact="050 5550777")
    assert refused.value.code == "too-many"
    assert request(contact="050 555 0777", now=NOW + DAY).state == "waiting"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "taken"},
        {"state": "closed"},
        {"reason": "helped"},
        {"mode": "chat"},
        {"wanted": "never"},
        {"whose": "x"},
        {"only_by": "fax"},
        {"made_by": "robot"},
        {"lang": "de"},
        {"group_id": "puhelin"},
        {"taken_at": NOW},
    ],
)
def test_the_database_holds_what_a_request_is(wrong):
    made = request()
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=made.pk).update(**wrong)


# Taking


def test_who_takes_it_has_it_alone():
    first, second = helper("pia"), helper("rasmus")
    made = request(mode="booked-visit")
    offers = offer_of(first, made), offer_of(second, made)
    held = operations.take(offers[0], actor=first, now=NOW)
    assert (held.state, held.taker, held.organisation, held.given_by) == ("taken", first, body(), "staff")
    with pytest.raises(Refused) as refused:
        operations.take(offers[1], actor=second, now=NOW)
    assert refused.value.code == "taken"
    assert operations.take(offers[0], actor=first, now=NOW + DAY).taken_at == NOW
    assert [waiting_for(each) for each in (first, second)] == [[], []]
    assert [list(queue_of(each).mine) for each in (first, second)] == [[made], []]
    assert [each.verb for each in history("guidance.HelpRequest", made.pk)] == ["taken", "asked"]


def test_it_can_be_given_back_and_waits_for_all_again():
    first, second = helper("pia"), helper("rasmus")
    made = request(mode="booked-visit")
    held = operations.give_back(taken(first, made), actor=first, now=NOW)
    assert (held.state, held.taker, held.due_at) == ("waiting", None, made.due_at)
    assert waiting_for(second) == [made]
    with pytest.raises(Refused) as refused:
        operations.give_back(held, actor=first, now=NOW)
    assert refused.value.code == "not-yours"


def test_it_can_be_passed_on_to_one_person_who_is_told():
    first, second, third = helper("pia"), helper("rasmus"), helper("tove")
    made = request(mode="booked-visit")
    operations.pass_on(
        taken(first, made), person=second, organisation=body(), office=LINK, actor=first, now=NOW
    )
    assert [waiting_for(each) for each in (first, second, third)] == [[], [made], []]
    assert offer_of(second, made).is_directed
    message = Message.objects.get(kind="guidance/passed_on")
    assert (message.address, LINK in message.body, tells_number(message.body, "0132")) == (
        second.email,
        True,
        False,
    )
    taken(second, made)
    assert Message.objects.get(pk=message.pk).state == "cancelled"


def test_it_can_be_passed_on_to_an_organisation():
    first, there = helper("pia"), helper("sirpa", body("sotkamo-kirjasto"))
    made = request(mode="booked-visit")
    operations.pass_on(
        taken(first, made), organisation=body("sotkamo-kirjasto"), office=LINK, actor=first, now=NOW
    )
    assert (waiting_for(there), waiting_for(first)) == ([made], [])
    with pytest.raises(Refused) as refused:
        operations.pass_on(taken(there, made), office=LINK, actor=there, now=NOW)
    assert (refused.value.code, refused.value.field) == ("nobody", "whom")


def test_helped_makes_the_entry_of_the_log_once():
    first = helper("pia", given_by="volunteer")
    made = request(mode="booked-visit")
    held = taken(first, made)
    closed = operations.close(held, reason="helped", actor=first, now=NOW + DAY)
    again = operations.close(held, reason="helped", actor=first, now=NOW + DAY)
    session = GuidanceSession.objects.get(pk=closed.session_id)
    assert again.session_id == session.pk
    assert (session.way, session.mode, session.given_by, session.supporter) == (
        "request",
        "booked-visit",
        "volunteer",
        first,
    )
    assert (session.organisation, session.network_id, session.municipality_id) == (body(), "kainuu", "205")
    assert (session.outcome, str(session.held_on)) == ("not-recorded", "2026-11-25")
    assert [each.pk for each in session.topics.all()] == ["a-laite"]
    assert (closed.state, closed.reason, closed.closed_at) == ("closed", "helped", NOW + DAY)


@pytest.mark.parametrize("reason", ["referred", "no-answer", "not-ours", "could-not"])
def test_other_reasons_make_no_entry(reason):
    first = helper("pia")
    closed = operations.close(taken(first, request(mode="booked-visit")), reason=reason, actor=first, now=NOW)
    assert (closed.reason, closed.session_id, GuidanceSession.objects.filter(key=closed.pk).count()) == (
        reason,
        None,
        0,
    )


def test_only_who_has_it_closes_it_and_for_a_known_reason():
    first, second = helper("pia"), helper("rasmus")
    held = taken(first, request(mode="booked-visit"))
    for actor, reason, code in ((second, "helped", "not-yours"), (first, "withdrawn", "no-reason")):
        with pytest.raises(Refused) as refused:
            operations.close(held, reason=reason, actor=actor, now=NOW)
        assert refused.value.code == code


def test_whoever_asked_takes_it_back_also_when_somebody_has_it():
    first = helper("pia")
    made = request(mode="booked-visit", contact="aino@posti.example")
    held = taken(first, made)
    assert operations.withdraw(held, actor=None, now=NOW).reason == "withdrawn"
    assert operations.withdraw(held, actor=None, now=NOW + DAY).closed_at == NOW
    assert list(queue_of(first).mine) == []
    assert set(Message.objects.filter(about__endswith=str(made.pk)).values_list("state", flat=True)) == {
        "cancelled"
    }
    with pytest.raises(Refused) as refused:
        operations.close(held, reason="helped", actor=first, now=NOW)
    assert refused.value.code == "closed"


# The coordinator


def test_what_nobody_takes_in_time_rises_once_to_the_coordinator():
    network = Network.objects.get(pk="kainuu")
    network.email = "digituki@kainuu.example"
    network.save()
    HelpRequest.objects.all().delete()
    made = request(mode="home-visit", municipality=KUHMO)
    times = NOW, NOW + DAY - timedelta(minutes=1), NOW + DAY
    assert [queries.late_in("kainuu", now=at) for at in times] == [0, 0, 1]
    late, _others = queries.of_office("kainuu", now=NOW + DAY)
    assert late == [made]
    raised = [operations.raise_late(network, office=LINK, now=NOW + DAY) for _time in range(2)]
    assert raised == [1, 0]
    message = Message.objects.get(kind="guidance/late")
    assert (message.address, tells_number(message.body, "0132"), made.number in message.body) == (
        network.email,
        False,
        False,
    )


def test_the_coordinator_gives_it_to_somebody_also_when_another_has_it():
    carl, first, second = (
        coordinator("carl"),
        helper("pia", modes=["booked-visit"]),
        helper("rasmus", modes=["phone"]),
    )
    made = request(mode="booked-visit")
    assert [
        person for person, _body in queries.takers(made, day=NOW.date()) if person in (first, second)
    ] == [first, second]
    held = taken(first, made)
    operations.assign(held, person=second, organisation=body(), office=LINK, actor=carl, now=NOW)
    assert (waiting_for(second), list(queue_of(first).mine)) == ([made], [])


# The end


def test_the_contact_goes_a_week_after_the_end_and_the_fact_stays():
    first = helper("pia")
    made = request(mode="booked-visit")
    operations.close(taken(first, made), reason="helped", actor=first, now=NOW)
    figures = queries.requests_by_month("kainuu")
    retention.run_retention(now=NOW + 7 * DAY - timedelta(minutes=1))
    assert HelpRequest.objects.get(pk=made.pk).contact == "050 555 0132"
    for days in (8, 31, 91, 400):
        retention.run_retention(now=NOW + days * DAY)
        held = HelpRequest.objects.get(pk=made.pk)
        assert (held.contact, held.number, held.reason, held.mode) == (
            "",
            made.number,
            "helped",
            "booked-visit",
        )
    assert queries.requests_by_month("kainuu") == figures


def test_what_is_left_lying_for_sixty_days_is_closed_so_that_the_contact_goes_too():
    made = request()
    operations.close_forgotten(now=NOW + 59 * DAY)
    assert HelpRequest.objects.get(pk=made.pk).state == "waiting"
    operations.close_forgotten(now=NOW + 60 * DAY)
    assert HelpRequest.objects.get(pk=made.pk).reason == "forgotten"
    assert operations.close_forgotten(now=NOW + 60 * DAY) == 0
