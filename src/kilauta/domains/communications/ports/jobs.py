from datetime import datetime, time

from django.conf import settings

from kilauta.domains.communications import operations, queries
from kilauta.domains.communications.logic import line_is_down
from kilauta.kit.jobs import Job
from kilauta.lib import outward


def look_at_links(now: datetime, *, allowed: outward.Allowed = outward.is_public) -> None:
    """Ask the web addresses whose turn it is; the example addresses of the demo are nobody's to ask."""
    if settings.DEMO:
        return
    urls = {each.url for each in queries.standing()}
    found = outward.faults_of(queries.due_addresses(sorted(urls), now=now), allowed=allowed)
    if not line_is_down([fault for _url, fault in found]):
        operations.hold_faults(found, standing=urls, now=now)


# Each night a few: every address has its turn once a week, and one that failed the night after.
JOBS = (Job("communications.links", look_at_links, at=time(4, 0)),)
