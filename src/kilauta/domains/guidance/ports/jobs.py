from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kilauta.domains.guidance.models import Referral
from kilauta.domains.guidance.operations import referrals, requests
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries.referrals import to_remind
from kilauta.domains.territory.models import Network
from kilauta.kit.jobs import Job


def raise_late(now: datetime) -> None:
    """Tell each network of requests that nobody has taken in the promised time."""
    for network in Network.objects.order_by("pk"):
        with translation.override("fi"):
            office = f"{_start(network)}{reverse('guidance:office-requests')}"
        requests.raise_late(network, office=office, now=now)


def remind(now: datetime) -> None:
    """Remind the receivers of referrals that have said nothing, each once."""
    for referral in to_remind(now):
        referrals.remind(referral, links=_links(), now=now)


def end(now: datetime) -> None:
    """End what nobody has ended: referrals whose link is over, requests that were left lying."""
    referrals.end_silent(now=now)
    requests.close_forgotten(now=now)


def _links() -> referrals.Links:
    def receiver(referral: Referral) -> str:
        with translation.override("fi"):
            page = reverse("guidance:referral-link", args=[links.token(links.RECEIVER, referral.pk)])
        return f"{_start(referral.network)}{page}"

    def person(referral: Referral) -> str:
        with translation.override(referral.lang):
            page = reverse("guidance:referral-state", args=[links.token(links.PERSON, referral.pk)])
        return f"{_start(referral.network)}{page}"

    return referrals.Links(receiver, person)


def _start(network: Network) -> str:
    """Return how addresses of the network's pages begin. Its twin: directory/ports/jobs.py."""
    if network.host:
        port = settings.ADDRESS.rpartition(":")[2] if settings.ADDRESS.count(":") > 1 else ""
        return f"{settings.ADDRESS.partition('://')[0]}://{network.host}{f':{port}' if port else ''}"
    return str(settings.ADDRESS)


JOBS = (
    Job("guidance.raise-late", raise_late, every=timedelta(minutes=15)),
    Job("guidance.remind", remind, at=time(9, 0)),
    # before the night's work on what is kept too long
    Job("guidance.end", end, at=time(1, 30)),
)
