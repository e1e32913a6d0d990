"""The record of changes: what was before and after, who did it, and nothing of what must be forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kilauta.domains.directory.models import Organisation
from kilauta.domains.territory.models import Region
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import history, plain, record, together
from kilauta.kit.exchange.saving import save
from tests.kit.exchange_story import NOW, load, reference, rows, system, write

pytestmark = pytest.mark.django_db


def test_a_change_says_who_when_what_was_and_what_is() -> None:
    region = Region.objects.create(code="18", name_fi="Kainuu")
    record(
        region,
        "changed",
        actor=system(),
        now=NOW,
        values={"name_fi": ("Kai", "Kainuu")},
        note="kirjoitusvirhe",
    )
    (change,) = history("territory.Region", "18")
    told = (change.at, change.actor, change.verb, change.values, change.note)
    assert told == (NOW, system(), "changed", {"name_fi": ["Kai", "Kainuu"]}, "kirjoitusvirhe")


def test_the_newest_change_comes_first_and_other_things_keep_theirs() -> None:
    region, other = (Region.objects.create(code=code, name_fi=code) for code in ("18", "08"))
    for days, thing in enumerate((region, other, region)):
        record(thing, "changed", actor=None, now=NOW + timedelta(days=days))
    assert [change.at for change in history("territory.Region", "18")] == [NOW + timedelta(days=2), NOW]


def test_of_a_field_about_a_person_only_that_it_changed_is_kept() -> None:
    person = Person.objects.create(email="aino@kirjasto.example", name="Aino")
    values = {"email": ("aino@kirjasto.example", "uusi@kirjasto.example"), "is_active": (True, False)}
    change = record(person, "changed", actor=person, now=NOW, values=values)
    assert Change.objects.get().values == {"email": "changed", "is_active": [True, False]}
    assert change.values["email"] == "changed"


def test_the_history_of_one_who_is_gone_stays_and_names_nobody() -> None:
    person = Person.objects.create(email="aino@kirjasto.example", name="Aino")
    record(Region.objects.create(code="18", name_fi="K"), "changed", actor=person, now=NOW)
    person.delete()
    assert Change.objects.get().actor is None


def test_changes_made_together_are_written_at_once(django_assert_num_queries) -> None:
    region, actor = Region.objects.create(code="18", name_fi="K"), system()
    with django_assert_num_queries(1), together():
        for _ in range(20):
            record(region, "changed", actor=actor, now=NOW)
    assert Change.objects.count() == 20


def test_of_a_block_that_fails_nothing_is_remembered_and_of_those_around_it_everything() -> None:
    region = Region.objects.create(code="18", name_fi="K")
    with together():
        record(region, "before", actor=None, now=NOW)
        with pytest.raises(RuntimeError), together():
            record(region, "within", actor=None, now=NOW)
            raise RuntimeError
        with together():
            record(region, "after", actor=None, now=NOW)
    assert sorted(Change.objects.values_list("verb", flat=True)) == ["after", "before"]
    record(region, "alone", actor=None, now=NOW)
    assert Change.objects.count() == 3


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (date(2026, 11, 24), "2026-11-24"),
        ({"b", "a"}, ["a", "b"]),
        ([{"opens": NOW.time()}], [{"opens": "10:00:00"}]),
        ({"ptv": 1}, {"ptv": 1}),
    ],
)
def test_values_are_kept_in_a_plain_form(value: object, kept: object) -> None:
    assert plain(value) == kept


def test_what_has_no_plain_form_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        plain(object())


def test_what_is_saved_from_outside_has_its_history() -> None:
    def hold(name: str):
        return save(Region, {"code": "18"}, {"name_fi": name}, actor=system(), now=NOW)

    hold("Kainu"), hold("Kainuu"), hold("Kainuu")
    told = [(change.verb, change.values) for change in history("territory.Region", "18")]
    assert told == [("changed", {"name_fi": ["Kainu", "Kainuu"]}), ("created", {})]


def test_an_import_is_remembered_and_a_second_one_adds_nothing(tmp_path) -> None:
    reference()
    Change.objects.all().delete()
    assert load(write(tmp_path / "one", rows())).problems == []
    kunta = Organisation.objects.get(external_id="kunta")
    assert history("directory.Organisation", kunta.pk).get().verb == "created"
    before = Change.objects.count()
    load(write(tmp_path / "two", rows()))
    assert Change.objects.count() == before
    changed = [{**rows()["organisations"][0], "phone": "050 555 0109"}, *rows()["organisations"][1:]]
    load(write(tmp_path / "three", {**rows(), "organisations": changed}))
    told = history("directory.Organisation", kunta.pk)
    assert [change.values for change in told] == [{"phone": ["+358 50 555 0101", "050 555 0109"]}, {}]


def test_a_row_that_is_refused_half_way_leaves_no_history(tmp_path) -> None:
    reference()
    taken = {"id": "kolmas", "kind": "library", "name_fi": "K", "identifiers": "ptv=abc-1"}
    report = load(write(tmp_path, rows(organisations=[taken])))
    assert [problem.code for problem in report.problems] == ["identifier-taken"]
    things = {str(key) for key in Organisation.objects.values_list("pk", flat=True)}
    remembered = set(Change.objects.filter(label="directory.Organisation").values_list("thing_id", flat=True))
    assert remembered == things
