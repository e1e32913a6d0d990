"""What a source said of the rows of one table last time, asked for once and written at once."""

from collections.abc import Iterable, Mapping

from .models import LONGEST_KEY, Arrived
from .tables import Origin

BATCH = 500


def written(key: Iterable[str]) -> str:
    """Return the key of a row as one text."""
    return " ".join(key)[:LONGEST_KEY]


class Memory:
    def __init__(self, table: str, origin: Origin) -> None:
        self._table = table
        self._origin = origin
        held = Arrived.objects.filter(source=origin.source, table=table)
        self._held = {each.external_id: each for each in held}
        self._new: dict[str, Arrived] = {}
        self._other: dict[str, Arrived] = {}

    @property
    def keys(self) -> list[str]:
        return sorted(self._held)

    def before(self, key: str) -> Mapping[str, str] | None:
        """Return what the source said of the row last time, None if it never spoke of it."""
        held = self._held.get(key)
        return held.values if held else None

    def hear(self, key: str, said: Mapping[str, str]) -> None:
        """Remember what the source says now; columns that it does not speak of now stay as they were."""
        held = self._held.get(key)
        if held is None:
            origin = self._origin
            self._new[key] = Arrived(
                source=origin.source, table=self._table, external_id=key, values=dict(said), at=origin.now
            )
        elif (now := {**held.values, **said}) != held.values:
            held.values, held.at = now, self._origin.now
            self._other[key] = held

    def forget(self, keys: Iterable[str]) -> None:
        lost = [self._held[key].pk for key in keys]
        for start in range(0, len(lost), BATCH):
            Arrived.objects.filter(pk__in=lost[start : start + BATCH]).delete()

    def write(self) -> None:
        Arrived.objects.bulk_create(self._new.values(), batch_size=BATCH)
        Arrived.objects.bulk_update(self._other.values(), ["values", "at"], batch_size=BATCH)
