"""What an import leaves to a person: fields changed on both sides, and rows that are gone from their source."""

from collections.abc import Callable, Iterable

from .arriving import Arriving
from .memory import BATCH
from .models import Review
from .preview import Conflict, Gone, RowOutcome
from .tables import Origin, Table

LONGEST_TITLE = 200


class Reviews:
    """The list of one table and source, asked for once and written at once."""

    def __init__(self, table: Table, origin: Origin, region: Callable[[str], str]) -> None:
        """`region` says of the key of a row that stands here which region looks after it."""
        self._table = table
        self._origin = origin
        self._region = region
        held = Review.objects.filter(source=origin.source, table=table.name)
        self._held = {(each.external_id, each.column): each for each in held}
        self._new: list[Review] = []
        self._other: list[Review] = []
        self._over: list[int] = []

    def hear(self, arriving: Arriving) -> None:
        """Note the conflicts of a row; what both sides agree on again, and a row that is back, is over."""
        outcome = arriving.outcome
        for column in (*arriving.agreed, ""):
            held = self._held.get((outcome.key, column))
            if held:
                self._over.append(held.pk)
        for conflict in outcome.conflicts:
            self._note(outcome, conflict)

    def _note(self, outcome: RowOutcome, conflict: Conflict) -> None:
        held = self._held.get((outcome.key, conflict.column))
        review = held or self._made(outcome.key, outcome.title, Review.Kind.CONFLICT, conflict.column)
        review.here, review.theirs = conflict.here, conflict.theirs
        review.region = self._region(outcome.key)
        review.at, review.settled_at = self._origin.now, None
        (self._other if held else self._new).append(review)

    def miss(self, gone: Iterable[Gone]) -> None:
        """Note the rows that the source no longer has; one that was settled before stays settled."""
        self._new += [
            self._made(each.key, each.title, Review.Kind.MISSING)
            for each in gone
            if (each.key, "") not in self._held
        ]

    def _made(self, key: str, title: str, kind: Review.Kind, column: str = "") -> Review:
        return Review(
            source=self._origin.source,
            table=self._table.name,
            region=self._region(key),
            external_id=key,
            kind=kind,
            column=column,
            title=title[:LONGEST_TITLE],
            at=self._origin.now,
        )

    def write(self) -> None:
        for start in range(0, len(self._over), BATCH):
            Review.objects.filter(pk__in=self._over[start : start + BATCH]).delete()
        Review.objects.bulk_create(self._new, batch_size=BATCH)
        Review.objects.bulk_update(
            self._other, ["region", "here", "theirs", "at", "settled_at"], batch_size=BATCH
        )
