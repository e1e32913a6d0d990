"""Feedback is received and answered."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.communications.models import Feedback
from kilauta.domains.communications.queries import spoken
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local

# The Act on the Provision of Digital Services (306/2019) gives so long for an answer.
ANSWERED_IN = timedelta(days=14)
DIGITS = 8


@transaction.atomic
def receive_feedback(
    network_id: str, *, about: str, text: str, contact: str, lang: str, actor: Person | None, now: datetime
) -> Feedback:
    """Take what somebody tells about the service of this network. `actor` is None for a visitor.

    `contact` is a phone number, a mail address, or nothing.
    """
    refuse_identity_numbers(text=text)
    today = local(now).date()
    feedback = Feedback.objects.create(
        network_id=network_id,
        number=_free_number(),
        about=about,
        text=text,
        contact=contact,
        lang=lang,
        received_on=today,
        due_on=today + ANSWERED_IN,
    )
    recording.record(feedback, "received", actor=actor, now=now)
    return feedback


def _free_number() -> str:
    """Return a number that is easy to say on the telephone, and that tells nothing of how many there are."""
    while True:
        number = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        if not Feedback.objects.filter(number=number).exists():
            return number


@transaction.atomic
def answer_feedback(feedback: Feedback, *, answer: str, actor: Person, now: datetime) -> Feedback:
    """Hold what was answered. A mail address gets it as a mail; a number is for whoever answers to ring.

    Refuses an empty answer, and a second one.
    """
    words = answer.strip()
    if not words:
        raise Refused("empty", _("Write the answer first."), "answer")
    refuse_identity_numbers(answer=words)
    held = Feedback.objects.select_for_update(of=("self",)).select_related("network").get(pk=feedback.pk)
    if held.answered_on is not None:
        raise Refused("answered-already", _("Somebody has answered this already."))
    held.answer, held.answered_on, held.answered_by = words, local(now).date(), actor
    held.save(update_fields=["answer", "answered_on", "answered_by"])
    recording.record(held, "answered", actor=actor, now=now)
    if held.by_mail:
        context = {
            "number": spoken(held.number),
            "answer": words,
            "network": str(held.network.name.pick(held.lang)),
            "phone": held.network.phone,
        }
        outbox.send(
            "communications/feedback_answer",
            to=held.contact,
            lang=held.lang,
            now=now,
            context=context,
            about=f"communications.feedback:{held.pk}",
            key=f"communications.feedback-answer:{held.pk}",
        )
    return held
