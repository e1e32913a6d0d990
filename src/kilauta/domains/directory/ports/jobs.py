from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from kilauta.domains.directory import operations, rules
from kilauta.domains.directory.models import Service
from kilauta.domains.directory.operations import watching
from kilauta.domains.directory.queries import catalogue
from kilauta.domains.directory.queries.asking import Contact, rounds_of_today
from kilauta.domains.directory.queries.facts import entries_of, facts_of
from kilauta.domains.directory.queries.verifying import DueMail
from kilauta.domains.directory.queries.watching import news
from kilauta.domains.territory.models import Network
from kilauta.kit.jobs import Job


@transaction.atomic
def ask(now: datetime) -> None:
    """Ask every contact who should be asked today, all of them or none."""
    for asked in rounds_of_today(now):
        with translation.override(asked.contact.lang):
            sheets = [_sheet(asked.contact, mail, now) for mail in asked.mails]
        start = _start(asked.mails[0].organisation.steward)
        operations.ask(asked, sheets, host=start.partition("://")[2], now=now)


def _sheet(contact: Contact, mail: DueMail, now: datetime) -> operations.Sheet:
    due = {(fact.kind, fact.id, fact.group) for fact in mail.facts}
    reach = rules.Reach(bodies=frozenset({str(mail.organisation.pk)}))
    facts = facts_of(entries_of(mail.organisation, reach), now)
    token = rules.link_token(mail.organisation, contact.person, now=now)
    return operations.Sheet(
        str(mail.organisation.name.pick(contact.lang)),
        tuple(fact for fact in facts if (fact.kind, fact.id, fact.group) in due),
        f"{_start(mail.organisation.steward)}{reverse('directory:link', args=[token])}",
    )


def _start(network: Network | None) -> str:
    """Return how addresses of the network's pages begin: "https://digituki.example"."""
    if network is not None and network.host:
        port = settings.ADDRESS.rpartition(":")[2] if settings.ADDRESS.count(":") > 1 else ""
        return f"{settings.ADDRESS.partition('://')[0]}://{network.host}{f':{port}' if port else ''}"
    return str(settings.ADDRESS)


def tell_followers(now: datetime) -> None:
    """Tell who follows a service that it has changed, once a day."""
    watching.tell_followers(news(_page), now=now)


def _page(network: Network, service: Service) -> str:
    """Return the public page; of a service that is public no more there is only the page of its notes."""
    if service.state == "published":
        return f"{_start(network)}{reverse('directory:service', args=[service.short_id])}"
    return f"{_start(network)}{reverse('directory:watching', args=[service.pk])}"


def keep_month(now: datetime) -> None:
    """Keep how each network stands this month, unless it was kept."""
    held = catalogue()
    for network in Network.objects.filter(pk__in=held.networks):
        operations.keep_month(network, held, now=now)


JOBS = (
    Job("directory.ask", ask, at=time(8, 30)),
    Job("directory.tell-followers", tell_followers, at=time(8, 40)),
    # every night, so that a month in which the worker stood still on the first day is kept on a later one
    Job("directory.keep-month", keep_month, at=time(3, 40)),
)
