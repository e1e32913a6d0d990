"""Entries that were written without a network arrive, perhaps more than once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused

from .sessions import log_session


@transaction.atomic
def take_entry(entry: Entry, *, actor: Person, now: datetime) -> bool:
    """Log an entry of the person's own; return whether it is new. One that came before stays as it is."""
    held = GuidanceSession.objects.filter(key=entry.key).first()
    session = held or log_session(entry, actor=actor, now=now)
    if session.supporter_id != actor.pk:
        raise Refused("not-yours", _("This entry has been sent by somebody else."))
    return held is None
