"""Help is asked for, taken by one person, given back, passed on and closed."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.queries import catalogue
from kilauta.domains.guidance.choices import CLOSINGS
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.logic.requests import FORGOTTEN_AFTER, MOST_A_DAY, promised_by
from kilauta.domains.guidance.models import GuidanceSession, HelpRequest, RequestPromise
from kilauta.domains.guidance.models.requests import NUMBER_LENGTH, Asking
from kilauta.domains.guidance.queries.requests import Offered, neighbours_of, promise, topics_of
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.limits import counters
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.finding import plain
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

from .sessions import log_session

Link = Callable[[Asking], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says when asking for help. Keys are those of the directory; what was not said is empty."""

    group: str = ""
    topic: str = ""
    municipality: str = ""
    locality: str = ""
    mode: str = ""
    whose: str = "me"
    wanted: str = "any"
    contact: str = ""
    only_by: str = ""
    lang: str = "fi"

    def columns(self) -> dict[str, object]:
        return {
            "group_id": self.group or None,
            "topic_id": self.topic or None,
            "municipality_id": self.municipality or None,
            "locality_id": self.locality or None,
            "mode": self.mode,
            "whose": self.whose,
            "wanted": self.wanted,
            "contact": self.contact,
            "only_by": self.only_by,
            "lang": self.lang,
        }


@transaction.atomic
def ask_for_help(
    asked: Asked,
    *,
    network: str,
    made_by: str,
    link: Link,
    office: str,
    actor: Person | None,
    now: datetime,
) -> HelpRequest:
    """Take a request. Who left an address or a number gets the link by it, unless they want to be reached otherwise.

    `link` gives the address at which whoever asked sees how it stands; `office` is that of the queue, for the
    volunteers who are told that a neighbour asks.
    """
    if not asked.contact:
        raise Refused("no-contact", _("Write a phone number or an e-mail address."), "contact")
    refuse_identity_numbers(contact=asked.contact)
    refuse_too_many(asked.contact, now=now)
    request = HelpRequest.objects.create(
        network_id=network,
        number=free_number(HelpRequest),
        made_by=made_by,
        made_at=now,
        due_at=promised_by(now, promise(network)),
        **asked.columns(),
    )
    recording.record(request, "asked", actor=actor, now=now)
    tell(request, "guidance/asked", link=link(request), now=now)
    if request.mode == "neighbour":
        for neighbour in neighbours_of(request, day=local(now).date()):
            _offer(request, neighbour, "guidance/neighbour", office, now=now)
    return request


def refuse_too_many(contact: str, *, now: datetime) -> None:
    """Refuse when the same number or address has come too often today."""
    within = timedelta(days=1)
    if not counters.allow("guidance.contact", plain(contact), most=MOST_A_DAY, within=within, now=now):
        raise Refused(
            "too-many", _("You have asked several times today, and we have it all. Please call us instead.")
        )


def free_number(kind: type[models.Model]) -> str:
    """Return a number that is easy to say on the telephone, and that tells nothing of how many there are."""
    while True:
        number = "".join(secrets.choice("0123456789") for _digit in range(NUMBER_LENGTH))
        if not models.QuerySet(kind).filter(number=number).exists():
            return number


def about(thing: Asking) -> str:
    """Return by what the messages about it are cancelled."""
    return f"guidance.{thing._meta.model_name}:{thing.pk}"  # noqa: SLF001 -- Django's documented API


def tell(thing: Asking, kind: str, *, link: str, now: datetime) -> None:
    """Write to whoever asked, if they may be written to: nobody is reached otherwise than they said."""
    if not (thing.takes_mail or (thing.takes_sms and outbox.texts_leave())):
        return
    name = str(thing.network.name.pick(thing.lang))
    outbox.send(
        kind,
        to=thing.contact,
        lang=thing.lang,
        now=now,
        channel="mail" if thing.takes_mail else "sms",
        context={"number": thing.number, "link": link, "network": name, "phone": thing.network.phone},
        about=about(thing),
        key=f"{kind}:{thing.pk}",
        secret=True,
    )


def _offer(request: HelpRequest, person: Person, kind: str, office: str, *, now: datetime) -> None:
    """Tell a helper by mail that a request waits: where, and nothing of who asks."""
    if not person.email:
        return
    outbox.send(
        kind,
        to=person.email,
        lang=person.lang,
        now=now,
        context={"link": office, "network": str(request.network.name.pick(person.lang))},
        about=_offers(request),
    )


@transaction.atomic
def take(offered: Offered, *, actor: Person, now: datetime) -> HelpRequest:
    """Take a waiting request for oneself. Of any number who try at once one gets it; the others are told kindly."""
    request = offered.request
    waiting = HelpRequest.objects.filter(pk=request.pk, state="waiting")
    # the condition stands in the statement that writes: the database lets one after the other through it
    taken = waiting.update(
        state="taken",
        taker=actor,
        organisation=offered.organisation,
        given_by=offered.given_by,
        taken_at=now,
        for_person=None,
        for_organisation=None,
    )
    held = HelpRequest.objects.get(pk=request.pk)
    if not taken:
        if held.state == "taken" and held.taker_id == actor.pk:
            return held
        raise Refused("taken", _("Somebody else has just taken this one. Thank you for being ready to help."))
    outbox.cancel(_offers(held))
    recording.record(held, "taken", actor=actor, now=now)
    return held


def _offers(request: HelpRequest) -> str:
    return f"guidance.offer:{request.pk}"


@transaction.atomic
def give_back(request: HelpRequest, *, actor: Person, now: datetime) -> HelpRequest:
    """Let a request wait for everybody again."""
    return _released(_held_by(request, actor), "given-back", actor=actor, now=now)


