"""What a network turns on and off in its log."""

from datetime import datetime

from django.db import transaction

from kilauta.domains.guidance.models import LogSettings
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording


@transaction.atomic
def set_notes(network_id: str, *, on: bool, actor: Person, now: datetime) -> LogSettings:
    """Let the network's people write notes in the log, or not; what is written already ends by its clock."""
    held, _made = LogSettings.objects.get_or_create(network_id=network_id)
    if held.has_notes != on:
        values = {"has_notes": (held.has_notes, on)}
        held.has_notes = on
        held.save(update_fields=["has_notes"])
        recording.record(held, "changed", actor=actor, now=now, values=values)
    return held
