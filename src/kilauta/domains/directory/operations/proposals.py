"""What others would have the directory say: proposed, accepted, sent back or refused, each exactly once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import PLACE_MODES, PROPOSED_FOR
from kilauta.domains.directory.models import Channel, EService, Organisation, Place, Proposal, Service
from kilauta.domains.directory.queries.history import Difference, differences, who
from kilauta.domains.directory.queries.proposals import in_the_way
from kilauta.domains.directory.queries.snapshots import KINDS, Plain, Thing, entry, kind_of, snapshot
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.audit.recording import record
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused

from .answering import hand_keys, tell
from .editing import add_channel, add_organisation, add_place, add_service, publish, withdraw
from .writing import Values, cleaned, locked, refuse_nonsense, write

# So long after the answer the reporter's contact is kept; then it is erased (ports.privacy).
CONTACT_KEPT: Final = timedelta(days=14)
# What a proposal for a new entry may hold: an organisation, its place, its service and the ways to get it.
NEW_PARTS: Final = ("organisation", "place", "service", "channels")
LONGEST_CONTACT: Final = 120


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who proposes without an account, and perhaps wants an answer."""

    contact: str = ""
    lang: str = "fi"


class Conflict(Refused):
    """The entry has been changed since the proposal was made; `fields` tells how, by field."""

    def __init__(self, fields: tuple[Difference, ...], seen: Plain) -> None:
        message = _("The entry has been changed since this was proposed. Look at the fields and choose.")
        super().__init__("changed-since", message, fields[0].field)
        self.fields = fields  # old: what the proposal was made from; new: what the entry says now
        self.seen = seen  # what the entry says now, to be given back as `seen` once somebody has looked


@transaction.atomic
def submit(
    thing: Thing,
    values: Values,
    *,
    actor: Person | None,
    now: datetime,
    note: str = "",
    seen: datetime | None = None,
    reporter: Reporter | None = None,
) -> Change | Proposal | None:
    """Keep what an editor changed: at once, or as a proposal where somebody has made sure of a public entry.

    A trusted organisation's changes are public at once. Returns None where there was nothing to change. `seen` says
    of when the entry was that the editor saw: refused where it has been changed since. `actor` is None for somebody
    without an account, who came by a mailed link.
    """
    held: Thing = locked(thing)
    if seen is not None and seen != held.changed_at:
        message = _(
            "Somebody has changed this entry meanwhile. Look at it anew, then press the button again."
        )
        raise Refused("changed-since", message)
    if waits(held):
        return propose(held, values, actor=actor, now=now, note=note, reporter=reporter)
    return write(held, values, verb="changed", actor=actor, now=now, note=note)


@transaction.atomic
def propose(
    thing: Thing,
    values: Values,
    *,
    actor: Person | None,
    now: datetime,
    kind: str = "change",
    note: str = "",
    page: str = "",
    reporter: Reporter | None = None,
) -> Proposal | None:
    """Ask a coordinator for a change of an entry, or tell an error of it; None where nothing would change.

    An error report may have words only, a change must have values.
    """
    wanted = cleaned(KINDS[kind_of(thing)], thing, values)
    base = snapshot(thing, wanted)
    wanted = {name: value for name, value in wanted.items() if base[name] != value}
    refuse_nonsense(thing, wanted)
    if kind == "change" and not wanted:
        return None
    if kind == "error" and not wanted and not note.strip():
        raise Refused(
            "nothing-new", _("The page says so already. Tell in your own words what is wrong."), "note"
        )
    return _proposal(
        kind, thing, values=wanted, base={name: base[name] for name in wanted}, note=note, page=page,
        actor=actor, reporter=reporter, now=now,
    )  # fmt: skip


@transaction.atomic
def report_error(
    thing: Thing | None,
    note: str,
    *,
    page: str,
    network: Network | None,
    values: Values | None = None,
    actor: Person | None,
    reporter: Reporter | None = None,
    now: datetime,
) -> Proposal:
    """Tell that something is wrong on a page, in words, field by field, or both."""
    if not note.strip() and not values:
        raise Refused("missing", _("Tell what is wrong."), "note")
    if thing is not None:
        made = propose(
            thing, values or {}, actor=actor, now=now, kind="error", note=note, page=page, reporter=reporter
        )
        assert made is not None  # noqa: S101 -- only a change can be none
        return made
    return _proposal(
        "error", None, note=note, page=page, network=network, actor=actor, reporter=reporter, now=now
    )


