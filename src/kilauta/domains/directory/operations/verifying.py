"""Making sure: that an entry's hours, contacts and content are right, and how long each may stand."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import value_list
from kilauta.domains.directory.logic.trust import CLOCKS, GROUPS, LONGEST_CLOCK, SHORTEST_CLOCK
from kilauta.domains.directory.models import Verification, VerificationClock
from kilauta.domains.directory.queries.snapshots import kind_of
from kilauta.domains.directory.queries.verifying import clocks_of, of_network
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from kilauta.lib.zone import local

from .proposals import network_of
from .trust import Thing
from .writing import locked

OWNER = "owner"


@transaction.atomic
def verify(
    thing: Thing,
    groups: Collection[str],
    *,
    actor: Person | None,
    now: datetime,
    method: str = OWNER,
    by_role: str = "",
    note: str = "",
) -> list[Verification]:
    """Hold that these groups of facts were made sure of today; the clock of the entry's network begins anew.

    `method` says how: by the owner (on a page or by a mailed link), by phone (with a note), on a visit.
    """
    if not groups or set(groups) - set(GROUPS[kind_of(thing)]):
        raise Refused("unknown-value", _("Choose what is right."), "groups")
    if method not in value_list("method"):
        raise Refused("unknown-value", _("Choose from the list."), "method")
    locked(thing)
    today, clocks = local(now).date(), clocks_of(network_of(thing))
    made = []
    for group in sorted(groups):
        due = today + timedelta(days=clocks[group])
        facts: dict[str, Any] = {"method": method, "by_role": by_role, "due_on": due, "asked_at": None}
        keys: dict[str, Any] = {kind_of(thing): thing, "group": group, "verified_on": today}
        made.append(Verification.objects.update_or_create(defaults=facts, **keys)[0])
    record(
        thing,
        "verified",
        actor=actor,
        now=now,
        values=dict.fromkeys(sorted(groups), (None, today)),
        note=note,
    )
    editions.renew()
    return made


@transaction.atomic
def verify_all(
    things: Iterable[Thing],
    *,
    actor: Person | None,
    now: datetime,
    method: str = OWNER,
    by_role: str = "",
    note: str = "",
) -> int:
    """Hold that everything about these entries is right ("kaikki pitää paikkansa"); return how many entries."""
    number = 0
    for thing in things:
        groups = GROUPS[kind_of(thing)]
        verify(thing, groups, actor=actor, now=now, method=method, by_role=by_role, note=note)
        number += 1
    return number


@transaction.atomic
def note_asked(checks: Collection[int], *, now: datetime) -> int:
    """Hold that the contact person has been asked about these verifications; return how many were not before."""
    return Verification.objects.filter(pk__in=checks, asked_at__isnull=True).update(asked_at=now)


@transaction.atomic
def set_clock(network: Network, group: str, days: int, *, actor: Person, now: datetime) -> VerificationClock:
    """Let the network's facts of a group stand this many days, also those that were made sure of before."""
    if group not in CLOCKS:
        raise Refused("unknown-value", _("Choose from the list."), "group")
    if not SHORTEST_CLOCK <= days <= LONGEST_CLOCK:
        message = _("Give a number of days from %(least)s to %(most)s.")
        raise Refused("bad-value", message % {"least": SHORTEST_CLOCK, "most": LONGEST_CLOCK}, "days")
    before = clocks_of(locked(network))[group]
    made, _new = VerificationClock.objects.update_or_create(
        network=network, group=group, defaults={"days": days}
    )
    if before != days:
        record(made, "changed", actor=actor, now=now, values={"days": (before, days)}, note=group)
        _restate(network, group, days)
        editions.renew()
    return made


def _restate(network: Network, group: str, days: int) -> None:
    """Reckon anew when the network's facts are due; row by row of the calendar, not of the table."""
    rows = of_network(Verification.objects.filter(group=group), [network.pk])
    for day in set(rows.values_list("verified_on", flat=True)):
        due = day + timedelta(days=days)
        Verification.objects.filter(pk__in=rows.filter(verified_on=day).values("pk")).update(due_on=due)
