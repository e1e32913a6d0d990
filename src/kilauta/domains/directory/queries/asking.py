"""Whom to ask, by mail, whether an organisation's facts are still right: its editors, else its own address."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kilauta.domains.directory.logic.trust import ASKED_TOGETHER_DAYS
from kilauta.domains.directory.models import Organisation
from kilauta.kit.access.absences import away_on
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import ROLES, Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

from .verifying import OWNERS, DueMail, due_for_mail, newest

# Who keeps the whole entry, and so is asked about it.
_EDITORS = tuple(code for code, role in ROLES.items() if {Verb.EDIT, Verb.PEOPLE} <= role.verbs)


@dataclass(frozen=True, slots=True)
class Contact:
    """One who is asked: a person, or (None) the address of an organisation."""

    address: str
    lang: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Round:
    """What one contact is asked about, in one mail: one organisation or several."""

    key: str
    contact: Contact
    mails: tuple[DueMail, ...]


def rounds_of_today(now: datetime) -> tuple[Round, ...]:
    """Return one round for each contact that should be asked today."""
    due = due_for_mail(now)
    editors = _editors([mail.organisation for mail in due], now)
    found: dict[str, list[DueMail]] = defaultdict(list)
    contacts: dict[str, Contact] = {}
    for mail in due:
        people = editors.get(str(mail.organisation.pk), [])
        asked = [Contact(person.email or "", person.lang, person) for person in people]
        if not asked and mail.organisation.email:
            asked = [Contact(mail.organisation.email, "fi", None)]
        for contact in asked:
            key = str(contact.person.pk if contact.person else mail.organisation.pk)
            contacts[key] = contact
            found[key].append(mail)
    return tuple(Round(key, contacts[key], tuple(mails)) for key, mails in found.items())


def organisations_of_round(contact: str, now: datetime) -> tuple[Organisation, ...]:
    """Return the organisations of a contact: of a person by their key, or the one of that key."""
    grants = Grant.objects.filter(person_id=contact, scope=Scope.BODY, role__in=_EDITORS)
    bodies = grants.held_on(local(now).date()).values_list("scope_id", flat=True)
    return tuple(Organisation.objects.filter(pk__in=[contact, *bodies]).order_by("pk"))


def still_asked(contact: str, now: datetime) -> bool:
    """Return whether something that the contact was asked about has not been made sure of since."""
    soon = local(now).date() + timedelta(days=ASKED_TOGETHER_DAYS)
    mine = organisations_of_round(contact, now)
    return any(
        newest(kind)
        .filter(**{f"{kind}__{owner}__in" if owner else f"{kind}__in": mine})
        .filter(asked_at__isnull=False, due_on__lte=soon)
        .exists()
        for kind, owner in OWNERS.items()
    )


def _editors(organisations: Iterable[Organisation], now: datetime) -> dict[str, list[Person]]:
    keys = [str(each.pk) for each in organisations]
    grants = Grant.objects.filter(scope=Scope.BODY, scope_id__in=keys, role__in=_EDITORS)
    rows = (
        grants.filter(person__is_active=True, person__email__isnull=False)
        .exclude(person__in=away_on(local(now).date()).values("person"))  # their deputies are asked
        .held_on(local(now).date())
        .select_related("person")
    )
    found: dict[str, list[Person]] = defaultdict(list)
    for grant in rows.order_by("person__email", "pk"):
        if grant.person not in found[grant.scope_id]:
            found[grant.scope_id].append(grant.person)
    return found