@transaction.atomic
def propose_new(
    parts: Mapping[str, Any],
    *,
    network: Network | None,
    organisation: Organisation | None = None,
    actor: Person | None,
    reporter: Reporter | None = None,
    note: str = "",
    now: datetime,
) -> Proposal:
    """Propose new entries: values by part (NEW_PARTS; `channels` is a list), of a listed organisation or a new one."""
    strange = sorted(set(parts) - set(NEW_PARTS))
    if strange or not (parts.get("organisation") or organisation):
        raise Refused("unknown-field", _("Tell who gives the help."), "organisation")
    wanted: Plain = {}
    for name, values in parts.items():
        kind = KINDS["channel" if name == "channels" else name]
        each = values if name == "channels" else [values]
        clean = [cleaned(kind, kind.model(), one) for one in each]
        wanted[name] = clean if name == "channels" else clean[0]
    return _proposal(
        "new", None, values=wanted, note=note, network=network, organisation=organisation, actor=actor,
        reporter=reporter, now=now, entry_kind=next(name for name in (*NEW_PARTS,) if name in parts).rstrip("s"),
    )  # fmt: skip


@transaction.atomic
def claim(
    organisation: Organisation,
    *,
    note: str,
    actor: Person | None,
    reporter: Reporter | None = None,
    now: datetime,
) -> Proposal:
    """Say that the organisation is one's own, and ask to look after its entry."""
    return _proposal("claim", organisation, note=note, actor=actor, reporter=reporter, now=now)


@transaction.atomic
def ask_to_leave(
    thing: Thing, *, note: str, actor: Person | None, reporter: Reporter | None = None, now: datetime
) -> Proposal:
    """Ask that the entry be shown no more."""
    return _proposal("leave", thing, note=note, actor=actor, reporter=reporter, now=now)


@transaction.atomic
def accept(
    proposal: Proposal,
    *,
    actor: Person,
    now: datetime,
    values: Values | None = None,
    seen: Values | None = None,
    answer: str = "",
    invitation: Callable[[str], str] | None = None,
) -> Proposal:
    """Do what was proposed, or what the coordinator made of it (`values`), and say so.

    Who claims an organisation is invited to edit its entries; `invitation` makes the address of that from its token.

    Where the entry has been changed since, refuse with a `Conflict` and keep nothing; `seen` says what the entry
    said when somebody looked at the conflict, and then that is what is replaced.
    """
    held = _waiting(proposal)
    if held.kind == "new" and held.entry_id:
        publish(_entry(held), actor=actor, now=now, note=answer)
    elif held.kind == "new":
        made = _make_new(held, held.values if values is None else values, actor=actor, now=now)
        held.entry_kind, held.entry_id = kind_of(made), made.pk
    elif held.kind == "leave":
        withdraw(_entry(held), actor=actor, now=now, note=answer)
    elif held.kind == "claim" and invitation is not None:
        hand_keys(held, invitation, actor=actor, now=now)
    elif held.entry_id:
        _change(held, held.values if values is None else values, seen or {}, actor=actor, now=now)
    return _handled(held, "accepted", actor=actor, now=now, answer=answer)


@transaction.atomic
def return_to_sender(proposal: Proposal, reason: str, *, actor: Person, now: datetime) -> Proposal:
    """Send the proposal back to be mended, and say why."""
    return _handled(_waiting(proposal), "returned", actor=actor, now=now, answer=_reason(reason))


@transaction.atomic
def refuse(proposal: Proposal, reason: str, *, actor: Person, now: datetime) -> Proposal:
    """Say no to the proposal, and why."""
    return _handled(_waiting(proposal), "refused", actor=actor, now=now, answer=_reason(reason))


@transaction.atomic
def propose_again(
    proposal: Proposal, values: Values, *, actor: Person, now: datetime, note: str = ""
) -> Proposal:
    """Send a proposal that came back once more, mended."""
    held: Proposal = locked(proposal)
    if held.state != "returned" or held.by_id != actor.pk:
        raise Refused("already-handled", _("This proposal is not waiting for you."))
    thing = _entry(held)
    held.values = cleaned(KINDS[held.entry_kind], thing, values)
    held.base = snapshot(thing, held.values)
    held.note, held.state, held.made_at = note or held.note, "waiting", now
    held.handled_at = held.handled_by = None
    held.save()
    return held


