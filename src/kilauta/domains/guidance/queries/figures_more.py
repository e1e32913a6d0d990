"""Figures of what goes with the help: referrals, and how many said how it went.

A block is a function of the figures that gives a table, or None where it has nothing to say: none of them knows which
topic or way of help it was about, so a part of the sessions has no such table.
"""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from kilauta.domains.guidance.models import HelpFeedback, Referral
from kilauta.lib.zone import HELSINKI

from .figures import Figures, Of
from .figures_shape import Column, Row, Table
from .referrals import FOUND, flow

Block = Callable[[Figures], Table | None]


def more(figures: Figures) -> tuple[Table, ...]:
    """Return the tables of the blocks that have something to say, in their order."""
    of = figures.of
    whole = of == Of(of.network, supporter=of.supporter, organisation=of.organisation)
    made = (block(figures) for block in BLOCKS if whole)
    return tuple(table for table in made if table is not None)


def _referrals(figures: Figures) -> Table:
    """Return the referrals made in the period, and those to which somebody has said yes since."""
    sent, received = (
        (_("Sent on to others"), _("Of these accepted")),
        (_("Came from others"), _("Of these accepted")),
    )
    of, period = figures.of, figures.period
    if of.supporter:
        numbers: tuple[int, ...] = _sent_by(figures, of.supporter)
        names: tuple[str, ...] = sent
    else:
        bodies = None if of.organisation is None else figures.bodies
        held = flow(first=period.from_on, last=period.last_on, network=of.network, organisations=bodies)
        numbers, names = (held.sent, held.sent_accepted), sent
        if of.organisation:
            numbers, names = (*numbers, held.received, held.received_accepted), (*sent, *received)
    rows = tuple(Row(name, (number,)) for name, number in zip(names, numbers, strict=True))
    return Table("referrals", _("Led on to another provider"), (Column(_("How many")),), rows, head=_("What"))


def _sent_by(figures: Figures, person: UUID) -> tuple[int, int]:
    period = figures.period
    begins, ends = (datetime.combine(day, time(), HELSINKI) for day in (period.from_on, period.until_on))
    made = Referral.objects.filter(network=figures.of.network, sender=person)
    made = made.filter(made_at__gte=begins, made_at__lt=ends)
    return made.count(), made.filter(state__in=FOUND).count()


def _feedback(figures: Figures) -> Table | None:
    """Return how many said how it went, as far as it has come into the results; nobody's feedback is a supporter's."""
    if figures.of.supporter:
        return None
    rows = HelpFeedback.objects.filter(
        network=figures.of.network,
        file__isnull=True,
        response__given_on__gte=figures.period.from_on,
        response__given_on__lt=figures.period.until_on,
    )
    if figures.of.organisation:
        number = rows.filter(organisation__in=figures.bodies, told_in_body=True).count()
    else:
        number = rows.filter(told_in_network=True).count()
    note = _(
        "Answers come into the results by five or more. What was said stands on the page of the feedback."
    )
    row = Row(_("Answers"), (number,))
    return Table("feedback", _("Feedback on the help"), (Column(_("How many")),), (row,), note, _("What"))


BLOCKS: tuple[Block, ...] = (_referrals, _feedback)
