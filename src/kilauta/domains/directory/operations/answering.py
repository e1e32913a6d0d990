"""The answer to a proposal on its way to whoever made it: by mail, or on the telephone."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Channel, Proposal
from kilauta.domains.directory.queries.proposals import told_by_phone_at
from kilauta.domains.directory.queries.snapshots import KINDS, entry
from kilauta.kit.access.operations import invite
from kilauta.kit.access.roles import ROLES
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.outbox.models import Message
from kilauta.kit.outbox.operations import send
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES

from .writing import locked

EDITOR = "provider-editor"


def tell(held: Proposal, *, actor: Person, now: datetime) -> Message | None:
    """Write the mail that says how the proposal was answered, if there is an address, and it is not one's own."""
    to, lang = _where(held)
    if not to or held.by_id == actor.pk:
        return None
    network = held.network or (held.organisation.steward if held.organisation else None)
    context = {
        "kind": held.kind,
        "state": held.state,
        "answer": held.answer,
        "name": _name(held, lang),
        "number": held.number,
        "network": str(network.name.pick(lang)) if network else "Kilauta",
        "phone": network.phone if network else "",
    }
    return send(
        "directory/answer",
        to=to,
        lang=lang,
        now=now,
        context=context,
        about=f"directory.proposal:{held.pk}",
        key=f"directory.answer:{held.pk}:{now.isoformat()}",
    )


def hand_keys(held: Proposal, address: Callable[[str], str], *, actor: Person, now: datetime) -> None:
    """Invite who claims the organisation to edit its entries. `address` makes the link of the token."""
    to, lang = _where(held)
    if not to:
        return  # somebody rings them, and invites them by hand
    invitation, token = invite(to, role=EDITOR, scope_id=str(held.entry_id), actor=actor, now=now, lang=lang)
    link = address(token)
    send(
        "access/invitation",
        to=invitation.email,
        lang=invitation.lang,
        now=now,
        context={"link": link, "host": urlsplit(link).netloc, "role": ROLES[EDITOR].name},
        about=f"access.invitation:{invitation.pk}",
        secret=True,
    )


@transaction.atomic
def note_told(proposal: Proposal, *, actor: Person, now: datetime) -> Proposal:
    """Hold that the answer was told on the telephone; refuses before there is one, and a second time."""
    held: Proposal = locked(proposal)
    if held.state == "waiting" or not held.rings:
        raise Refused("nothing-to-tell", _("Answer first. Then ring and tell it."))
    if told_by_phone_at(held) is not None:
        raise Refused("already-told", _("Somebody has told this already."))
    record(held, "told", actor=actor, now=now)
    return held


def _where(held: Proposal) -> tuple[str, str]:
    """Return the mail address of whoever made the proposal ("" if there is none), and their language."""
    if "@" in held.contact:
        return held.contact, held.lang if held.lang in LANGUAGES else "fi"
    if not held.contact and held.by is not None and held.by.is_active and not held.by.is_system:
        return held.by.email or "", held.by.lang
    return "", "fi"


def _name(held: Proposal, lang: str) -> str:
    """Return what the proposal is about, on one line."""
    known = held.entry_id and held.entry_kind in KINDS
    thing = entry(held.entry_kind, str(held.entry_id)) if known else None
    if isinstance(thing, Channel):
        thing = thing.service
    if thing is not None:
        return _line(str(thing.name.pick(lang)))
    new = held.values.get("organisation") or held.values.get("service") or {}
    return _line(str(new.get("name_fi") or held.organisation or held.page))


def _line(text: str) -> str:
    return " ".join(text.split())
