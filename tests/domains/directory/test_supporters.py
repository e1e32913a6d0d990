"""What a person helps with: told by the person, or by whoever edits the organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kilauta.domains.directory.models import Organisation, Supporter
from kilauta.domains.directory.operations.supporting import Support, end_support, set_support
from kilauta.domains.directory.queries import supporting as queries
from kilauta.kit.access.operations import grant
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from tests.cast import NOW
from tests.domains.directory.keeping import person
from tests.domains.directory.owning import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

TODAY = NOW.date()


def body(key="kajaani-kirjasto"):
    return Organisation.objects.get(source="kilauta", external_id=key)


def worker(name, *, role="supporter", of=None):
    made = person(name)
    grant(made, role=role, scope_id=str((of or body()).pk), actor=Person.objects.system(), now=NOW)
    return made


def test_what_is_told_is_held_once_and_changed_in_place():
    pia = worker("pia")
    held = set_support(
        pia, Support("trainee", ["a-laite"], ["phone"], ["205"]), organisation=body(), actor=pia, now=NOW
    )
    again = set_support(
        pia, Support("staff", [], ["remote", "phone"]), organisation=body(), actor=pia, now=NOW
    )
    assert held.pk == again.pk
    assert (again.given_by, again.modes, again.topics.count(), again.area.count()) == (
        "staff",
        ["phone", "remote"],
        0,
        0,
    )


def test_only_volunteers_are_neighbours():
    pia = worker("pia")
    with pytest.raises(Refused) as refused:
        set_support(pia, Support("staff", [], ["neighbour"]), organisation=body(), actor=pia, now=NOW)
    assert (refused.value.code, Supporter.objects.filter(person=pia).count()) == ("not-a-neighbour", 0)
    set_support(pia, Support("volunteer", [], ["neighbour"]), organisation=body(), actor=pia, now=NOW)
    assert queries.current(TODAY).filter(person=pia).count() == 1


def test_it_ends_and_may_begin_again():
    pia, later = worker("pia"), NOW + timedelta(days=3)
    held = set_support(pia, Support(), organisation=body(), actor=pia, now=NOW)
    end_support(held, actor=pia, now=later)
    assert queries.current(TODAY).filter(person=pia).exists()
    assert not queries.current(later.date()).filter(person=pia).exists()
    again = set_support(pia, Support(), organisation=body(), actor=pia, now=later + timedelta(days=1))
    assert (again.starts_on, again.ends_on) == ((later + timedelta(days=1)).date(), None)


def test_what_ends_on_its_first_day_leaves_nothing():
    pia = worker("pia")
    end_support(set_support(pia, Support(), organisation=body(), actor=pia, now=NOW), actor=pia, now=NOW)
    assert Supporter.objects.filter(person=pia).count() == 0


@pytest.mark.parametrize("wrong", [{"given_by": "robot"}, {"ends_on": TODAY - timedelta(days=1)}])
def test_the_database_holds_what_a_supporter_is(wrong):
    pia = worker("pia")
    held = set_support(pia, Support(), organisation=body(), actor=pia, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Supporter.objects.filter(pk=held.pk).update(**wrong)


def test_a_supporter_tells_it_on_a_page():
    pia = worker("pia")
    client, at = client_of(pia), reverse("directory:support", args=[body().pk])
    assert client.get("/tyopoyta/tuki/")["Location"] == at
    assert client.get(at).status_code == 200
    client.post(
        at, {"given_by": "volunteer", "modes": ["phone"], "topics": ["a-laite", "b-kela"], "area": ["205"]}
    )
    held = Supporter.objects.get(person=pia)
    assert (held.given_by, held.modes, held.topics.count()) == ("volunteer", ["phone"], 2)
    client.post(at, {"do": "end"})
    assert Supporter.objects.filter(person=pia).count() == 0


def test_an_editor_tells_it_for_the_people_of_the_organisation_and_for_no_others():
    editor, pia = worker("essi", role="provider-editor"), worker("pia")
    stranger = worker("sirpa", of=body("sotkamo-kirjasto"))
    client = client_of(editor)
    assert "pia" in client.get(reverse("directory:supporters", args=[body().pk])).content.decode().lower()
    client.post(
        reverse("directory:support-of", args=[body().pk, pia.pk]), {"given_by": "staff", "modes": ["remote"]}
    )
    assert Supporter.objects.get(person=pia).modes == ["remote"]
    assert client.get(reverse("directory:support-of", args=[body().pk, stranger.pk])).status_code == 404
    theirs = body("sotkamo-kirjasto").pk
    assert client.get(reverse("directory:supporters", args=[theirs])).status_code == 404
    assert client.get(reverse("directory:support", args=[theirs])).status_code == 404
