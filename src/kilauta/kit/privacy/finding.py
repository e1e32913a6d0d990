"""Whatever the house holds about one person, found by the key of an account or by an address."""

import unicodedata
from dataclasses import dataclass

import phonenumbers
from django.db import models
from django.utils.crypto import salted_hmac

from . import emptying
from .declarations import EMPTY, Subject, subjects

_SALT = "kilauta.kit.privacy.address"


@dataclass(frozen=True, slots=True)
class Whom:
    """A person, as far as one is known without a name: keys of accounts, and keyed hashes of addresses."""

    people: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one model that are about the person."""

    subject: Subject
    keys: tuple[object, ...]


def keyed(address: str) -> str:
    """Return the hash of a mail address or telephone number, the same for every way of writing it."""
    return salted_hmac(_SALT, plain(address), algorithm="sha256").hexdigest()


def plain(address: str) -> str:
    """Return the address as it compares: mail in small letters, a number with the code of its country."""
    text = unicodedata.normalize("NFKC", address).strip()
    if "@" in text:
        return text.casefold()
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException:
        return "".join(text.casefold().split())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def whom(*, person: object = None, address: str = "") -> Whom:
    """Return who is meant: the account and its addresses, whichever of them was given."""
    meant = Whom(
        frozenset({str(person)} if person else ()), frozenset({keyed(address)} if plain(address) else ())
    )
    while True:
        grown = meant
        for subject in subjects():
            if subject.person and subject.addresses:
                grown = _grown(subject, grown)
        if grown == meant:
            return meant
        meant = grown


def held(meant: Whom) -> list[Held]:
    """Return the rows about the person, what points at others first; nothing where there are none."""
    found = ((subject, _still_about(subject, _keys(subject, meant))) for subject in subjects())
    return [Held(subject, tuple(keys)) for subject, keys in found if keys]


def rows_about(meant: Whom) -> list[models.Model]:
    """Return the same as things, each once."""
    rows: dict[tuple[str, object], models.Model] = {}
    for each in held(meant):
        found = emptying.rows_of(emptying.model_of(each.subject.model)).filter(pk__in=each.keys)
        rows |= {(each.subject.model, row.pk): row for row in found.order_by("pk")}
    return list(rows.values())


def _grown(subject: Subject, meant: Whom) -> Whom:
    """Add the accounts and addresses of the rows found so far."""
    rows = emptying.rows_of(emptying.model_of(subject.model)).filter(pk__in=_keys(subject, meant))
    people, addresses = set(meant.people), set(meant.addresses)
    for person, *written in rows.values_list(subject.person, *subject.addresses):
        people |= {str(person)} if person else set()
        addresses |= {keyed(each) for each in written if each}
    return Whom(frozenset(people), frozenset(addresses))


def _keys(subject: Subject, meant: Whom) -> list[object]:
    rows = emptying.rows_of(emptying.model_of(subject.model))
    keys: dict[object, None] = {}
    if subject.person and meant.people:
        found = rows.filter(**{f"{subject.person}__in": sorted(meant.people)})
        keys |= dict.fromkeys(found.order_by("pk").values_list("pk", flat=True))
    if subject.keys and meant.people:
        keys |= dict.fromkeys(subject.keys(meant.people))
    for name in subject.addresses if meant.addresses else ():
        # written in any way and compared as hashes, also those of a journal: so all of them are read
        written = rows.filter(emptying.holding(rows.model, [name])).order_by("pk").values_list("pk", name)
        keys |= dict.fromkeys(key for key, text in written.iterator() if keyed(text) in meant.addresses)
    return list(keys)


def _still_about(subject: Subject, keys: list[object]) -> list[object]:
    """Leave out the rows that an erasure has emptied already."""
    if subject.erasure != EMPTY:
        return keys
    rows = emptying.rows_of(emptying.model_of(subject.model))
    full = emptying.holding(rows.model, subject.fields or emptying.fields_of(subject.model))
    return list(rows.filter(full, pk__in=keys).order_by("pk").values_list("pk", flat=True))
