"""What an organisation's own editors make and take away: at once where the organisation is trusted, else offered."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import FINDINGS
from kilauta.domains.directory.logic.content import way_findings
from kilauta.domains.directory.logic.trust import GROUPS
from kilauta.domains.directory.models import Channel, Organisation, Place, Proposal, Service
from kilauta.domains.directory.queries.snapshots import kind_of
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused

from .editing import add_channel, publish, withdraw
from .proposals import ask_to_leave, network_of, organisation_of, waits
from .verifying import verify
from .writing import Values, locked, make

T = TypeVar("T")
S = TypeVar("S")
Draft = Place | Service | Channel


@transaction.atomic
def offer(thing: Draft, *, actor: Person, now: datetime) -> Change | Proposal | None:
    """Show a draft to the public, or ask a coordinator to, once; an organisation must be trusted to show it itself."""
    held = locked(thing)
    if isinstance(held, Service):
        _refuse_unfinished(held)
    owner = organisation_of(held)
    if owner is not None and owner.trusted:
        return publish(held, actor=actor, now=now)
    about = {"kind": "new", "entry_kind": kind_of(held), "entry_id": held.pk, "state": "waiting"}
    waiting = Proposal.objects.filter(**about).first()
    if waiting is not None or held.state == "published":
        return waiting
    return Proposal.objects.create(
        **about, organisation=owner, network=network_of(held), by=actor, lang=actor.lang, made_at=now
    )


def _refuse_unfinished(service: Service) -> None:
    if not service.topics.exists():
        raise Refused("missing", _("Choose first what is helped with."), "topics")
    if not service.languages.exists():
        raise Refused("missing", _("Choose first in which languages the help is given."), "languages")
    for finding in way_findings(service.channels.exclude(state="withdrawn").values_list("mode", flat=True)):
        raise Refused(finding.code, str(FINDINGS[finding.code]), finding.field)


@transaction.atomic
def offer_channel(service: Service, values: Values, *, actor: Person, now: datetime) -> Channel:
    """Add a way to get a service of one's own: as public as the service, or offered where its changes are."""
    held = locked(service)
    if not waits(held):
        return add_channel(held, values, actor=actor, now=now)
    made: Channel = make(
        "channel", values, actor=actor, now=now, name=held.name_fi, service=held, state="draft"
    )
    offer(made, actor=actor, now=now)
    return made


@transaction.atomic
def take_away(thing: Draft | Organisation, *, actor: Person, now: datetime) -> Change | Proposal | None:
    """Show an entry no more, or ask a coordinator to, where its changes are looked at first."""
    held = locked(thing)
    if waits(held):
        return ask_to_leave(held, note="", actor=actor, now=now)
    return withdraw(held, actor=actor, now=now)


@transaction.atomic
def verify_groups(
    things: Iterable[Organisation | Draft],
    groups: Collection[str],
    *,
    actor: Person | None,
    now: datetime,
    note: str = "",
) -> int:
    """Hold that these groups of facts of an organisation's entries are right, as it says itself; return how many."""
    number = 0
    for thing in things:
        mine = [group for group in GROUPS[kind_of(thing)] if group in groups]
        if mine:
            verify(thing, mine, actor=actor, now=now, note=note)
            number += 1
    return number


def tried(act: Callable[[], T], see: Callable[[T], S]) -> S:
    """Return what `see` sees after the act, and take the act back: nothing of it is kept."""
    with transaction.atomic():
        seen = see(act())
        transaction.set_rollback(True)
    return seen