def _change(proposal: Proposal, values: Values, seen: Values, *, actor: Person, now: datetime) -> None:
    thing: Thing = locked(_entry(proposal))
    wanted = cleaned(KINDS[proposal.entry_kind], thing, values)
    then, is_now = in_the_way(proposal, thing, wanted, seen)
    if is_now:
        raise Conflict(differences(proposal.entry_kind, then, is_now), is_now)
    write(thing, wanted, verb="changed", actor=actor, now=now, note=_("From a proposal"))


def _make_new(proposal: Proposal, parts: Mapping[str, Any], *, actor: Person, now: datetime) -> Thing:
    """Make and show what was proposed; what it hangs on first."""
    by: dict[str, Any] = {"actor": actor, "now": now}
    giver = proposal.organisation
    made: list[Thing] = []
    if parts.get("organisation"):
        giver = add_organisation(parts["organisation"], steward=proposal.network, **by)
        made.append(giver)
    place: Place | None = None
    if parts.get("place"):
        place = add_place(giver, parts["place"], steward=proposal.network, **by)
        made.append(place)
    if parts.get("service") and giver is not None:
        service = add_service(giver, parts["service"], **by)
        for values in parts.get("channels", ()):
            comes = place is not None and values["mode"] in PLACE_MODES and not values.get("place")
            there = {"place": place.pk} if comes and place else {}
            add_channel(service, {**values, **there}, **by)
        made.append(service)
    for thing in made:
        publish(thing, **by)
    return made[0]


def waits(thing: Thing) -> bool:
    """Tell whether an editor's change of the entry must be looked at first."""
    of = organisation_of(thing)
    if thing.state != "published" or (of is not None and of.trusted) or isinstance(thing, EService):
        return False
    return thing.verifications.exists()


def organisation_of(thing: Thing | None) -> Organisation | None:
    """Return whose entry it is."""
    if isinstance(thing, Channel):
        return thing.service.organisation
    if isinstance(thing, Service):
        return thing.organisation
    if isinstance(thing, Place):
        return thing.host
    return thing.owner if isinstance(thing, EService) else thing


def network_of(thing: Thing | None) -> Network | None:
    """Return which network looks after the entry: its own, or else that of the one whose entry it is."""
    of = thing.service if isinstance(thing, Channel) else thing
    above = organisation_of(thing)
    return (of.steward if of else None) or (above.steward if above else None)


def _proposal(
    kind: str,
    thing: Thing | None,
    *,
    actor: Person | None,
    reporter: Reporter | None,
    now: datetime,
    organisation: Organisation | None = None,
    network: Network | None = None,
    entry_kind: str = "page",
    **said: Any,  # noqa: ANN401 -- fields of a proposal
) -> Proposal:
    reporter = reporter or Reporter()
    assert entry_kind in PROPOSED_FOR  # noqa: S101 -- given by the verbs above
    refuse_identity_numbers(note=said.get("note", ""))
    if len(reporter.contact) > LONGEST_CONTACT:
        raise Refused("too-long", _("This address is too long for us. Give a shorter one."), "contact")
    return Proposal.objects.create(
        kind=kind,
        entry_kind=kind_of(thing) if thing else entry_kind,
        entry_id=thing.pk if thing else None,
        organisation=organisation or organisation_of(thing),
        network=network or network_of(thing),
        by=actor,
        contact=reporter.contact,
        lang=reporter.lang,
        made_at=now,
        **said,
    )


def _waiting(proposal: Proposal) -> Proposal:
    """Return the proposal, held until the transaction ends; refuse one that somebody has handled already."""
    held: Proposal = locked(proposal)
    if held.state != "waiting":
        message = _("%(who)s has handled this already.") % {"who": who(held.handled_by)}
        raise Refused("already-handled", message)
    return held


def _handled(held: Proposal, state: str, *, actor: Person, now: datetime, answer: str) -> Proposal:
    """Hold the answer, and mail it to whoever is to hear it."""
    refuse_identity_numbers(answer=answer)
    held.state, held.handled_by, held.handled_at, held.answer = state, actor, now, answer
    held.save()
    record(held, state, actor=actor, now=now)
    tell(held, actor=actor, now=now)
    return held


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("missing", _("Write why, in a few words."), "reason")
    return reason


def _entry(proposal: Proposal) -> Thing:
    thing = entry(proposal.entry_kind, str(proposal.entry_id)) if proposal.entry_kind in KINDS else None
    if thing is None:
        raise Refused("gone", _("The entry is no longer there."))
    return thing
