"""What a person helps with, how and where: told by the person, or by whoever edits the organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory import choices
from kilauta.domains.directory.models import Organisation, Supporter, Topic
from kilauta.domains.territory.models import Municipality
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class Support:
    """No topic named is every topic, no mode every mode, no municipality wherever the organisation's help reaches."""

    given_by: str = "staff"
    topics: Collection[str] = ()
    modes: Collection[str] = ()
    area: Collection[str] = ()


@transaction.atomic
def set_support(
    person: Person, support: Support, *, organisation: Organisation, actor: Person, now: datetime
) -> Supporter:
    """Hold what the person helps with for the organisation; from now on requests that fit are offered to them."""
    if "neighbour" in support.modes and support.given_by != "volunteer":
        raise Refused("not-a-neighbour", _("Help from a neighbour is given by volunteers."), "modes")
    today = local(now).date()
    # of two that save at once neither fails: the row is made once, and then held
    Supporter.objects.get_or_create(person=person, organisation=organisation, defaults={"starts_on": today})
    held = Supporter.objects.select_for_update(of=("self",)).get(person=person, organisation=organisation)
    held.given_by = support.given_by
    held.modes = [code for code in choices.codes("mode") if code in support.modes]
    if held.ends_on is not None and held.ends_on <= today:
        held.starts_on = today
    held.ends_on = None
    held.save()
    held.topics.set(Topic.objects.filter(pk__in=support.topics))
    held.area.set(Municipality.objects.filter(pk__in=support.area))
    recording.record(held, "changed", actor=actor, now=now)
    return held


@transaction.atomic
def end_support(supporter: Supporter, *, actor: Person, now: datetime) -> None:
    """From today on nothing is offered to the person for this organisation."""
    held = Supporter.objects.select_for_update(of=("self",)).filter(pk=supporter.pk).first()
    if held is None:
        return
    today = local(now).date()
    recording.record(held, "withdrawn", actor=actor, now=now)
    if held.starts_on >= today:
        held.delete()
    elif held.ends_on is None or held.ends_on > today:
        held.ends_on = today
        held.save(update_fields=["ends_on"])
