"""Bringing somebody's file in: first as a plan that leaves nothing behind, then in earnest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction

from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import together
from kilauta.kit.store import editions

from .arriving import Arriving, begin, go_on, merge
from .folder import packaged, tables
from .known import KnownThings
from .loading import save_row
from .mapping import Incoming
from .memory import Memory, written
from .parsing import parents_first, report_duplicates, resolve_parent
from .preview import Gone, Outcome, TableOutcome
from .regions import plain, region_of, stop_foreign, stop_giving
from .reviews import Reviews
from .tables import Origin, Table

# Told how many rows are done, and of how many.
Progress = Callable[[int, int], None]
EVERY = 50

Here = Mapping[str, Mapping[str, str]]


def plan(
    incoming: Sequence[Incoming],
    *,
    source: str,
    actor: Person,
    now: datetime,
    region: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Return what `carry_out` would do, down to the field, having done it and taken it all back."""
    with transaction.atomic():
        outcome = _bring(incoming, Origin(source, actor, now, region), progress)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def carry_out(
    incoming: Sequence[Incoming],
    *,
    source: str,
    actor: Person,
    now: datetime,
    region: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Bring the good rows in and tell what is wrong with the others; all in one transaction.

    A field changes here only if the source has changed it since last time. What was changed here stays; what
    was changed on both sides stays too, and is left to a person (`Review`), as is a row that the source no
    longer has. Nothing is deleted or hidden. With a `region`, rows that it does not look after are problems and
    left alone; new rows that would be nobody's become its own. The caller makes the search index anew if anything
    was written.
    """
    return _bring(incoming, Origin(source, actor, now, region), progress)


@dataclass(slots=True)
class _Steps:
    total: int
    tell: Progress | None
    done: int = 0

    def step(self) -> None:
        self.done += 1
        if self.tell and (self.done % EVERY == 0 or self.done == self.total):
            self.tell(self.done, self.total)


def _bring(incoming: Sequence[Incoming], origin: Origin, progress: Progress | None) -> Outcome:
    known = everything_known(origin.source)
    steps = _Steps(sum(len(each.rows) for each in incoming), progress)
    outcome = Outcome()
    with together():
        for _name, group in groupby(incoming, key=lambda each: each.table.name):
            outcome.tables.append(_bring_table([*group], known, origin, steps))
    if outcome.wrote:
        editions.renew()
    return outcome


def everything_known(source: str) -> KnownThings:
    every = (*tables(), *(table for table, _folder in packaged()))
    return KnownThings({table.name: table for table in every}, source)


def _bring_table(
    group: Sequence[Incoming], known: KnownThings, origin: Origin, steps: _Steps
) -> TableOutcome:
    table = group[0].table
    here, memory = standing(table, origin.source), Memory(table.name, origin)
    reviews = Reviews(table, origin, lambda key: region_of(table, here[key], known))
    rows = _read(group, here, known)
    for arriving in _in_order(table, rows):
        resolve_parent(arriving.row, known)
        stop_foreign(arriving, known, origin.region)
        merge(arriving, memory.before(arriving.key), known)
        stop_giving(arriving, known, origin.region)
        _write(arriving, memory, known, origin)
        if not arriving.foreign:
            reviews.hear(arriving)
        steps.step()
    left_out = [(each.sheet, heading) for each in group for heading in each.left_out]
    outcome = TableOutcome(table.name, table.called, [each.outcome for each in rows], left_out=left_out)
    if rows and all(each.whole for each in group):
        lost = sorted(set(memory.keys) - {each.key for each in rows})
        outcome.gone = [
            Gone(key, here[key].get("name_fi", ""))
            for key in lost
            if key in here and (not origin.region or region_of(table, here[key], known) == origin.region)
        ]
        if not origin.region:  # of what is no longer here nobody knows whose it was
            memory.forget(key for key in lost if key not in here)
        reviews.miss(outcome.gone)
    memory.write()
    reviews.write()
    return outcome


def standing(table: Table, source: str) -> Here:
    """Return what stands here of this source, by key, in the words of an export."""
    found = {}
    for row in table.rows(source):
        text = plain(table, row)
        found[written(text[name] for name in table.key)] = text
    return found


def _read(group: Sequence[Incoming], here: Here, known: KnownThings) -> list[Arriving]:
    rows = [begin(incoming, raw, known) for incoming in group for raw in incoming.rows]
    table = group[0].table
    if len(table.key) == 1:  # before any row is read on: they may name each other
        for each in rows:
            names = (each.row.text.get(f"name_{language}", "") for language in ("fi", "sv", "en"))
            known.name(table.name, each.row.key[0], names)
    for each in rows:
        go_on(each, here.get(each.key), known)
    report_duplicates(each.row for each in rows)
    return rows


def _in_order(table: Table, rows: Sequence[Arriving]) -> Iterator[Arriving]:
    if not table.parent:
        return iter(rows)
    by_row = {id(each.row): each for each in rows}
    return (by_row[id(row)] for row in parents_first([each.row for each in rows]))


def _write(arriving: Arriving, memory: Memory, known: KnownThings, origin: Origin) -> None:
    row, outcome = arriving.row, arriving.outcome
    table, name = row.table, row.key[0]
    if not row.problems:
        if arriving.here is None and memory.before(arriving.key) is not None:
            outcome.removed, outcome.changes = True, []  # taken away here: that is a local edit too
        elif outcome.changes:
            saved = save_row(row, origin)
            if saved:
                outcome.outcome = saved.outcome.value
                known.add(table.name, name, saved.thing)
    if row.problems:
        outcome.outcome, outcome.problems = "problem", arriving.problems()
        outcome.changes, outcome.conflicts, arriving.agreed = [], [], []
        if not row.repeats and not arriving.foreign:
            known.fail(table.name, name)
    else:
        memory.hear(arriving.key, arriving.said)
