"""A proposal as the coordinator reads it: what would change, and what has changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from kilauta.domains.directory.choices import KIND_NAMES
from kilauta.domains.directory.models import Proposal

from .history import Difference, differences
from .snapshots import KINDS, Plain, Thing, entry, snapshot


@dataclass(frozen=True, slots=True)
class NewPart:
    """What a proposal for a new entry says of one of the things to be made."""

    kind: str
    name: str
    differences: tuple[Difference, ...]


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


def proposal_page(proposal: Proposal) -> ProposalPage:
    """Return what the page of a proposal shows."""
    if proposal.kind == "new":
        return ProposalPage(proposal, None, (), _parts(proposal.values), (), {})
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
