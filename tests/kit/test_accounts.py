"""Who acts: persons with an address, and the one person that is the system."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from kilauta.kit.accounts.models import Person
from tests.cast import at_once


@pytest.mark.django_db
def test_the_system_is_one_person_that_is_made_when_first_needed() -> None:
    system = Person.objects.system()
    assert Person.objects.system() == system
    assert (system.is_system, system.email, str(system)) == (True, None, "Kilauta")
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_the_system_cannot_sign_in() -> None:
    assert not Person.objects.system().check_password("")
    assert not Person.objects.system().check_password("Kilauta")


@pytest.mark.usefixtures("own_database")
def test_two_that_need_the_system_at_once_get_the_same_person() -> None:
    first, second = at_once(Person.objects.system, Person.objects.system)
    assert first == second


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [{"is_system": True}, {"name": "Aino"}, {"email": "aino@esimerkki.example"}],
    ids=["second system", "nobody's address", "address of another"],
)
def test_the_database_refuses(row: dict) -> None:
    Person.objects.system()
    Person.objects.create(email="aino@esimerkki.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(**row)


@pytest.mark.django_db
def test_a_person_is_called_by_name_or_else_by_address() -> None:
    assert str(Person.objects.create(email="aino@esimerkki.example", name="Aino")) == "Aino"
    assert str(Person.objects.create(email="bengt@esimerkki.example")) == "bengt@esimerkki.example"


def test_it_is_whom_django_asks_about() -> None:
    assert settings.AUTH_USER_MODEL == Person._meta.label
