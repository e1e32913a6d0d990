"""Somebody is led on to another provider, who answers by a link; both sides and the person see how it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.choices import DECLINES
from kilauta.domains.guidance.logic.requests import LINK_LIVES, WORK_LIVES
from kilauta.domains.guidance.models import HelpRequest, Referral
from kilauta.domains.guidance.models.referrals import CONSENT_LONGEST
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused

from .requests import Asked, about, free_number, tell

Link = Callable[[Referral], str]


@dataclass(frozen=True, slots=True)
class Links:
    """Where the receiver answers, and where the person sees how it stands."""

    receiver: Link
    person: Link


@transaction.atomic
def refer(
    asked: Asked,
    *,
    network: str,
    receiver: Organisation,
    sent_by: Organisation,
    consent: str,
    is_slip: bool,
    request: HelpRequest | None = None,
    links: Links,
    actor: Person,
    now: datetime,
) -> Referral:
    """Lead somebody on, with their consent in the words they heard. A slip is taken along and needs no contact."""
    _check(asked, receiver=receiver, sent_by=sent_by, consent=consent, is_slip=is_slip)
    referral = Referral.objects.create(
        network_id=network,
        number=free_number(Referral),
        request=request,
        sender=actor,
        sent_by=sent_by,
        receiver=receiver,
        is_slip=is_slip,
        consent=consent[:CONSENT_LONGEST],
        made_at=now,
        expires_at=now + LINK_LIVES,
        **{**asked.columns(), **({"contact": "", "only_by": ""} if is_slip else {})},
    )
    recording.record(referral, "sent", actor=actor, now=now)
    if not is_slip:
        _ask(referral, "guidance/referral", links, now=now)
        tell(referral, "guidance/referred", link=links.person(referral), now=now)
    return referral


def _check(
    asked: Asked, *, receiver: Organisation, sent_by: Organisation, consent: str, is_slip: bool
) -> None:
    if not consent:
        raise Refused("no-consent", _("Ask first whether the person agrees, and tick it."), "consent")
    if receiver.pk == sent_by.pk:
        raise Refused("same", _("Choose another organisation than your own."), "receiver")
    if is_slip:
        return
    if not asked.contact:
        raise Refused("no-contact", _("Write how the person can be reached, or print a slip."), "contact")
    refuse_identity_numbers(contact=asked.contact)
    if not outbox.can_be_sent_to(receiver.email):
        words = _("This organisation has no e-mail address here. Print a slip, or ring them.")
        raise Refused("no-address", words, "receiver")


def _ask(referral: Referral, kind: str, links: Links, *, now: datetime) -> None:
    """Write to the receiver: that somebody is led to them, and the link by which they answer. Nothing of who."""
    network = referral.network
    outbox.send(
        kind,
        to=referral.receiver.email,
        lang="fi",
        now=now,
        context={
            "link": links.receiver(referral),
            "sender": str(referral.sent_by.name.pick("fi")),
            "until": referral.expires_at,
            "network": str(network.name.pick("fi")),
            "phone": network.phone,
        },
        phone=referral.receiver.phone,
        about=about(referral),
        key=f"{kind}:{referral.pk}",
        secret=True,
    )


@transaction.atomic
def accept(referral: Referral, *, now: datetime) -> Referral:
    """The receiver takes it: from now on they see how the person is reached, until it is done."""
    held = _locked(referral)
    if held.state in ("accepted", "done"):
        return held
    _still_open(held, now)
    held.state, held.answered_at, held.expires_at = "accepted", now, now + WORK_LIVES
    return _kept(held, "accepted", actor=None, now=now)


@transaction.atomic
def decline(referral: Referral, *, reason: str, now: datetime) -> Referral:
    """The receiver says no, and why; the sender sees it and can help on."""
    if reason not in DECLINES:
        raise Refused("no-reason", _("Choose why."), "reason")
    held = _locked(referral)
    if held.state == "declined":
        return held
    _still_open(held, now)
    held.state, held.decline, held.answered_at, held.closed_at = "declined", reason, now, now
    return _kept(held, "declined", actor=None, now=now)


@transaction.atomic
def finish(referral: Referral, *, actor: Person | None, now: datetime) -> Referral:
    """The person has been helped. A receiver that had not yet said yes says it with this; so does the sender for it."""
    held = _locked(referral)
    if held.state == "done":
        return held
    _still_open(held, now)
    held.state, held.answered_at, held.closed_at = "done", held.answered_at or now, now
    return _kept(held, "done", actor=actor, now=now)


@transaction.atomic
def remind(referral: Referral, *, links: Links, now: datetime) -> bool:
    """Write to a silent receiver once more, once; return whether it was done."""
    held = _locked(referral)
    if held.state != "sent" or held.is_slip or held.reminded_at or held.expires_at <= now:
        return False
    held.reminded_at = now
    held.save(update_fields=["reminded_at"])
    _ask(held, "guidance/referral_again", links, now=now)
    return True


@transaction.atomic
def end_silent(*, now: datetime) -> int:
    """End the referrals whose time is over: nobody answered, or nobody said that it was done. Return how many."""
    over = list(Referral.objects.filter(state__in=("sent", "accepted"), expires_at__lte=now).order_by("pk"))
    for referral in over:
        held = _locked(referral)
        if held.is_open and held.expires_at <= now:
            held.state, held.closed_at = ("done" if held.state == "accepted" else "lapsed"), now
            _kept(held, held.state, actor=None, now=now)
    return len(over)


def _kept(held: Referral, verb: str, *, actor: Person | None, now: datetime) -> Referral:
    held.save()
    outbox.cancel(about(held))
    recording.record(held, verb, actor=actor, now=now)
    return held


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("network", "receiver", "sent_by")
    return rows.get(pk=referral.pk)


def _still_open(held: Referral, now: datetime) -> None:
    if not held.is_open or held.expires_at <= now:
        raise Refused("over", _("This referral is over. Call whoever sent it, if you still can help."))
