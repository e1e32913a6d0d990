"""Ends what has been kept long enough: the daily job behind every `Clock`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, models, transaction
from django.db.models import Q

from kilauta.kit.store.forgetting import forget_deleted
from kilauta.lib.zone import HELSINKI

from . import emptying
from .declarations import DELETE, Clock, personal


class UnfinishedError(RuntimeError):
    """Some rules could not be carried out; what they are about must be looked at by a person."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Fields of one model that one clock ends."""

    model: str
    fields: tuple[str, ...]
    clock: Clock

    def __str__(self) -> str:
        return self.model if self.clock.how == DELETE else f"{self.model}: {', '.join(self.fields)}"


def rules() -> list[Rule]:
    """Return all rules, each clock of a model once, in the order of the declarations."""
    found: dict[str, list[tuple[Clock, list[str]]]] = {}
    for each in personal():
        for ends in each.clocks:
            clocks = found.setdefault(each.model, [])
            fields = next((names for clock, names in clocks if clock == ends), None)
            if fields is None:
                clocks.append((ends, [each.field]))
            else:
                fields.append(each.field)
    return [Rule(model, tuple(names), clock) for model, clocks in found.items() for clock, names in clocks]


def run_retention(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """End what is over; return the number of rows by rule, or what it would be. A second run finds nothing.

    Each rule is a transaction of its own. One that fails does not keep the others from their work, and is told last.
    """
    counts: dict[str, int] = {}
    failed = []
    for rule in rules():
        try:
            # two clocks may end the same fields, each in rows of its own
            counts[str(rule)] = counts.get(str(rule), 0) + _carry_out(rule, now=now, dry_run=dry_run)
        except (DatabaseError, models.ProtectedError, models.RestrictedError) as error:
            # the words of the error may hold what stands in the row
            failed.append(f"{rule} ({type(error).__name__})")
    if not dry_run:
        forget_deleted()
    if failed:
        raise UnfinishedError("Could not end what is over: " + "; ".join(failed)) from None
    return counts


def _carry_out(rule: Rule, *, now: datetime, dry_run: bool) -> int:
    model = emptying.model_of(rule.model)
    due = _due(model, rule, now)
    if dry_run:
        return emptying.rows_of(model).filter(due).count()
    done = 0
    for keys in _portions(model, due):
        with transaction.atomic():
            rows = emptying.rows_of(model).filter(due, pk__in=keys)  # as they are now
            done += emptying.delete(rows) if rule.clock.how == DELETE else emptying.empty(rows, rule.fields)
    return done


def _due(model: type[models.Model], rule: Rule, now: datetime) -> Q:
    clock = rule.clock
    since = model._meta.get_field(clock.since)  # noqa: SLF001 -- Django's documented API
    if isinstance(since, models.DateTimeField):
        last: object = now - clock.after
    else:
        last = now.astimezone(HELSINKI).date() - clock.after
    due = Q(**{f"{clock.since}__lte": last}) & clock.where
    return due if clock.how == DELETE else due & emptying.holding(model, rule.fields)


def _portions(model: type[models.Model], due: Q) -> Iterator[list[object]]:
    keys = list(emptying.rows_of(model).filter(due).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), emptying.PORTION):
        yield keys[start : start + emptying.PORTION]
