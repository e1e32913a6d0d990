"""Every write about roles: giving, ending, inviting, accepting."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .holdings import holdings
from .models import Grant, Invitation
from .roles import ROLES, Scope
from .scopes import above, name_of

LIVES = timedelta(days=7)
ADMINISTRATOR = "administrator"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def grant(
    person: Person, *, role: str, scope_id: str, actor: Person, now: datetime, ends_on: date | None = None
) -> Grant:
    """Give a person a role, from today on. A role already held is held as before, until the new day.

    Refuses a role above the giver's own, a place the giver has no say about, an end that has passed.
    """
    today = local(now).date()
    scope = _allowed(actor, role, scope_id, today)
    if ends_on is not None and ends_on <= today:
        raise Refused("ends-in-the-past", _("The last day has already passed."), "ends_on")
    _one_at_a_time(person)
    held = (
        Grant.objects.filter(person=person, role=role, scope=scope, scope_id=scope_id).held_on(today).first()
    )
    if held is not None:
        if role == ADMINISTRATOR and ends_on is not None:
            _keep_an_administrator(held, today)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        return held
    return Grant.objects.create(
        person=person, role=role, scope=scope, scope_id=scope_id, starts_on=today, ends_on=ends_on,
        given_by=actor, given_at=now,
    )  # fmt: skip


@transaction.atomic
def end(held: Grant, *, actor: Person, now: datetime) -> Grant:
    """Let a role end today. One's own may be laid down; the last administrator's may not."""
    today = local(now).date()
    if held.person_id != actor.pk:
        _allowed(actor, held.role, held.scope_id, today)
    if held.role == ADMINISTRATOR:
        _keep_an_administrator(held, today)
    Grant.objects.filter(pk=held.pk).filter(ends_on__isnull=True).update(ends_on=today)
    Grant.objects.filter(pk=held.pk, ends_on__gt=today).update(ends_on=today)
    held.refresh_from_db()
    return held


@transaction.atomic
def invite(
    email: str, *, role: str, scope_id: str, actor: Person, now: datetime, name: str = "", lang: str = "fi"
) -> tuple[Invitation, str]:
    """Offer a role to whoever reads this address; return the invitation, and the token of its link.

    An earlier open offer of the same role to the same address ends: only the newest link works.
    """
    scope = _allowed(actor, role, scope_id, local(now).date())
    address = email.strip().lower()
    Invitation.objects.filter(
        email=address,
        role=role,
        scope=scope,
        scope_id=scope_id,
        used_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address, name=name.strip(), lang=lang, role=role, scope=scope, scope_id=scope_id,
        token_hash=digest(token), invited_by=actor, invited_at=now, expires_at=now + LIVES,
    )  # fmt: skip
    return invitation, token


@transaction.atomic
def withdraw(invitation: Invitation, *, actor: Person, now: datetime) -> None:
    """Take an offer back; its link does nothing any more."""
    _allowed(actor, invitation.role, invitation.scope_id, local(now).date())
    Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )


@transaction.atomic
def accept(token: str, *, visitor: Person | None, now: datetime) -> Person:
    """Take up an offer; return the person who now holds the role.

    `visitor` is who is signed in. The address of somebody who has an account is theirs: they sign in first.
    An offer is used once; two who press at once are told so.
    """
    invitation = open_invitation(token, now=now)
    if invitation is None:
        raise Refused("not-open", _("This invitation is no longer open. Ask for a new one."))
    owner = Person.objects.filter(email__iexact=invitation.email).first()
    if visitor is not None and visitor != owner:
        raise Refused("another-account", _("You are signed in as somebody else. Sign out first."))
    if owner is not None and visitor is None:
        raise Refused(
            "sign-in-first", _("You already have an account. Sign in first, then open the link again.")
        )
    used = Invitation.objects.filter(
        pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(used_at=now)
    if not used:
        raise Refused("not-open", _("This invitation is no longer open. Ask for a new one."))
    person = owner or _new_person(invitation)
    grant(person, role=invitation.role, scope_id=invitation.scope_id, actor=invitation.invited_by, now=now)
    return person


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Return the offer that this token opens, if it is still open."""
    found = Invitation.objects.filter(token_hash=digest(token)).select_related("invited_by").first()
    return found if found is not None and found.is_open(now) else None


def _new_person(invitation: Invitation) -> Person:
    person = Person.objects.create(email=invitation.email, name=invitation.name, lang=invitation.lang)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    # the link came by mail to this address: whoever opens it reads the mail
    EmailAddress.objects.create(user=person, email=invitation.email, verified=True, primary=True)
    return person


def _allowed(actor: Person, role: str, scope_id: str, today: date) -> Scope:
    """Return the kind of place of the role; refuse what the actor may not give there."""
    known = ROLES.get(role)
    if known is None or name_of(known.scope, scope_id) is None:
        raise Refused("no-such-role", _("There is no such role."), "role")
    if not actor.is_system and holdings(actor, today).rank(above(known.scope, scope_id)) < known.rank:
        raise Refused("above-own", _("You cannot give or end this role."), "role")
    return known.scope


def _one_at_a_time(person: Person) -> None:
    """Let the transactions that give this person roles wait for each other."""
    Person.objects.filter(pk=person.pk).select_for_update().first()


def keep_an_administrator(*, without: Collection[str], now: datetime) -> None:
    """Refuse to go on without these people (by key) if nobody else would stay administrator."""
    everyone = Grant.objects.filter(role=ADMINISTRATOR, person__is_active=True).held_on(local(now).date())
    # locked in the order of their keys: of two who come at once, the second one sees what the first has done
    lasting = [each for each in everyone.select_for_update().order_by("pk") if each.ends_on is None]
    if lasting and all(str(each.person_id) in without for each in lasting):
        raise Refused("last-administrator", _("Somebody must stay administrator. Name another first."))


def _keep_an_administrator(held: Grant, today: date) -> None:
    """Refuse to end the last administrator's role, also when two end each other's at the same time."""
    everyone = Grant.objects.filter(role=ADMINISTRATOR, person__is_active=True).held_on(today)
    # locks the rows on PostgreSQL; on SQLite a write transaction is alone anyway
    lasting = [each.pk for each in everyone.select_for_update().order_by("pk") if each.ends_on is None]
    if not [pk for pk in lasting if pk != held.pk]:
        raise Refused("last-administrator", _("Somebody must stay administrator. Name another first."))
