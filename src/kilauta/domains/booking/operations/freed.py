"""A time that comes free is offered to those who wait, one after another, and held for whom it is offered to."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import formats, translation

from kilauta.domains.booking.logic import addresses
from kilauta.domains.booking.logic.waiting import InLine, first_who_fits, has_had_all, lapses_at
from kilauta.domains.booking.models import Call, Offer, Opening, Waiting
from kilauta.domains.booking.queries.secrets import hashed, token_of
from kilauta.domains.booking.queries.slots import diaries, free_slots
from kilauta.domains.directory.models import Supporter
from kilauta.domains.directory.queries.facts import say, way_name
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.outbox.choices import Channel
from kilauta.lib.zone import HELSINKI, local

from . import holding

ABOUT = "booking.opening:{}"
OPENING = "vapautunut/"


@transaction.atomic
def offer_freed(offer: Offer, *, starts_at: datetime, now: datetime) -> Opening | None:
    """Offer a time that has come free to the first in line whom it suits; None where there is no such person.

    It is theirs to take for a day, or until the offer's notice before it begins; nearer to that nobody is asked.
    """
    until = lapses_at(starts_at, now, limit=timedelta(minutes=offer.notice))
    if until is None or not Waiting.objects.filter(channel=offer.channel_id, state="waiting").exists():
        return None
    holding.lock(offer)
    if not _is_free(offer, starts_at, now):
        return None
    rows = {each.pk: each for each in _line(offer)}
    chosen = first_who_fits(map(_in_line, rows.values()), starts_at, area=_area(offer))
    return None if chosen is None else _made(rows[chosen.key], offer, starts_at, until, now)


@transaction.atomic
def offer_day(offer: Offer, *, on: date, now: datetime) -> None:
    """Offer the free times of a day that has been opened to those in line, one to each."""
    since = datetime.combine(on, time(), HELSINKI).astimezone(UTC)
    for slot in free_slots(
        [offer], since=since, until=since + timedelta(days=1, hours=1), now=now, early=True
    ):
        if (
            local(slot.starts_at).date() == on
            and offer_freed(offer, starts_at=slot.starts_at, now=now) is None
        ):
            return


@transaction.atomic
def pass_on(opening: Opening, state: str, *, now: datetime) -> Opening:
    """Hold that the time was not taken (`declined`, `lapsed`, `gone`), and offer it to the next in line."""
    opening.state = state
    opening.save(update_fields=["state"])
    outbox.cancel(ABOUT.format(opening.pk))
    Call.objects.filter(opening=opening, rung_at__isnull=True).delete()
    mine = opening.waiting
    # what somebody else has taken before the answer came was no chance
    if mine.state == "waiting" and has_had_all(mine.openings.exclude(state="gone").count()):
        mine.state, mine.ended_at = "passed", now
        mine.save(update_fields=["state", "ended_at"])
    offer_freed(opening.offer, starts_at=opening.starts_at, now=now)
    return opening


def lapse(*, now: datetime) -> int:
    """Offer to the next ones what nobody has answered in time, and end the waiting whose days are over."""
    late = Opening.objects.filter(state="offered", lapses_at__lte=now).select_related("offer__channel")
    passed = sum(_lapsed(each, now) for each in late.order_by("lapses_at", "pk"))
    asked = Opening.objects.filter(state="offered")
    over = Waiting.objects.filter(state="waiting", until_on__lt=local(now).date())
    over.exclude(pk__in=asked.values("waiting")).update(state="over", ended_at=now)
    return passed


@transaction.atomic
def _lapsed(opening: Opening, now: datetime) -> bool:
    holding.lock(opening.offer)
    # whoever has just answered was in time
    rows = Opening.objects.select_for_update(of=("self",)).select_related("waiting", "offer__channel")
    held = rows.filter(pk=opening.pk, state="offered").first()
    if held is None:
        return False
    pass_on(held, "lapsed", now=now)
    return True


def _is_free(offer: Offer, starts_at: datetime, now: datetime) -> bool:
    until = starts_at + timedelta(seconds=1)
    diary = diaries([offer], since=starts_at, until=until)[0]
    return any(diary.free(since=starts_at, until=until, now=now, early=True))


def _line(offer: Offer) -> list[Waiting]:
    """Return who waits for a time of this kind, in order; nobody else offers them anything meanwhile."""
    there = Waiting.objects.select_for_update().filter(channel=offer.channel_id, state="waiting")
    return list(there.prefetch_related("openings").order_by("came_at", "pk"))


def _in_line(row: Waiting) -> InLine:
    asked = [each for each in row.openings.all() if each.state != "gone"]
    return InLine(
        row.pk, row.from_on, row.until_on, str(row.municipality_id or ""),
        frozenset(each.starts_at for each in asked), any(each.state == "offered" for each in asked),
    )  # fmt: skip


def _area(offer: Offer) -> frozenset[str]:
    """Return the municipalities to which the supporter comes; where people come to a place, it matters to nobody."""
    if offer.place_id is not None:
        return frozenset()
    named = Supporter.objects.filter(person=offer.supporter_id, organisation=offer.organisation_id)
    return frozenset(named.exclude(area=None).values_list("area__pk", flat=True))


def _made(mine: Waiting, offer: Offer, starts_at: datetime, until: datetime, now: datetime) -> Opening:
    key = uuid4()
    ends_at = starts_at + timedelta(minutes=offer.minutes)
    made = Opening.objects.create(
        id=key, token_hash=hashed(token_of(key)), waiting=mine, offer=offer, starts_at=starts_at, ends_at=ends_at,
        offered_at=now, lapses_at=until,
    )  # fmt: skip
    if not _told(made, now):
        Call.objects.create(offer=offer, opening=made, why="offered", was_at=starts_at, made_at=now)
    return made


def _told(opening: Opening, now: datetime) -> bool:
    """Write to who waits; False where no message reaches them."""
    mine, channel = opening.waiting, opening.offer.channel
    by_mail = bool(mine.email)
    if not by_mail and not (mine.phone and outbox.texts_leave()):
        return False
    begins = addresses.start(settings.ADDRESS, opening.offer.network.host)
    with translation.override(mine.lang):
        context = {
            "name": f"{say(channel.service.name)}: {way_name(channel)}",
            "when": _when(opening.starts_at),
            "until": _when(opening.lapses_at),
            "link": addresses.page(begins, mine.lang, OPENING, token_of(opening.pk)),
        }
    outbox.send(
        "booking/opening", to=mine.email or mine.phone, lang=mine.lang, now=now, context=context,
        channel=Channel.MAIL if by_mail else Channel.SMS, about=ABOUT.format(opening.pk), phone=mine.phone,
        secret=True,
    )  # fmt: skip
    return True


def _when(instant: datetime) -> str:
    wall = local(instant)
    return f"{formats.date_format(wall, 'l j.n.Y')} {formats.time_format(wall)}"
