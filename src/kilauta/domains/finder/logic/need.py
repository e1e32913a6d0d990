"""What is asked: a need, a place, and wishes about how."""

from dataclasses import dataclass

from kilauta.lib.geo import Point


@dataclass(frozen=True, slots=True)
class Need:
    """Help wanted with any of these topics, perhaps with one e-service, perhaps with a device. Empty: anything."""

    code: str
    topics: frozenset[str] = frozenset()
    eservice: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where the person is: a municipality and the point they mean; both empty when they did not say."""

    code: str = ""
    municipality: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How the person would like the help: a family of ways, a language of the help, a group they belong to."""

    family: str = ""
    language: str = ""
    audience: str = ""
    reader: str = "fi"
