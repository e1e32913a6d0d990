"""A body that would like to start guidance asks for help with it, and is answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.guidance.choices import START_OUTCOMES
from kilauta.domains.guidance.models import StartRequest
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused

from .requests import free_number, refuse_too_many


@dataclass(frozen=True, slots=True)
class Wish:
    """Who would like to start what, and how they are reached."""

    organisation_name: str
    wish: str
    contact: str
    municipality: str = ""
    lang: str = "fi"


@transaction.atomic
def ask_to_start(wish: Wish, *, network: str, actor: Person | None, now: datetime) -> StartRequest:
    """Take the request of a body. `actor` is None for a visitor."""
    refuse_identity_numbers(organisation_name=wish.organisation_name, wish=wish.wish, contact=wish.contact)
    refuse_too_many(wish.contact, now=now)
    made = StartRequest.objects.create(
        network_id=network,
        number=free_number(StartRequest),
        organisation_name=wish.organisation_name,
        municipality_id=wish.municipality or None,
        wish=wish.wish,
        contact=wish.contact,
        lang=wish.lang,
        made_at=now,
    )
    recording.record(made, "asked", actor=actor, now=now)
    return made


@transaction.atomic
def answer_start(request: StartRequest, *, answer: str, actor: Person, now: datetime) -> StartRequest:
    """Hold what was answered. A mail address gets it as a mail; a number is for whoever answers to ring."""
    words = answer.strip()
    if not words:
        raise Refused("empty", _("Write the answer first."), "answer")
    refuse_identity_numbers(answer=words)
    held = _locked(request)
    if held.state != "waiting":
        raise Refused("answered-already", _("Somebody has answered this already."))
    held.state, held.answer, held.answered_at, held.answered_by = "answered", words, now, actor
    held.save()
    recording.record(held, "answered", actor=actor, now=now)
    if held.by_mail:
        name = str(held.network.name.pick(held.lang))
        context = {"number": held.number, "answer": words, "network": name, "phone": held.network.phone}
        outbox.send(
            "guidance/start_answer",
            to=held.contact,
            lang=held.lang,
            now=now,
            context=context,
            about=f"guidance.start:{held.pk}",
            key=f"guidance.start-answer:{held.pk}",
        )
    return held


@transaction.atomic
def close_start(request: StartRequest, *, outcome: str, actor: Person, now: datetime) -> StartRequest:
    """Hold what came of it. Its words and its contact are kept for 30 days more."""
    if outcome not in START_OUTCOMES:
        raise Refused("no-outcome", _("Choose what came of it."), "outcome")
    held = _locked(request)
    if held.state != "closed":
        held.state, held.outcome, held.closed_at = "closed", outcome, now
        held.save()
        recording.record(held, "closed", actor=actor, now=now, values={"outcome": ("", outcome)})
    return held


def _locked(request: StartRequest) -> StartRequest:
    return StartRequest.objects.select_for_update(of=("self",)).select_related("network").get(pk=request.pk)
