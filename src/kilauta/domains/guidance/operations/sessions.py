"""Help that happened is written down, corrected and taken back. What is taken back stays, and counts nowhere."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Device, Place, Topic
from kilauta.domains.guidance.choices import AGES, BEFORE, SHARED
from kilauta.domains.guidance.logic.entry import (
    MOST_MINUTES,
    MOST_PERSONS,
    OLDEST,
    Entry,
    is_editable,
)
from kilauta.domains.guidance.models import GuidanceSession, Share
from kilauta.domains.guidance.models.sessions import NOTE_LONGEST, in_a_word
from kilauta.domains.guidance.queries.sessions import has_notes, places_of, tags_of
from kilauta.domains.territory.models import Municipality
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .tags import add_tag

# What a person may correct; the network, the shape and how the entry came to be are none of it.
COLUMNS = (
    "organisation_id", "given_by", "kind", "held_on", "place_id", "municipality_id", "mode", "persons",
    "minutes", "outcome", "referred_to", "age", "language", "was_before", "is_near", "note",
)  # fmt: skip
# Who did not come was not helped.
OUTCOMES = tuple(code for code in directory.codes("outcome") if code != "no-show")


@transaction.atomic
def log_session(entry: Entry, *, actor: Person, now: datetime, new_tag: str = "") -> GuidanceSession:
    """Write down help that happened. An entry that came before, by its key, is the session of then, unchanged.

    `new_tag`: a word of the person's own, made on the fly and put on it besides.
    """
    held = GuidanceSession.objects.filter(key=entry.key).first()
    if held is not None:
        return held
    _check(entry, actor=actor, now=now)
    fixed = {"network_id": entry.network, "shape": entry.shape, "way": entry.way}
    session, made = GuidanceSession.objects.get_or_create(
        key=entry.key,
        defaults={**_columns(entry), **_codes(entry), **fixed, "supporter": actor, "logged_at": now},
    )
    if made:
        _relate(session, _tagged(entry, new_tag, actor=actor, now=now))
    return session


@transaction.atomic
def log_sheet(
    entries: Mapping[int, Entry], *, actor: Person, now: datetime
) -> dict[int, GuidanceSession | Refused]:
    """Write down the rows of a sheet by their numbers: the good ones once, of the others why not.

    A row that came before and says something else now is refused: it is there, and can be corrected there.
    """
    done: dict[int, GuidanceSession | Refused] = {}
    for number, entry in entries.items():
        try:
            with transaction.atomic():
                done[number] = _log_row(entry, actor=actor, now=now)
        except Refused as refused:
            done[number] = refused
    return done


def _log_row(entry: Entry, *, actor: Person, now: datetime) -> GuidanceSession:
    session = log_session(entry, actor=actor, now=now)
    if not _says(session, entry):
        sentence = _("This row has been logged already with other words. Correct it in your entries.")
        raise Refused("logged-otherwise", sentence)
    return session


@transaction.atomic
def change_session(
    session: GuidanceSession, entry: Entry, *, actor: Person, now: datetime, new_tag: str = ""
) -> GuidanceSession:
    """Correct an entry within 30 days; its history keeps what was before. Nothing changed leaves nothing behind."""
    held = _open(session, now)
    if held.withdrawn_at is not None:
        raise Refused("withdrawn", _("This entry was taken back. Bring it back first."))
    if (entry.network, entry.shape) != (held.network_id, held.shape):
        raise ValueError("The network and the shape of an entry stay.")
    _check(entry, actor=actor, now=now, held=held)
    before = {**{name: getattr(held, name) for name in COLUMNS}, **_related(held)}
    codes = _codes(entry)
    for name, value in {**_columns(entry), **codes}.items():
        setattr(held, name, value)
    held.save(update_fields=[*COLUMNS, *codes])
    _relate(held, _tagged(entry, new_tag, actor=actor, now=now))
    after = {**{name: getattr(held, name) for name in COLUMNS}, **_related(held)}
    values = {_field(name): (was, after[name]) for name, was in before.items() if was != after[name]}
    if values:
        recording.record(held, "changed", actor=actor, now=now, values=values)
    return held


@transaction.atomic
def withdraw_session(session: GuidanceSession, *, actor: Person, now: datetime) -> GuidanceSession:
    """Take an entry back within 30 days: it counts nowhere. One that is taken back already stays so."""
    held = _open(session, now)
    if held.withdrawn_at is None:
        _mark(held, now, "withdrawn", actor=actor, now=now)
    return held


@transaction.atomic
def restore_session(session: GuidanceSession, *, actor: Person, now: datetime) -> GuidanceSession:
    """Let an entry that was taken back count again, within the same 30 days."""
    held = _open(session, now)
    if held.withdrawn_at is not None:
        _mark(held, None, "restored", actor=actor, now=now)
    return held


def _mark(held: GuidanceSession, at: datetime | None, verb: str, *, actor: Person, now: datetime) -> None:
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    recording.record(held, verb, actor=actor, now=now)


def _open(session: GuidanceSession, now: datetime) -> GuidanceSession:
    """Return the session, locked; refuse when its days of correction are over."""
    held = GuidanceSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if not is_editable(now - held.logged_at):
        raise Refused("too-late", _("An entry can be changed for 30 days. This one stays as it is."))
    return held


def _columns(entry: Entry) -> dict[str, object]:
    place = Place.objects.filter(pk=entry.place).first() if entry.place else None
    return {
        "organisation_id": entry.organisation,
        "given_by": entry.given_by,
        "kind": entry.kind,
        "held_on": entry.held_on,
        "place_id": entry.place,
        "municipality_id": place.municipality_id if place else entry.municipality or None,
        "mode": entry.mode,
        "persons": entry.persons,
        "minutes": entry.minutes,
        "outcome": entry.outcome,
        "referred_to": entry.referred_to,
        "age": entry.age,
        "language": entry.language,
        "was_before": entry.was_before,
        "is_near": entry.is_near,
        "note": entry.note,
    }


def _codes(entry: Entry) -> dict[str, str]:
    return {"topic_codes": in_a_word(entry.topics), "device_codes": in_a_word(entry.devices)}


def _tagged(entry: Entry, new_tag: str, *, actor: Person, now: datetime) -> Entry:
    if not new_tag:
        return entry
    tag = add_tag(entry.network, new_tag, actor=actor, now=now)
    return replace(entry, tags=tuple({*entry.tags, tag.pk}))


def _says(session: GuidanceSession, entry: Entry) -> bool:
    """Return whether the session says what the entry says, as far as a sheet can say it."""
    same = all(getattr(session, name) == value for name, value in _columns(entry).items())
    return same and set(_keys(session.topics)) == set(entry.topics)


def _relate(session: GuidanceSession, entry: Entry) -> None:
    session.topics.set(Topic.objects.filter(pk__in=entry.topics))
    session.devices.set(Device.objects.filter(pk__in=entry.devices))
    session.tags.set(entry.tags)
    Share.objects.filter(session=session).delete()
    Share.objects.bulk_create(
        Share(session=session, by=by, code=code, persons=persons) for by, code, persons in entry.flat_shares()
    )


def _related(session: GuidanceSession) -> dict[str, object]:
    shares = Share.objects.filter(session=session).values_list("by", "code", "persons")
    return {
        "topics": _keys(session.topics),
        "devices": _keys(session.devices),
        "tags": _keys(session.tags),
        "shares": sorted(f"{by}={code}: {persons}" for by, code, persons in shares),
    }


def _keys(related: models.Manager[models.Model]) -> list[object]:
    return sorted(related.values_list("pk", flat=True))


def _field(name: str) -> str:
    return name.removesuffix("_id")


def _check(entry: Entry, *, actor: Person, now: datetime, held: GuidanceSession | None = None) -> None:
    """Refuse what a person can mend; what no page lets anybody say is left to the database."""
    _check_day(entry, now)
    if not 1 <= entry.persons <= MOST_PERSONS:
        raise Refused("persons", _("Write how many persons there were, at most 999."), "persons")
    if entry.minutes is not None and not 1 <= entry.minutes <= MOST_MINUTES:
        raise Refused("minutes", _("Write minutes between 1 and 1439, or nothing."), "minutes")
    if entry.outcome not in OUTCOMES:
        raise Refused("no-show", _("Somebody who did not come was not helped: nothing is logged."), "outcome")
    if entry.referred_to and entry.outcome != "referred":
        raise Refused(
            "not-referred", _("Say where only if the person was referred elsewhere."), "referred_to"
        )
    _check_note(entry, held)
    _check_shares(entry)
    _check_known(entry, actor=actor, held=held)


def _check_day(entry: Entry, now: datetime) -> None:
    today = local(now).date()
    if entry.held_on > today:
        raise Refused("future", _("This day is yet to come."), "held_on")
    if entry.way != "file" and today - entry.held_on > OLDEST:
        raise Refused("too-old", _("This day is more than a year ago. Check the year."), "held_on")


def _check_note(entry: Entry, held: GuidanceSession | None) -> None:
    if not entry.note or (held and held.note == entry.note):
        return
    if not has_notes(entry.network):
        raise Refused("no-notes", _("Your network does not keep notes in the log."), "note")
    if len(entry.note) > NOTE_LONGEST:
        raise Refused("too-long", _("Shorten the note: there may be 200 characters."), "note")
    refuse_identity_numbers(note=entry.note)


def _check_shares(entry: Entry) -> None:
    if entry.shape == "one" and any(entry.flat_shares()):
        raise ValueError("One person has no shares.")
    for by, code, persons in entry.flat_shares():
        if persons < 0 or code not in share_codes()[by]:
            raise ValueError(f"No such share: {by} {code} {persons}")
    for by in entry.overfull():
        words = {"name": SHARED[by], "number": entry.persons}
        raise Refused(
            "overfull",
            _("%(name)s: you have told of more persons than there were (%(number)d).") % words,
            f"shares-{by}",
        )


def share_codes() -> Mapping[str, Collection[str]]:
    """Return what a group may be told by, with the codes of each."""
    return {
        "age": AGES,
        "language": directory.codes("language"),
        "municipality": frozenset(Municipality.objects.values_list("code", flat=True)),
        "outcome": [code for code in OUTCOMES if code != "not-recorded"],
        "before": BEFORE,
    }


def _check_known(entry: Entry, *, actor: Person, held: GuidanceSession | None) -> None:
    """Refuse what is not offered (any more); what an entry has already, it may keep."""
    kept = _related(held) if held else {"topics": [], "devices": [], "tags": []}
    if entry.place and not (held and held.place_id == entry.place):
        offered_places = places_of(entry.network, entry.organisation)
        if not offered_places.filter(pk=entry.place).exists():
            raise Refused("place", _("Choose the place anew: this one is not in use."), "place")
    offered: dict[str, tuple[Collection[object], models.QuerySet[models.Model]]] = {
        "topics": (entry.topics, Topic.objects.filter(retired_on__isnull=True)),
        "devices": (entry.devices, Device.objects.filter(retired_on__isnull=True)),
        "tags": (entry.tags, tags_of(entry.network, entry.organisation, actor)),
    }
    for name, (wanted, rows) in offered.items():
        new = set(wanted) - set(kept[name])  # type: ignore[call-overload]
        if new and rows.filter(pk__in=new).count() != len(new):
            raise Refused("unknown", _("Choose these anew: something here is not in use."), name)
