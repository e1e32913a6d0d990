"""A person whose every word is unlikely elsewhere, written into every field that is declared to be about persons.

Rows are made from the declarations and the models alone, so a new declared field is tried without a word here.
What a row must be to be allowed at all is not tried: the checks of the tables are lifted while rows are made, except
of those whose rows an erasure only empties, as what it leaves must be allowed. Their needs stand in NEEDS.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from kilauta.domains.communications.choices import ABOUT
from kilauta.kit import privacy
from kilauta.kit.privacy import EMPTY, UNTIL_ERASED
from tests.cast import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kilauta.kit.privacy.declarations import Subject

WORD = "kanarialintu"
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Long enough to leave its page, in rows between those of others.
TALK = f"{WORD.title()} Sirkku kertoi: " + " ".join(f"{WORD}{n}" for n in range(400))

NEEDS: Mapping[str, Mapping[str, Callable[[int], Any]]] = {
    "accounts.Person": {"is_active": lambda _n: True},
    # a session is found by the list of devices
    "sessions.Session": {"session_key": lambda n: f"{n:032d}"},
    "usersessions.UserSession": {"session_key": lambda n: f"{n:032d}"},
    "outbox.Message": {"state": lambda _n: "sent", "sent_at": lambda _n: NOW, "lang": lambda _n: "fi"},
    "directory.Proposal": {
        "kind": lambda _n: "error",
        "entry_kind": lambda _n: "page",
        "state": lambda _n: "accepted",
        "handled_at": lambda _n: NOW,
    },
    "guidance.GuidanceSession": {
        "mode": lambda _n: "phone",
        "age": lambda _n: "",
        "language": lambda _n: "fi",
        "referred_to": lambda _n: "",
    },
    "guidance.HelpRequest": {
        "mode": lambda _n: "phone",
        "only_by": lambda _n: "",
        "given_by": lambda _n: "",
        "state": lambda _n: "closed",
        "reason": lambda _n: "helped",
        "closed_at": lambda _n: NOW,
    },
    "guidance.Referral": {
        "mode": lambda _n: "phone",
        "only_by": lambda _n: "",
        "decline": lambda _n: "",
        "state": lambda _n: "done",
        "answered_at": lambda _n: NOW,
        "closed_at": lambda _n: NOW,
        "expires_at": lambda _n: NOW + timedelta(days=8),
        # another organisation than the one that sends it
        "receiver": lambda n: Bird(2000 + n).write("directory.Organisation"),
    },
    "guidance.StartRequest": {
        "state": lambda _n: "closed",
        "outcome": lambda _n: "started",
        "closed_at": lambda _n: NOW,
    },
    "questions.Answer": {"state": lambda _n: "given", "text_ends_on": lambda _n: NOW.date()},
    "booking.Booking": {
        "state": lambda _n: "cancelled",
        "cancelled_by": lambda _n: "resident",
        "ended_at": lambda _n: NOW,
        "ends_at": lambda _n: NOW + timedelta(minutes=30),
        "room": lambda _n: "",
        "room_code": lambda _n: "",
    },
    "booking.Waiting": {"ended_at": lambda _n: NOW, "state": lambda _n: "left"},
    "communications.Feedback": {
        "about": lambda _n: next(iter(ABOUT)),
        "lang": lambda _n: "fi",
        "due_on": lambda _n: NOW.date() + timedelta(days=14),
        "answered_on": lambda _n: NOW.date(),
    },
}


def addresses() -> set[str]:
    """Return the fields, as label.Model.field, by which a person may be found."""
    return {f"{each.model}.{name}" for each in privacy.subjects() for name in each.addresses}


def kept_rows() -> set[str]:
    """Return the models whose rows stay when their person goes."""
    emptied = {each.model for each in privacy.subjects() if each.erasure == EMPTY}
    timed = {each.model for each in privacy.personal() for clock in each.clocks if clock.how == EMPTY}
    return emptied | timed


def findable() -> list[Subject]:
    """Return the subjects whose models hold something about persons, what others point at first."""
    declared = {each.model for each in privacy.personal()}
    return [each for each in reversed(privacy.subjects()) if each.model in declared]


def ended_by_clock() -> list[str]:
    return list(dict.fromkeys(each.model for each in privacy.personal() if each.clock != UNTIL_ERASED))


@dataclass
class Bird:
    """One person; `said` is what stands in its texts, and its number keeps it apart from the others."""

    number: int
    said: str = TALK
    rows: dict[str, models.Model] = field(default_factory=dict)

    @property
    def word(self) -> str:
        return self.said.split()[0].lower()

    @property
    def mail(self) -> str:
        return f"{self.word}.{self.number}@lintu.example"

    @property
    def phone(self) -> str:
        return f"050 555 {7000 + self.number}"

    def write(self, label: str) -> models.Model:
        """Make the row of this model that is about the person, and those it must point at."""
        if label not in self.rows:
            model = apps.get_model(label)
            values = {each.name: self._value(model, each) for each in model._meta.concrete_fields}
            row = model(**{name: value for name, value in values.items() if value is not models.NOT_PROVIDED})
            row.save(force_insert=True)
            self.rows[label] = row
        return self.rows[label]

    def _value(self, model: type[models.Model], each: models.Field) -> Any:
        name = f"{model._meta.label}.{each.name}"
        need = NEEDS.get(model._meta.label, {}).get(each.name)
        if need:
            return need(self.number)
        if isinstance(each, models.ForeignKey):
            return self._other(model, each)
        if name in addresses():
            return self.phone if "phone" in each.name else self.mail
        if name in {declared.name for declared in privacy.personal()}:
            return self._words(each)
        return self._plain(each)

    def _other(self, model: type[models.Model], each: models.ForeignKey) -> Any:
        label = each.related_model._meta.label
        if label == settings.AUTH_USER_MODEL:
            return self.write(label)
        return None if each.null or each.related_model is model else self.write(label)

    def _words(self, each: models.Field) -> Any:
        if isinstance(each, models.GenericIPAddressField):
            return f"203.0.113.{self.number % 250}"
        if isinstance(each, models.JSONField):
            return {"words": self.said}
        if isinstance(each, models.BinaryField):
            return self.said.encode()
        # from the number on, so that short unique fields differ
        return f"{self.word}{self.number} {self.said}"[: each.max_length]

    def _plain(self, each: models.Field) -> Any:
        if each.has_default() or each.auto_created or isinstance(each, models.AutoField):
            return models.NOT_PROVIDED
        if each.null:
            return None
        if isinstance(each, models.DateTimeField):
            return NOW
        if isinstance(each, models.DateField):
            return NOW.date()
        if isinstance(each, models.IntegerField | models.DecimalField | models.FloatField):
            return self.number % 30_000
        if isinstance(each, models.CharField | models.TextField):
            return each.choices[0][0] if each.choices else self._short()
        return models.NOT_PROVIDED

    def _short(self) -> str:
        """Return two letters or digits that no other person has: some keys are no longer than that."""
        return "".join(SIGNS[each] for each in divmod(self.number % len(SIGNS) ** 2, len(SIGNS)))


@contextmanager
def without_checks() -> Iterator[None]:
    """Lift the checks of the tables whose rows go as a whole. Within a database of one's own only."""
    if connection.vendor == "sqlite":
        yield from _sqlite_without_checks()
        return
    free = [m for m in apps.get_models() if m._meta.label not in kept_rows()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text = ANY(%s)",
            [[m._meta.db_table for m in free]],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        # long values would be compressed, and no word be found in them
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'bytea') AND table_name = ANY(%s)",
            [[m._meta.db_table for m in apps.get_models()]],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{name}" SET STORAGE EXTERNAL')
    yield


def _sqlite_without_checks() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