@transaction.atomic
def pass_on(
    request: HelpRequest,
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
    office: str,
    actor: Person,
    now: datetime,
) -> HelpRequest:
    """Let a request that one has taken wait for one person, or for one organisation."""
    held = _held_by(request, actor)
    return _directed(held, person, organisation, "passed-on", office=office, actor=actor, now=now)


@transaction.atomic
def assign(
    request: HelpRequest,
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
    office: str,
    actor: Person,
    now: datetime,
) -> HelpRequest:
    """Give an open request to a person or an organisation, as the coordinator: also one that somebody has taken."""
    held = _open(request)
    return _directed(held, person, organisation, "assigned", office=office, actor=actor, now=now)


def _directed(
    held: HelpRequest,
    person: Person | None,
    organisation: Organisation | None,
    verb: str,
    *,
    office: str,
    actor: Person,
    now: datetime,
) -> HelpRequest:
    if person is None and organisation is None:
        raise Refused("nobody", _("Choose to whom this goes."), "whom")
    held.for_person, held.for_organisation = person, organisation
    if person is not None:
        _offer(held, person, "guidance/passed_on", office, now=now)
    return _released(held, verb, actor=actor, now=now)


def _released(held: HelpRequest, verb: str, *, actor: Person, now: datetime) -> HelpRequest:
    held.state, held.taker, held.organisation, held.given_by, held.taken_at = "waiting", None, None, "", None
    held.save()
    recording.record(held, verb, actor=actor, now=now)
    return held


@transaction.atomic
def close(request: HelpRequest, *, reason: str, actor: Person, now: datetime) -> HelpRequest:
    """Close a request that one has taken. One that was helped makes the entry of the log, and is asked never again."""
    if reason not in CLOSINGS:
        raise Refused("no-reason", _("Choose how it ended."), "reason")
    current = HelpRequest.objects.filter(pk=request.pk, taker=actor, reason=reason).first()
    if current is not None:
        return current
    held = _held_by(request, actor)
    if reason == "helped":
        held.session = _log(held, actor=actor, now=now)
    return _closed(held, reason, actor=actor, now=now)


@transaction.atomic
def withdraw(request: HelpRequest, *, actor: Person | None, now: datetime) -> HelpRequest:
    """Take a request back for whoever asked. One that is closed already stays as it is."""
    held = _locked(request)
    return held if held.state == "closed" else _closed(held, "withdrawn", actor=actor, now=now)


@transaction.atomic
def close_forgotten(*, now: datetime) -> int:
    """Close what has been open for 60 days; return how many that were. Its contact is then not kept for ever."""
    rows = HelpRequest.objects.filter(state__in=("waiting", "taken"), made_at__lte=now - FORGOTTEN_AFTER)
    forgotten = list(rows.order_by("pk"))
    for request in forgotten:
        held = _locked(request)
        if held.state != "closed":
            _closed(held, "forgotten", actor=None, now=now)
    return len(forgotten)


@transaction.atomic
def raise_late(network: Network, *, office: str, now: datetime) -> int:
    """Tell the network once by mail of requests that nobody has taken in the promised time; return how many."""
    late = HelpRequest.objects.filter(
        network=network, state="waiting", due_at__lte=now, raised_at__isnull=True
    )
    number = late.update(raised_at=now)
    if number and network.email:
        outbox.send(
            "guidance/late",
            to=network.email,
            lang="fi",
            now=now,
            context={"number": number, "link": office, "network": str(network.name.pick("fi"))},
            about=f"guidance.late:{network.pk}",
        )
    return number


@transaction.atomic
def set_promise(network: str, *, working_days: int, actor: Person, now: datetime) -> RequestPromise:
    """Hold within how many working days the network promises that somebody takes a request."""
    made, _is_new = RequestPromise.objects.update_or_create(
        network_id=network, defaults={"working_days": working_days}
    )
    recording.record(made, "changed", actor=actor, now=now)
    return made


def _closed(held: HelpRequest, reason: str, *, actor: Person | None, now: datetime) -> HelpRequest:
    held.state, held.reason, held.closed_at = "closed", reason, now
    held.for_person = held.for_organisation = None
    held.save()
    outbox.cancel(about(held))
    outbox.cancel(_offers(held))
    recording.record(held, "closed", actor=actor, now=now, values={"reason": ("", reason)})
    return held


def _log(held: HelpRequest, *, actor: Person, now: datetime) -> GuidanceSession:
    topics = topics_of(catalogue(), held)
    entry = Entry(
        # the same request makes the same entry, however often it is closed
        key=held.pk,
        network=held.network_id,
        organisation=held.organisation_id,  # type: ignore[arg-type]  # a constraint holds it
        held_on=local(now).date(),
        mode=held.mode or "phone",
        given_by=held.given_by,
        way="request",
        municipality=held.municipality_id or "",
        topics=tuple(topics) if len(topics) == 1 else (),
    )
    return log_session(entry, actor=actor, now=now)


def _locked(request: HelpRequest) -> HelpRequest:
    rows = HelpRequest.objects.select_for_update(of=("self",)).select_related("network")
    return rows.get(pk=request.pk)


def _open(request: HelpRequest) -> HelpRequest:
    held = _locked(request)
    if held.state == "closed":
        raise Refused("closed", _("This request has been closed already."))
    return held


def _held_by(request: HelpRequest, actor: Person) -> HelpRequest:
    """Return the request, locked; refuse who does not have it (any more)."""
    held = _open(request)
    if held.state != "taken" or held.taker_id != actor.pk:
        raise Refused("not-yours", _("You no longer have this request. Somebody else has it, or it waits."))
    return held
