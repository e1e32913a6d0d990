from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Channel, OpeningRule, Place
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.refusals import Refused

Owner = Place | Channel | Network

# A helper at the desk and an open room keep hours; an appointment may be agreed for any time.
NEED_TIMES = ("open", "self-service")


class HoursDetails(TypedDict, total=False):
    weekdays: str
    opens: time | None
    closes: time | None
    state: str
    weeks: str
    nth: int | None
    valid_from: date | None
    valid_to: date | None
    holiday: str
    exception: bool
    note_fi: str
    note_sv: str
    note_en: str


def faults(details: HoursDetails) -> Iterator[tuple[str, str]]:
    """Yield fields, each with a sentence, without which the row would not say which hours it means."""
    opens, closes = details.get("opens"), details.get("closes")
    if opens is None and (closes is not None or details.get("state") in NEED_TIMES):
        yield "opens", _("The opening time must be given; the whole day is 00:00–24:00.")
    if closes is None and (opens is not None or details.get("state") in NEED_TIMES):
        yield "closes", _("The closing time must be given; the whole day is 00:00–24:00.")
    if details.get("nth") is not None and not details.get("weekdays"):
        yield "weekdays", _("The n-th of which weekday? Give the weekday.")
    picks = [details.get(name) for name in ("weekdays", "weeks", "valid_from", "valid_to", "holiday")]
    if details.get("exception") and not any(pick and pick != "all" for pick in picks):
        yield "valid_from", _("An exception must say on which days.")


@transaction.atomic
def save_opening_rule(
    source: str,
    external_id: str,
    *,
    owner: Owner,
    actor: Person,
    now: datetime,
    **details: Unpack[HoursDetails],
) -> Saved[OpeningRule]:
    """Hold one row of the hours of a place, a channel or a network's line; all of it is given anew."""
    for field, sentence in faults(details):
        raise Refused("missing", sentence, field)
    owners: dict[str, Owner | None] = dict.fromkeys(("place", "channel", "network"))
    owners[type(owner).__name__.lower()] = owner
    values = {**owners, **details}
    return save(OpeningRule, {"source": source, "external_id": external_id}, values, actor=actor, now=now)
