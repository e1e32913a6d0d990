"""Who signs up, as far as they told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guest:
    """Who signs up: so many people, reached by phone, mail or neither. `waits`: all of them wait for seats together."""

    name: str = ""
    phone: str = ""
    email: str = ""
    lang: str = "fi"
    persons: int = 1
    for_other: bool = False
    how_found: str = ""
    waits: bool = False
