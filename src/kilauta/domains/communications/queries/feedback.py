from dataclasses import dataclass
from datetime import date, datetime

from kilauta.domains.communications.choices import ABOUT
from kilauta.domains.communications.models import Feedback
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class Waiting:
    """Feedback that nobody has answered, and how many days are left; fewer than none when it is overdue."""

    feedback: Feedback
    days_left: int

    @property
    def about(self) -> str:
        return str(ABOUT[self.feedback.about])

    @property
    def is_overdue(self) -> bool:
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever gave feedback is shown of it: nothing that somebody else could learn from."""

    number: str
    due_on: date
    is_answered: bool
    wants_answer: bool


def waiting_feedback(network_id: str, *, now: datetime) -> list[Waiting]:
    """Return the network's unanswered feedback, the most overdue first."""
    today = local(now).date()
    rows = Feedback.objects.filter(network_id=network_id, answered_on=None).order_by("due_on", "id")
    return [Waiting(each, (each.due_on - today).days) for each in rows]


def feedback(network_id: str, number: str) -> Feedback | None:
    """Return feedback given to this network, by its number."""
    return Feedback.objects.filter(network_id=network_id, number=number).first()


def receipt(network_id: str, number: str) -> Receipt | None:
    """Return the receipt of feedback given to this network."""
    found = feedback(network_id, number)
    if found is None:
        return None
    return Receipt(spoken(found.number), found.due_on, found.answered_on is not None, bool(found.contact))


def spoken(number: str) -> str:
    """Return the number in the groups it is read aloud in."""
    return f"{number[:4]} {number[4:]}"
