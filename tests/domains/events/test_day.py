"""The day screen: who comes in, what plain forms do, what a device sends, and how the day is closed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from kilauta.domains.events.models import Arrival, Occurrence, OccurrenceSession, Ticket
from kilauta.domains.events.operations import occurrences
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy.models import Access
from tests import factories
from tests.cast import NOW

from .story import DAY, HOUR, actor, event, first, sign_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]
NUMBERS = ("residents_here", "residents_afar", "supporters_here", "supporters_afar")


@pytest.fixture
def day(demo: None, door: None) -> Occurrence:
    gathering = event(capacity=20, waiting_places=5)
    sign_up(gathering, name="Aino Mallikas")
    sign_up(gathering, persons=3)
    return first(gathering)


@pytest.fixture
def there(day: Occurrence, door: None):
    with time_machine.travel(day.starts_at + HOUR, tick=False):
        yield


def signed_in(role: str, scope: str, *, strict: bool = False) -> Client:
    person = factories.person(f"{role}-{scope[:8]}")
    grant(person, role=role, scope_id=scope, actor=Person.objects.system(), now=NOW)
    client = Client(enforce_csrf_checks=strict)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": NOW.timestamp()}]
    session.save()
    return client


def supporter(day: Occurrence, **more: Any) -> Client:
    return signed_in("supporter", str(day.event.parts.get().organisation_id), **more)


def path(day: Occurrence, page: str = "") -> str:
    return f"/tyopoyta/tapahtumat/{day.event_id}/paiva/{day.pk}/{page}"


def press(client: Client, day: Occurrence, deed: str, **more: str) -> Any:
    """Press a button of the page as it is now, without a script."""
    page = client.get(path(day)).content.decode()
    key = re.search(r'data-day.*?name="key" value="([^"]+)"', page, re.DOTALL)
    assert key
    data = {"key": key[1], "deed": deed, **more}
    return client.post(path(day, "otto/"), data, follow=True)


def send(client: Client, day: Occurrence, *acts: dict[str, str]) -> Any:
    return client.post(path(day, "otto/"), json.dumps({"acts": acts}), content_type="application/json")


def act(deed: str, day: Occurrence, *, after: int = 10, key: str = "", **more: str) -> dict[str, str]:
    at = (day.starts_at + timedelta(minutes=after)).isoformat()
    return {"key": key or str(uuid4()), "at": at, "deed": deed, **more}


@pytest.mark.usefixtures("there")
def test_those_who_hold_it_and_their_coordinator_come_in_and_others_find_nothing(day):
    pages = ("", "lista/", "paperi/", "kirjaa/", "sulje/", "naytto/", "numerot/")
    ours = [supporter(day), signed_in("coordinator", day.event.network_id)]
    others = [
        signed_in("supporter", str(factories.organisation("far").pk)),
        signed_in("coordinator", "kaakko"),
    ]
    for page in pages:
        assert [each.get(path(day, page)).status_code for each in ours] == [200, 200], page
        assert [each.get(path(day, page)).status_code for each in others] == [404, 404], page
    assert [send(each, day, act("count:resident:here", day)).status_code for each in others] == [404, 404]
    # of another event's time nothing is found under this event
    other = first(event())
    assert ours[0].get(path(day).replace(str(day.pk), str(other.pk))).status_code == 404


@pytest.mark.usefixtures("there")
def test_the_day_is_run_by_plain_forms_from_the_first_tick_to_the_closing(day):
    client = supporter(day)
    mine, group = day.event.signups.order_by("turn")
    told = press(client, day, f"tick:{mine.pk}:here").content.decode()
    assert "Aino Mallikas" in told
    press(client, day, f"tick:{group.pk}:here")
    press(client, day, "count:resident:here", age="75-84")
    press(client, day, "count:supporter:here")
    press(client, day, "count:resident:here")
    last = Arrival.objects.filter(role="resident", signup=None, undone_at=None, age="").get()
    press(client, day, f"undo:{last.pk}")
    press(client, day, "handout")
    press(client, day, "number")
    press(client, day, "number", number="9")
    assert "9" in press(client, day, "next").content.decode()
    one = Ticket.objects.get(number=1)
    press(client, day, f"skip:{one.pk}:away")
    press(client, day, f"back:{one.pk}")
    assert sorted(Ticket.objects.values_list("number", "state")) == [(1, "waiting"), (9, "waiting")]
    form = client.get(path(day, "sulje/")).content.decode()
    key = re.search(r'name="form-key" value="([^"]+)"', form)
    assert key
    data = {"form-key": key[1], "came": "together", "handouts": "2"}
    assert client.post(path(day, "sulje/"), data).status_code == 302
    day.refresh_from_db()
    assert [getattr(day, name) for name in NUMBERS] == [5, 0, 1, 0]
    assert (day.closed_as, day.handouts, day.counted_all, day.had_queue) == ("counted", 2, False, False)
    page = press(client, day, "count:resident:here").content.decode()
    assert path(day, "sulje/") in page
    assert Arrival.objects.filter(occurrence=day, undone_at=None).count() == 4


@pytest.mark.usefixtures("there")
def test_the_same_button_of_one_page_pressed_twice_counts_once(day):
    client = supporter(day)
    key = str(uuid4())
    for _n in range(2):
        client.post(path(day, "otto/"), {"key": key, "deed": "count:resident:here"})
    assert Arrival.objects.count() == 1


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    "deed", ["", "tick", "tick:x:here", "count:dog:here", "count:resident:moon", "skip:x:away", "fly", "undo"]
)
def test_what_no_button_says_does_nothing(deed, day):
    client = supporter(day)
    assert client.post(path(day, "otto/"), {"key": str(uuid4()), "deed": deed}).status_code == 302
    answer = send(client, day, act(deed, day), act("handout", day)).json()
    assert [each["state"] for each in answer["answers"]] == ["refused", "done"]
    assert (Arrival.objects.count(), Ticket.objects.count()) == (0, 0)


@pytest.mark.usefixtures("there")
def test_a_bundle_sent_again_and_again_counts_once_and_the_answer_names_nobody(day):
    client = supporter(day)
    mine = day.event.signups.order_by("turn")[0]
    ticket, arrival = str(uuid4()), str(uuid4())
    acts = [
        act(f"tick:{mine.pk}:here", day, key=arrival), act("count:resident:here", day, age="65-74"),
        act("number", day, key=ticket), act(f"next:{ticket}", day), act("handout", day),
        act(f"helped:{ticket}", day), act(f"undo:{arrival}", day),
    ]  # fmt: skip
    one, again = send(client, day, *acts), send(client, day, *acts)
    assert {each["state"] for each in one.json()["answers"]} == {"done"}
    assert {each["state"] for each in again.json()["answers"]} == {"there"}
    assert again.json()["screen"]["handouts"] == 1
    assert list(Arrival.objects.filter(undone_at=None).values_list("age", flat=True)) == ["65-74"]
    assert list(Ticket.objects.values_list("number", "state")) == [(1, "served")]
    assert "Mallikas" not in again.content.decode()
    listed = client.get(path(day, "lista/"))
    assert listed.json()["names"] == {str(mine.pk): "Aino Mallikas"}
    assert [listed["Cache-Control"], client.get(path(day))["Cache-Control"]] == ["no-store"] * 2


@pytest.mark.usefixtures("there")
def test_two_devices_that_tick_the_same_person_count_one(day):
    client = supporter(day)
    mine = day.event.signups.order_by("turn")[0]
    states = [
        send(client, day, act(f"tick:{mine.pk}:here", day)).json()["answers"][0]["state"] for _n in range(2)
    ]
    assert (states, Arrival.objects.count()) == (["done", "there"], 1)


@pytest.mark.usefixtures("there")
def test_a_sign_up_of_another_event_is_ticked_by_nobody(day):
    theirs = sign_up(event(capacity=3)).signup
    answer = send(supporter(day), day, act(f"tick:{theirs.pk}:here", day)).json()["answers"][0]
    assert (answer["state"], Arrival.objects.count()) == ("refused", 0)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("body", ["{", "[]", '{"acts": 3}', '{"acts": [{"key": "1"}]}', "[" * 9000])
def test_what_is_no_bundle_is_refused_with_a_sentence(body, day):
    answer = supporter(day).post(path(day, "otto/"), body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["sentence"])) == (400, True)


@pytest.mark.usefixtures("there")
def test_a_device_needs_the_token_of_the_page(day):
    client = supporter(day, strict=True)
    assert send(client, day, act("handout", day)).status_code == 403
    token = client.get(path(day, "lista/")).json()["token"]
    answer = client.post(
        path(day, "otto/"), json.dumps({"acts": [act("handout", day)]}), content_type="application/json",
        headers={"X-CSRFToken": token},
    )  # fmt: skip
    assert answer.status_code == 200


def test_before_the_day_nothing_is_counted_and_nothing_is_closed(day):
    with time_machine.travel(day.starts_at - DAY, tick=False):
        client = supporter(day)
        answer = send(client, day, act("count:resident:here", day)).json()["answers"][0]
        assert (answer["state"], Arrival.objects.count()) == ("refused", 0)
        assert 'name="came"' not in client.get(path(day, "sulje/")).content.decode()
        client.post(path(day, "sulje/"), {"form-key": "k" * 24, "came": "unknown", "handouts": "0"})
    day.refresh_from_db()
    assert day.closed_at is None


@pytest.mark.usefixtures("there")
def test_a_cancelled_day_counts_nobody(day):
    occurrences.cancel_occurrence(day, actor=actor(), now=day.starts_at + HOUR)
    answer = send(supporter(day), day, act("count:resident:here", day)).json()["answers"][0]
    assert (answer["state"], Arrival.objects.count()) == ("refused", 0)


@pytest.mark.usefixtures("there")
def test_where_the_counter_counted_everybody_nobody_is_counted_twice_and_it_may_be_closed_anew(day):
    client = supporter(day)
    for signup in day.event.signups.all():
        send(client, day, act(f"tick:{signup.pk}:here", day))
    send(client, day, *[act("count:resident:here", day) for _n in range(6)])

    def close(**data: str) -> Any:
        return client.post(path(day, "sulje/"), {"form-key": uuid4().hex, "handouts": "0", **data})

    assert close(came="everybody").status_code == 302
    day.refresh_from_db()
    assert (day.residents_here, day.counted_all) == (6, True)
    assert close(came="together").status_code == 302
    day.refresh_from_db()
    assert (day.residents_here, day.counted_all) == (10, False)
    # another number needs all four
    assert close(came="own", residents_here="7").status_code == 200
    assert close(came="own", **dict.fromkeys(NUMBERS, "7"), had_queue="on").status_code == 302
    day.refresh_from_db()
    assert ([getattr(day, name) for name in NUMBERS], day.had_queue) == ([7] * 4, True)
    assert close(came="unknown").status_code == 302
    day.refresh_from_db()
    assert (day.closed_as, day.residents_here) == ("unknown", None)


@pytest.mark.usefixtures("there")
def test_help_logged_at_the_event_belongs_to_it_once(day):
    client = supporter(day)
    page = client.get(path(day, "kirjaa/")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    before = set(GuidanceSession.objects.values_list("pk", flat=True))
    data = {"key": key[1], "topic": "a-posti", "outcome": "solved"}
    for _n in range(2):
        assert client.post(path(day, "kirjaa/"), data).status_code == 302
    made = GuidanceSession.objects.exclude(pk__in=before).get()
    assert OccurrenceSession.objects.get(session=made).occurrence == day
    assert (made.place_id, made.outcome, made.topic_codes) == (day.event.place_id, "solved", "a-posti")


@pytest.mark.usefixtures("there")
def test_names_shown_leave_a_trace_and_the_wall_has_none(day):
    client = supporter(day)
    signups = {str(each.pk) for each in day.event.signups.all()}
    for page, what in (("", "seen"), ("paperi/", "printed")):
        Access.objects.all().delete()
        assert "Aino Mallikas" in client.get(path(day, page)).content.decode()
        assert set(Access.objects.values_list("subject_id", "what")) == {(each, what) for each in signups}
    for page in ("naytto/", "numerot/"):
        assert "Mallikas" not in client.get(path(day, page)).content.decode()
    shell = client.get("/tyopoyta/tapahtumat/paiva/").content.decode()
    assert ("Mallikas" in shell, day.event.name_fi in shell, "csrfmiddlewaretoken" in shell) == (False,) * 3


@pytest.mark.usefixtures("there")
def test_the_wall_shows_the_newest_call_largest_and_the_paper_has_as_many_numbers_as_asked(day):
    client = supporter(day)
    other = signed_in("coordinator", day.event.network_id)
    send(client, day, act("number", day), act("number", day, after=11), act("next", day, after=20))
    send(other, day, act("next", day, after=21))
    page = client.get(path(day, "naytto/")).content.decode()
    assert re.search(r'class="queue-now">2<.*class="queue-before"><li>1<', page, re.DOTALL)
    for asked, number in (("90", 90), ("0", 1), ("99999", 300), ("x", 60)):
        page = client.get(path(day, f"numerot/?montako={asked}")).content.decode()
        assert len(re.findall(r"<li>\d+</li>", page)) == number, asked


@pytest.mark.usefixtures("there")
def test_the_screen_asks_the_same_number_of_questions_for_any_crowd(day, django_assert_max_num_queries):
    client = supporter(day)
    for _n in range(10):
        sign_up(day.event, now=NOW)
    send(client, day, *[act("number", day) for _n in range(20)])
    with django_assert_max_num_queries(26):
        client.get(path(day))
