"""The wall clock of Finland."""

from datetime import datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def local(instant: datetime) -> datetime:
    """Return the aware instant as wall time in Helsinki."""
    return instant.astimezone(HELSINKI)
