"""The walls: what the database itself refuses, whoever writes. One case for each constraint of the directory."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint

from kilauta.domains.directory.models import (
    Apart,
    Channel,
    EService,
    ExternalLink,
    Follow,
    MonthlyEntry,
    Notice,
    OpeningRule,
    Organisation,
    OrganisationIdentifier,
    OrganisationRole,
    Place,
    Planning,
    Proposal,
    RoutingRule,
    Service,
    ServiceLanguage,
    ServiceRole,
    StaffNote,
    Supporter,
    Topic,
    Verification,
    VerificationClock,
)
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from tests.kit.exchange_story import NOW, load, reference, rows, write

pytestmark = pytest.mark.django_db


VERIFIED = {"organisation": "kunta", "place": "talo", "service": "tuki", "channel": "neuvo-kotiin"}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """The good rows and a second one where two are needed; made once, and gone after the last of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell(tmp_path_factory.mktemp("story"))
        yield
        transaction.set_rollback(True)


def tell(folder):
    reference()
    extra = {
        "eservices": [{**rows()["eservices"][0], "id": "toinen"}],
        "links": [
            {**rows()["links"][0], "url": "https://example.fi/"},
            {**rows()["links"][0], "thing_kind": "organisation", "thing": "kunta"},
            {**rows()["links"][0], "thing_kind": "organisation", "thing": "kunta", "kind": "map"},
        ],
        "service_roles": [{**rows()["service_roles"][0], "role": "producer"}],
        "organisation_roles": [{**rows()["organisation_roles"][0], "role": "steering"}],
        "verifications": [
            {**rows()["verifications"][0], "thing_kind": kind, "thing": thing, "group": "hours", "verified_on": day}
            for kind, thing in VERIFIED.items()
            for day in ("2026-10-02", "2026-10-03")
        ],
    }  # fmt: skip
    assert load(write(folder, rows(**extra))).problems == []
    RoutingRule.objects.create(id="s", topic=Topic.objects.get(code="a-laite"), prefer="bank")
    kept()


def kept():
    """What comes of keeping the entries: clocks, notices, plans, proposals, pairs told apart."""
    kunta, talo = Organisation.objects.get(external_id="kunta"), Place.objects.get(external_id="talo")
    for group in ("hours", "contacts"):
        VerificationClock.objects.create(network=Network.objects.get(), group=group, days=30)
    for name in ("aila", "berit"):
        person = Person.objects.create(email=f"{name}@kunta.example")
        Supporter.objects.create(person=person, organisation=kunta, starts_on="2026-11-01")
        watched = {"network": Network.objects.get(), "service": Service.objects.earliest("external_id")}
        Follow.objects.create(person=person, told_at=NOW, **watched)
    StaffNote.objects.create(text="Soita kahdesti", written_at=NOW, **watched)
    Notice.objects.create(place=talo, from_on="2026-12-01", until_on="2026-12-02", text_fi="Kiinni")
    for kind in ("resources", "problems"):
        Planning.objects.create(organisation=kunta, kind=kind, text="x", updated_at=NOW)
    for number in (2, 3):
        Apart.objects.create(kind="place", first=UUID(int=1), second=UUID(int=number))
    for entry in ("a", "b"):
        about = {"month": "2026-11-01", "kind": "place", "entry": entry, "values": {}}
        MonthlyEntry.objects.create(network=Network.objects.get(), **about)
    Proposal.objects.create(kind="claim", entry_kind="organisation", entry_id=kunta.pk, made_at=NOW)


def one(model, **which):
    """Return a queryset of one row, for an update past every operation."""
    return model.objects.filter(pk=model.objects.filter(**which).order_by("pk").first().pk)


def place_of(queryset):
    return {"place_id": Place.objects.get(external_id="talo").pk}


def other(row):
    """Return the key of another thing of the same kind."""
    return row.model.objects.exclude(pk=row.get().pk).order_by("pk").first().pk


