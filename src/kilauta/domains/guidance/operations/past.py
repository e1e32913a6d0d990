"""Sessions that were written down elsewhere are brought in by the thousand, with their own times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from kilauta.domains.directory.models import Place
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession, Share
from kilauta.domains.guidance.models.sessions import in_a_word

PORTION = 500


@dataclass(frozen=True, slots=True)
class Past:
    """An entry of another time: who helped (None: not known here any more), and when it was written down."""

    entry: Entry
    supporter: UUID | None
    logged_at: datetime


@transaction.atomic
def bring_in(past: Iterable[Past]) -> int:
    """Hold these sessions, each once by the key of its entry; return how many are new. What is there stays as it is.

    What no page lets anybody say is refused by the database, and then nothing of it is held.
    """
    rows = list(past)
    held = {each.entry.place for each in rows if each.entry.place}
    municipalities = dict(Place.objects.filter(pk__in=held).values_list("pk", "municipality"))
    made = 0
    for start in range(0, len(rows), PORTION):
        portion = {each.entry.key: each for each in rows[start : start + PORTION]}
        known = set(GuidanceSession.objects.filter(key__in=portion).values_list("key", flat=True))
        new = [each for key, each in portion.items() if key not in known]
        _hold(new, municipalities)
        made += len(new)
    return made


def _hold(new: list[Past], municipalities: dict[UUID, str]) -> None:
    GuidanceSession.objects.bulk_create(_session(each, municipalities) for each in new)
    throughs: dict[str, Any] = {
        "topics": GuidanceSession.topics.through,
        "devices": GuidanceSession.devices.through,
    }
    for name, through in throughs.items():
        column = f"{name.removesuffix('s')}_id"
        QuerySet(through).bulk_create(
            through(guidancesession_id=_id(each), **{column: code})
            for each in new
            for code in dict.fromkeys(getattr(each.entry, name))
        )
    Share.objects.bulk_create(
        Share(session_id=_id(each), by=by, code=code, persons=persons)
        for each in new
        for by, code, persons in each.entry.flat_shares()
    )


def _id(past: Past) -> UUID:
    return uuid5(past.entry.key, "session")


def _session(past: Past, municipalities: dict[UUID, str]) -> GuidanceSession:
    entry = past.entry
    place = municipalities.get(entry.place) if entry.place else None
    return GuidanceSession(
        id=_id(past), key=entry.key, network_id=entry.network, organisation_id=entry.organisation,
        supporter_id=past.supporter, given_by=entry.given_by, shape=entry.shape, kind=entry.kind, way=entry.way,
        held_on=entry.held_on, place_id=entry.place, municipality_id=place or entry.municipality or None,
        mode=entry.mode, persons=entry.persons, minutes=entry.minutes, outcome=entry.outcome,
        referred_to=entry.referred_to, age=entry.age, language=entry.language, was_before=entry.was_before,
        is_near=entry.is_near, logged_at=past.logged_at, topic_codes=in_a_word(entry.topics),
        device_codes=in_a_word(entry.devices),
    )  # fmt: skip
