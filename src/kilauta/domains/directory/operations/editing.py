"""Verbs of the one who keeps an entry: every one leaves a history, and shows the public what it did.

`values` are clean values by field (queries.snapshots says which fields there are): a field that is not given stays
as it is, a field that is not the editor's is refused. Each verb returns what was remembered, None where nothing was
to be changed, or the thing it made.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import FINDINGS, PLANNING, field_name
from kilauta.domains.directory.logic.content import way_findings
from kilauta.domains.directory.models import Channel, Notice, Organisation, Place, Planning, Service
from kilauta.domains.directory.queries.history import of_change
from kilauta.domains.directory.queries.snapshots import KINDS, Owner, Thing, kind_of, snapshot
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import plain, record
from kilauta.kit.refusals import Refused
from kilauta.lib.words import Words

from .writing import Values, keep, locked, make, shown, write

Rows = Iterable[Mapping[str, object]]
NO_NOTE: Final = ""
REVERTIBLE: Final = ("changed", "published", "withdrawn", "trusted", "handed-over", "reverted")


@transaction.atomic
def change_entry(
    thing: Thing, values: Values, *, actor: Person | None, now: datetime, note: str = NO_NOTE
) -> Change | None:
    """Make an entry of any kind say this."""
    return write(locked(thing), values, verb="changed", actor=actor, now=now, note=note)


@transaction.atomic
def change_service(service: Service, values: Values, *, actor: Person, now: datetime) -> Change | None:
    """Make the service say this, with its topics, limits, languages and the rest of its lists."""
    return write(locked(service), values, verb="changed", actor=actor, now=now)


@transaction.atomic
def change_channel(channel: Channel, values: Values, *, actor: Person, now: datetime) -> Change | None:
    """Make the way to get help say this; it keeps naming whatever its mode needs to be got."""
    return write(locked(channel), values, verb="changed", actor=actor, now=now)


@transaction.atomic
def change_place(place: Place, values: Values, *, actor: Person, now: datetime) -> Change | None:
    """Make the place say this."""
    return write(locked(place), values, verb="changed", actor=actor, now=now)


@transaction.atomic
def change_organisation(
    organisation: Organisation, values: Values, *, actor: Person, now: datetime
) -> Change | None:
    """Make the organisation say this, with its numbers in other registers."""
    return write(locked(organisation), values, verb="changed", actor=actor, now=now)


@transaction.atomic
def add_organisation(
    values: Values, *, steward: Network | None, actor: Person | None, now: datetime
) -> Organisation:
    """Make a draft of an organisation that the network looks after."""
    name = str(values.get("name_fi", ""))
    made: Organisation = make("organisation", values, actor=actor, now=now, name=name, steward=steward)
    return made


@transaction.atomic
def add_place(
    host: Organisation | None, values: Values, *, steward: Network | None, actor: Person | None, now: datetime
) -> Place:
    """Make a draft of a place."""
    name = str(values.get("name_fi", ""))
    made: Place = make("place", values, actor=actor, now=now, name=name, host=host, steward=steward)
    return made


@transaction.atomic
def add_service(
    organisation: Organisation, values: Values, *, actor: Person | None, now: datetime
) -> Service:
    """Make a draft of a service of the organisation; the same network looks after it."""
    fixed = {"organisation": organisation, "steward": organisation.steward}
    made: Service = make(
        "service", values, actor=actor, now=now, name=str(values.get("name_fi", "")), **fixed
    )
    return made


@transaction.atomic
def add_channel(service: Service, values: Values, *, actor: Person | None, now: datetime) -> Channel:
    """Add a way to get the service: public at once where the service is, else a draft as the service is."""
    held = locked(service)
    state = "published" if held.state == "published" else "draft"
    made: Channel = make(
        "channel", values, actor=actor, now=now, name=held.name_fi, service=held, state=state
    )
    return made


@transaction.atomic
def retire_channel(channel: Channel, *, actor: Person, now: datetime, note: str = NO_NOTE) -> Change | None:
    """Show a way to get help no more; its history stays."""
    return _set_state(locked(channel), "withdrawn", verb="withdrawn", actor=actor, now=now, note=note)


@transaction.atomic
def set_hours(owner: Owner, rules: Rows, *, actor: Person, now: datetime) -> Change | None:
    """Make these the ordinary hours of a place, a way to get help or a network's line; no rows: not known."""
    return write(locked(owner), {"hours": list(rules)}, verb="changed", actor=actor, now=now)


@transaction.atomic
def set_exceptions(owner: Owner, rules: Rows, *, actor: Person, now: datetime) -> Change | None:
    """Make these the exceptions to the ordinary hours."""
    return write(locked(owner), {"exceptions": list(rules)}, verb="changed", actor=actor, now=now)


