from dataclasses import dataclass
from datetime import datetime

from kilauta.kit.access.holdings import Holdings
from kilauta.kit.accounts.models import Person


@dataclass(frozen=True, slots=True)
class At:
    """Who has opened a register, in the office of which region, and when."""

    region: str
    actor: Person
    holdings: Holdings
    now: datetime
