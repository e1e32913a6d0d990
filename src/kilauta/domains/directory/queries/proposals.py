"""A proposal as the coordinator reads it: what would change, and what has changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kilauta.domains.directory.choices import KIND_NAMES
from kilauta.domains.directory.models import Proposal
from kilauta.kit.audit.recording import history

from .duplicates import Likely, like_new
from .history import Difference, differences
from .snapshots import KINDS, Plain, Thing, entry, snapshot


@dataclass(frozen=True, slots=True)
class NewPart:
    """What a proposal for a new entry says of one of the things to be made."""

    kind: str
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever told us something is shown of it: nothing that somebody else could learn from."""

    number: str
    kind: str
    is_answered: bool
    wants_answer: bool
    rings: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    proposal: Proposal
    thing: Thing | None
    differences: tuple[Difference, ...]
    parts: tuple[NewPart, ...]
    # What the entry said when the proposal was made (old), and says now (new), where that differs.
    conflicts: tuple[Difference, ...]
    # What the entry says now of these fields; to be given back when the conflict has been looked at.
    seen: Plain
    # Organisations that the proposed one may already be.
    alike: tuple[Likely, ...] = ()


def proposal_page(proposal: Proposal) -> ProposalPage:
    """Return what the page of a proposal shows."""
    if proposal.kind == "new":
        waits = proposal.state == "waiting" and proposal.values.get("organisation")
        alike = like_new(proposal.network_id or "", proposal.values) if waits else ()
        return ProposalPage(proposal, None, (), _parts(proposal.values), (), {}, alike)
    known = proposal.entry_kind in KINDS
    thing = entry(proposal.entry_kind, proposal.entry_id) if known and proposal.entry_id else None
    if thing is None:
        return ProposalPage(proposal, None, (), (), (), {})
    then, now = in_the_way(proposal, thing, proposal.values, {})
    return ProposalPage(
        proposal,
        thing,
        differences(proposal.entry_kind, proposal.base, proposal.values),
        (),
        differences(proposal.entry_kind, then, now),
        now,
    )


def receipt(key: UUID) -> Receipt | None:
    """Return the receipt of what somebody without an account has told."""
    found = Proposal.objects.filter(pk=key, by__isnull=True).first()
    if found is None:
        return None
    return Receipt(found.number, found.kind, found.state != "waiting", bool(found.contact), found.rings)


def told_by_phone_at(proposal: Proposal) -> datetime | None:
    """Return when the answer was told on the telephone; None if it has not been."""
    since = proposal.handled_at
    changes = history("directory.Proposal", proposal.pk).filter(verb="told", at__gte=since) if since else ()
    return max((change.at for change in changes), default=None)


def in_the_way(
    proposal: Proposal, thing: Thing, values: Mapping[str, object], seen: Mapping[str, object]
) -> tuple[Plain, Plain]:
    """Return what was expected and what the entry says now, of fields that say neither that nor what is wanted."""
    is_now, expected = snapshot(thing, values), {**proposal.base, **seen}
    moved = [
        name
        for name, value in values.items()
        if name in expected and is_now[name] not in (expected[name], value)
    ]
    return {name: expected[name] for name in moved}, {name: is_now[name] for name in moved}


def _parts(values: Mapping[str, object]) -> tuple[NewPart, ...]:
    found = []
    for name, given in values.items():
        kind = "channel" if name == "channels" else name
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, dict):
                said = {field: value for field, value in one.items() if value not in (None, "", [], False)}
                found.append(NewPart(kind, str(KIND_NAMES[kind]), differences(kind, {}, said)))
    return tuple(found)