@transaction.atomic
def add_notice(
    thing: Organisation | Place | Service | Channel,
    text: Words,
    *,
    from_on: date,
    until_on: date,
    closes: bool,
    actor: Person,
    now: datetime,
) -> Notice:
    """Say this beside the entry from one day to another, both included; `closes` means no help meanwhile."""
    if not text.fi.strip():
        raise Refused("missing", _("Write the notice in Finnish."), "text_fi")
    if until_on < from_on:
        raise Refused("contradiction", _("It cannot end before it begins."), "until_on")
    texts = {f"text_{language}": each for language, each in text._asdict().items()}
    notice = Notice(**{kind_of(thing): thing}, from_on=from_on, until_on=until_on, closes=closes, **texts)
    notice.save(force_insert=True)
    record(thing, "noticed", actor=actor, now=now, values={"notices": ([], _told(notice))})
    shown(thing)
    return notice


@transaction.atomic
def end_notice(notice: Notice, *, actor: Person, now: datetime) -> None:
    """Take a notice away before its time."""
    thing = notice.organisation or notice.place or notice.service or notice.channel
    assert thing is not None  # noqa: S101 -- a wall of the database
    notice.delete()
    record(thing, "noticed", actor=actor, now=now, values={"notices": (_told(notice), [])})
    shown(thing)


@transaction.atomic
def publish(thing: Thing, *, actor: Person | None, now: datetime, note: str = NO_NOTE) -> Change | None:
    """Show the entry to the public; a service with those of its ways that are drafts."""
    held = locked(thing)
    _refuse_merged(held)
    if isinstance(held, Service):
        if held.organisation.state != "published":
            raise Refused("organisation-not-public", _("Make the organisation public first."), "organisation")
        ways = held.channels.exclude(state="withdrawn")
        for finding in way_findings(ways.values_list("mode", flat=True)):
            raise Refused(finding.code, str(FINDINGS[finding.code]), finding.field)
        for way in ways.filter(state="draft").order_by("external_id"):
            _set_state(way, "published", verb="published", actor=actor, now=now)
    return _set_state(held, "published", verb="published", actor=actor, now=now, note=note)


@transaction.atomic
def withdraw(thing: Thing, *, actor: Person | None, now: datetime, note: str = NO_NOTE) -> Change | None:
    """Show the entry to the public no more. With an organisation go its services, until it comes back."""
    return _set_state(locked(thing), "withdrawn", verb="withdrawn", actor=actor, now=now, note=note)


@transaction.atomic
def set_trusted(organisation: Organisation, *, trusted: bool, actor: Person, now: datetime) -> Change | None:
    """Let what its editors change be public at once, or no more."""
    return keep(locked(organisation), {"trusted": trusted}, verb="trusted", actor=actor, now=now)


@transaction.atomic
def hand_over(
    thing: Organisation | Place | Service, steward: Network, *, actor: Person, now: datetime
) -> Change | None:
    """Let another network look after the entry."""
    return keep(locked(thing), {"steward": steward.pk}, verb="handed-over", actor=actor, now=now)


@transaction.atomic
def plan(
    organisation: Organisation, kind: str, text: str, *, actor: Person, now: datetime
) -> Planning | None:
    """Hold what the organisation tells its network for planning; an empty text takes it away. Never public."""
    if kind not in PLANNING:
        raise Refused("unknown-value", _("Choose from the list."), "kind")
    locked(organisation)
    held = organisation.planning.filter(kind=kind).first()
    old = held.text if held else ""
    if text == old:
        return held
    record(organisation, "planned", actor=actor, now=now, values={"planning": (old, text)}, note=kind)
    if not text:
        organisation.planning.filter(kind=kind).delete()
        return None
    made, _new = Planning.objects.update_or_create(
        organisation=organisation, kind=kind, defaults={"text": text, "updated_at": now}
    )
    return made


def _set_state(
    thing: Thing, state: str, *, verb: str, actor: Person | None, now: datetime, note: str = NO_NOTE
) -> Change | None:
    return keep(thing, {"state": state}, verb=verb, actor=actor, now=now, note=note)


def _refuse_merged(thing: Thing) -> None:
    if getattr(thing, "merged_into_id", None):
        raise Refused("merged", _("This entry has been joined to another. Take that back first."))


def _told(notice: Notice) -> list[dict[str, object]]:
    names = ("from_on", "until_on", "closes", "text_fi", "text_sv", "text_en")
    return [{name: plain(getattr(notice, name)) for name in names}]


@transaction.atomic
def revert(change: Change, *, actor: Person, now: datetime) -> Change | None:
    """Put back what the entry said before the change; refuse where it has been changed again since."""
    thing = of_change(change)
    if thing is None or change.verb not in REVERTIBLE:
        raise Refused("not-revertible", _("This cannot be taken back here."))
    held = locked(thing)
    values = {name: pair for name, pair in change.values.items() if isinstance(pair, list)}
    is_now = snapshot(held, values)
    for name, (_old, made) in values.items():
        if is_now[name] != made:
            message = _("It has been changed again since. Change it by hand: %(field)s.")
            raise Refused("changed-since", message % {"field": field_name(name)}, name)
    old = {name: pair[0] for name, pair in values.items()}
    if old.keys() <= KINDS[kind_of(held)].fields:
        return write(held, old, verb="reverted", actor=actor, now=now)
    if old.get("state") == "published":
        return publish(held, actor=actor, now=now)
    return keep(held, old, verb="reverted", actor=actor, now=now)
