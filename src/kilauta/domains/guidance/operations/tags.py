"""Words of one's own for sorting entries: made on the fly, joined where two mean one, retired and never lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.guidance.models import GuidanceSession, Tag
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused
from kilauta.lib.text import fold
from kilauta.lib.zone import local

LONGEST = 40
# A tag may be joined only with one that at least as many see.
WIDTH = {"mine": 0, "organisation": 1, "network": 2}

_worn = GuidanceSession.tags.through._default_manager  # noqa: SLF001 -- Django's documented API


@transaction.atomic
def add_tag(
    network_id: str,
    name: str,
    *,
    scope: str = "mine",
    organisation: UUID | None = None,
    actor: Person,
    now: datetime,
) -> Tag:
    """Make a tag; one that is there already by that name is given as it is, and comes back if it was retired."""
    written = " ".join(name.split())
    if not written or len(written) > LONGEST:
        raise Refused("length", _("Write a tag of 1 to 40 characters."), "name")
    refuse_identity_numbers(name=written)
    whose = {"person": actor if scope == "mine" else None, "organisation_id": organisation}
    tag, made = Tag.objects.get_or_create(
        network_id=network_id, scope=scope, folded=fold(written), **whose, defaults={"name": written}
    )
    if made:
        recording.record(tag, "made", actor=actor, now=now)
    return revive_tag(tag, actor=actor, now=now)


@transaction.atomic
def retire_tag(tag: Tag, *, actor: Person, now: datetime) -> Tag:
    """Offer the tag no more; entries that have it keep it."""
    held = _locked(tag)
    if held.retired_on is None:
        held.retired_on = local(now).date()
        held.save(update_fields=["retired_on"])
        recording.record(held, "retired", actor=actor, now=now)
    return held


@transaction.atomic
def revive_tag(tag: Tag, *, actor: Person, now: datetime) -> Tag:
    """Offer the tag again."""
    held = _locked(tag)
    if held.retired_on is not None:
        held.retired_on = None
        held.save(update_fields=["retired_on"])
        recording.record(held, "revived", actor=actor, now=now)
    return held


@transaction.atomic
def merge_tags(tag: Tag, into: Tag, *, actor: Person, now: datetime) -> Tag:
    """Put the other tag on every entry that has this one, and take this one away."""
    first, second = _locked(tag), _locked(into)
    wider = WIDTH[second.scope] - WIDTH[first.scope]
    same = first.organisation_id == second.organisation_id and first.person_id == second.person_id
    if (
        first.pk == second.pk
        or first.network_id != second.network_id
        or wider < 0
        or (not wider and not same)
    ):
        raise Refused("not-as-wide", _("Join it with a tag that the same people see, or more."))
    had = _worn.filter(tag_id=second.pk).values("guidancesession_id")
    _worn.filter(tag_id=first.pk).exclude(guidancesession_id__in=had).update(tag_id=second.pk)
    recording.record(second, "merged", actor=actor, now=now)
    first.delete()
    return second


def _locked(tag: Tag) -> Tag:
    held = Tag.objects.select_for_update(of=("self",)).filter(pk=tag.pk).first()
    if held is None:
        raise Refused("gone", _("Somebody has removed this in the meantime."))
    return held
