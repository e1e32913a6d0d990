"""A person decides what an import has left to one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused

from .bringing import carry_out, standing
from .cells import quoted
from .folder import tables
from .mapping import Incoming
from .models import Arrived, Review
from .problems import HEADER
from .reading import RawRow


@transaction.atomic
def settle(review: Review, *, take: bool, actor: Person, now: datetime) -> Review:
    """Leave everything as it stands here, or (`take`) do as the source: change the field, end the row that is gone.

    What somebody has settled already stays so. Only what the region of the review still looks after is taken over.
    The caller makes the search index anew if something was taken.
    """
    if not Review.objects.select_for_update().filter(pk=review.pk, settled_at=None).exists():
        return review
    if take:
        _take(review, actor=actor, now=now)
    review.settled_at = now
    review.save()  # the whole of it: a row that speaks again, as it has just done, takes its question away
    return review


def ending(review: Review) -> Mapping[str, str]:
    """Return what the cells say of a row of this table that is over; empty where rows cannot be ended."""
    return next((each.over for each in tables() if each.name == review.table), {})


def _take(review: Review, *, actor: Person, now: datetime) -> None:
    table = next((each for each in tables() if each.name == review.table), None)
    here = standing(table, review.source).get(review.external_id) if table else None
    said = Arrived.objects.filter(
        source=review.source, table=review.table, external_id=review.external_id
    ).first()
    wanted = ending(review) if not review.column else {review.column: review.theirs}
    if table is None or here is None or said is None or not wanted:
        raise Refused("nothing-to-take", _("There is nothing here that could be taken over."))
    # as if nothing had been changed here since the source was heard last
    said.values = {**said.values, **{name: here[name] for name in wanted}}
    said.save(update_fields=["values"])
    plain = {name: here[name] for name in table.key} | {**wanted}
    cells = {name: quoted(text, table.by_name[name].kind.harmless) for name, text in plain.items()}
    incoming = Incoming(table, table.called, [RawRow(HEADER + 1, cells)], {}, whole=False, own=True)
    outcome = carry_out([incoming], source=review.source, actor=actor, now=now, region=review.region)
    for problem in outcome.problems:
        raise Refused(problem.code, problem.message, problem.column)
