"""What stands still behind the pages, in words that anybody may read."""

from datetime import datetime

from kilauta.kit.jobs.queries import health
from kilauta.kit.outbox.queries import condition
from kilauta.site.backup import is_late


def troubles(now: datetime) -> list[str]:
    """Return a line for each part that is behind its work: no figures, no names (three queries)."""
    work = health(now)
    states = {
        "worker": work.is_silent,
        "jobs": bool(work.troubled),
        "mail": condition(now).is_late,
        "backup": is_late(now),
    }
    return [f"{part}: late" for part, is_late in states.items() if is_late]