def entry_cases(label, model, first, second):
    return {
        f"{label}_once_per_source": (model, {"external_id": second}, {"external_id": first}),
        f"{label}_state_known": (model, {"external_id": first}, {"state": "hidden"}),
    }


WALK, PHONE, HOME = ({"external_id": name} for name in ("tuki-talo", "tuki-puhelin", "neuvo-kotiin"))
TALO, SATURDAY, EXCEPTION = ({"external_id": name} for name in ("talo-1", "talo-2", "verkko-1"))

# which row of which model, and the change it must not take; a function gives a change that needs the database
CASES = {
    **entry_cases("organisation", Organisation, "kunta", "kirjasto"),
    **entry_cases("place", Place, "talo", "tupa"),
    **entry_cases("eservice", EService, "asiointi", "toinen"),
    **entry_cases("service", Service, "tuki", "neuvo"),
    **entry_cases("channel", Channel, "tuki-talo", "tuki-puhelin"),
    "organisation_is_not_its_own_parent": (Organisation, {}, lambda row: {"parent_id": row.get().pk}),
    "organisation_kind_known": (Organisation, {}, {"kind": "cafe"}),
    "identifier_names_one_organisation": (OrganisationIdentifier, {"source": "y"}, {"source": "ptv", "value": "abc-1"}),
    "organisation_role_once": (OrganisationRole, {"role": "steering"}, {"role": "member"}),
    "organisation_role_known": (OrganisationRole, {}, {"role": "boss"}),
    "place_in_finland": (Place, {"external_id": "talo"}, {"lat": None}),
    "place_kind_known": (Place, {}, {"kind": "cafe"}),
    "place_connection_known": (Place, {}, {"connection": "superb"}),
    "link_has_one_thing": (ExternalLink, {}, {"organisation_id": None, "service_id": None}),
    "link_kind_known": (ExternalLink, {}, {"kind": "blog"}),
    "organisation_linked_once": (ExternalLink, {"kind": "map"}, {"kind": "ptv"}),
    "service_linked_once": (ExternalLink, {"url": "https://example.fi/"}, {"url": "https://www.suomi.fi/tuki"}),
    "service_depth_known": (Service, {}, {"depth": "deep"}),
    "service_fee_known": (Service, {}, {"fee": "cheap"}),
    "service_language_once": (ServiceLanguage, {"language": "sv"}, {"language": "fi"}),
    "service_language_known": (ServiceLanguage, {}, {"language": "xx"}),
    "service_role_once": (ServiceRole, {"role": "producer"}, {"role": "funder"}),
    "service_role_known": (ServiceRole, {}, {"role": "boss"}),
    "channel_mode_known": (Channel, HOME, {"mode": "pigeon"}),
    "channel_given_by_known": (Channel, WALK, {"given_by": "robots"}),
    "channel_intake_known": (Channel, WALK, {"intake": "maybe"}),
    "visit_needs_a_place": (Channel, WALK, {"place_id": None, "hours_of_place": False}),
    "channel_can_be_reached": (Channel, PHONE, {"phone": "", "url": "https://example.fi/"}),
    "hours_of_place_needs_a_place": (Channel, PHONE, {"hours_of_place": True}),
    "closed_until_follows_closed_from": (Channel, HOME, {"closed_from": "2026-12-02"}),
    "full_until_only_when_full": (Channel, HOME, {"intake": "open"}),
    "rule_prefers_a_known_route": (RoutingRule, {}, {"prefer": "oracle"}),
    "rule_falls_back_on_a_known_route": (RoutingRule, {}, {"fallback": "oracle"}),
    "hours_once_per_source": (OpeningRule, SATURDAY, {"external_id": "talo-1"}),
    "hours_have_one_owner": (OpeningRule, EXCEPTION, place_of),
    "hours_state_known": (OpeningRule, TALO, {"state": "ajar"}),
    "hours_weeks_known": (OpeningRule, TALO, {"weeks": "some"}),
    "hours_have_both_times_or_none": (OpeningRule, TALO, {"closes": None}),
    "open_hours_have_times": (OpeningRule, TALO, {"opens": None, "closes": None}),
    "hours_nth_has_weekdays": (OpeningRule, SATURDAY, {"weekdays": ""}),
    "exceptional_hours_have_days": (OpeningRule, EXCEPTION, {"valid_from": None, "valid_to": None}),
    "hours_holiday_known": (OpeningRule, TALO, {"holiday": "birthday"}),
    "hours_nth_known": (OpeningRule, SATURDAY, {"nth": 6}),
    "hours_end_after_they_begin": (OpeningRule, EXCEPTION, {"valid_to": "2026-12-23"}),
    "verification_has_one_thing": (Verification, {"organisation__isnull": False}, place_of),
    "verification_group_known": (Verification, {}, {"group": "mood"}),
    "verification_method_known": (Verification, {}, {"method": "guess"}),
    "verification_due_after_it_was_made": (Verification, {}, {"due_on": "2020-01-01"}),
    **{
        f"{thing}_verified_once_a_day": (
            Verification,
            {f"{thing}__isnull": False, "verified_on": "2026-10-03"},
            {"verified_on": "2026-10-02"},
        )
        for thing in ("organisation", "place", "service", "channel")
    },
    **{
        f"{model.__name__.lower()}_merged_is_withdrawn": (model, {}, lambda row: {"merged_into_id": other(row), "state": "published"})
        for model in (Organisation, Place, EService, Service)
    },
    "clock_once_per_network": (VerificationClock, {"group": "hours"}, {"group": "contacts"}),
    "clock_group_known": (VerificationClock, {}, {"group": "mood"}),
    "clock_is_sensible": (VerificationClock, {}, {"days": 1}),
    "supporter_once": (Supporter, {"person__email": "aila@kunta.example"}, lambda _row: {"person_id": Person.objects.get(email="berit@kunta.example").pk}),
    "service_followed_once": (Follow, {"person__email": "aila@kunta.example"}, lambda _row: {"person_id": Person.objects.get(email="berit@kunta.example").pk}),
    "staff_note_says_something": (StaffNote, {}, {"text": ""}),
    "supporter_kind_known": (Supporter, {}, {"given_by": "both"}),
    "supporter_ends_after_start": (Supporter, {}, {"ends_on": "2026-11-01"}),
    "monthly_entry_once": (MonthlyEntry, {"entry": "b"}, {"entry": "a"}),
    "notice_has_one_thing": (Notice, {}, {"place_id": None}),
    "notice_ends_after_it_begins": (Notice, {}, {"until_on": "2026-11-30"}),
    "planning_once": (Planning, {"kind": "problems"}, {"kind": "resources"}),
    "planning_kind_known": (Planning, {}, {"kind": "dreams"}),
    "apart_once": (Apart, {"second": UUID(int=3)}, {"second": UUID(int=2)}),
    "apart_in_order": (Apart, {}, {"first": UUID(int=9)}),
    "apart_kind_known": (Apart, {}, {"kind": "topic"}),
    "proposal_kind_known": (Proposal, {}, {"kind": "wish"}),
    "proposal_entry_kind_known": (Proposal, {}, {"entry_kind": "topic"}),
    "proposal_state_known": (Proposal, {}, {"state": "lost", "handled_at": NOW}),
    "proposal_handled_at_a_time": (Proposal, {}, {"state": "accepted"}),
    "proposal_names_its_entry": (Proposal, {}, {"entry_id": None}),
}  # fmt: skip


def test_every_constraint_has_a_case():
    models = apps.get_app_config("directory").get_models()
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name, story):
    model, which, change = CASES[name]
    row = one(model, **which)
    constraint = next(each for each in model._meta.constraints if each.name == name)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.update(**(change(row) if callable(change) else change))
    # a unique index is told by its columns on one database and by its name on the other
    assert name in str(refused.value) or not isinstance(constraint, CheckConstraint)


@pytest.mark.parametrize("model", [Organisation, Place, EService, Service])
def test_a_short_id_is_the_address_of_one_thing(model, story):
    first, second = model.objects.order_by("pk")[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=second.pk).update(short_id=first.short_id)
