"""Who may be offered a request for help: whoever serves its topic, its way and its place, and whom no rule forbids."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

# Asking "in any way" is content with each of these; of the others a channel of any of these modes will do.
MODES: dict[str, frozenset[str]] = {
    "": frozenset(),
    "phone": frozenset({"phone"}),
    "remote": frozenset({"remote", "chat"}),
    "home-visit": frozenset({"home-visit"}),
    "booked-visit": frozenset({"walk-in", "booked-visit", "mobile", "group"}),
    "neighbour": frozenset({"neighbour"}),
}
NEIGHBOUR = "neighbour"
# Nobody knows yet what it is about: anybody may ring and ask.
ANYTHING = "x-muu"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `towns`: the municipality, or the whole network's where none was told."""

    topics: frozenset[str]
    mode: str
    towns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Helper:
    """One way in which somebody helps. Without topics it is every topic, without towns everywhere."""

    topics: frozenset[str]
    modes: frozenset[str]
    towns: frozenset[str]
    kinds: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Who must never be given a request about a topic: kinds of organisations, limits of services."""

    kinds: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()


NOBODY = Forbidden()


def topics_wanted(topics: Iterable[str]) -> frozenset[str]:
    """Return the topics by which helpers are looked for; none where anybody will do."""
    found = frozenset(topics)
    return frozenset() if ANYTHING in found else found


def serves(helper: Helper, wanted: Wanted, forbidden: Forbidden = NOBODY) -> bool:
    """Return whether the request may be offered to this helper."""
    if helper.kinds & forbidden.kinds or helper.limits & forbidden.limits:
        return False
    return (
        _meet(helper.topics, wanted.topics)
        and _meet(helper.modes, MODES[wanted.mode])
        and _meet(helper.towns, wanted.towns)
    )


def supporter_modes(modes: Collection[str], given_by: str, every: Iterable[str]) -> frozenset[str]:
    """Return the ways in which a supporter helps: those said, or every one. Neighbours are volunteers."""
    said = frozenset(modes or every)
    return said if given_by == "volunteer" else said - {NEIGHBOUR}


def _meet(offered: frozenset[str], asked: frozenset[str]) -> bool:
    return not offered or not asked or not offered.isdisjoint(asked)
