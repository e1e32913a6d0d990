"""What those who help tell each other about a service, and who hears when it changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import Service
from kilauta.domains.directory.models.watching import NOTE_LONGEST, Follow, StaffNote
from kilauta.domains.directory.queries.watching import News
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused


@transaction.atomic
def write_note(service: Service, text: str, *, network: Network, actor: Person, now: datetime) -> StaffNote:
    """Leave a word for the colleagues of the network; it is gone after a year."""
    if not text.strip():
        raise Refused("empty", _("Write something first."), "text")
    if len(text) > NOTE_LONGEST:
        raise Refused("too-long", _("Shorten the note: there may be 300 characters."), "text")
    refuse_identity_numbers(text=text)
    return StaffNote.objects.create(
        network=network, service=service, author=actor, text=text.strip(), written_at=now
    )


@transaction.atomic
def remove_note(note: StaffNote) -> None:
    """Take a note away; what it said is kept nowhere."""
    StaffNote.objects.filter(pk=note.pk).delete()


@transaction.atomic
def follow(service: Service, *, network: Network, actor: Person, now: datetime) -> None:
    """From now on the person hears once a day what has changed in the service."""
    Follow.objects.get_or_create(person=actor, network=network, service=service, defaults={"told_at": now})


@transaction.atomic
def unfollow(service: Service, *, network: Network, actor: Person) -> None:
    """From now on the person hears no more of the service."""
    Follow.objects.filter(person=actor, network=network, service=service).delete()


@transaction.atomic
def tell_followers(news: Iterable[News], *, now: datetime) -> int:
    """Send each person one mail with the services that changed, and hold that it was told; return how many mails."""
    sent = 0
    for each in news:
        follows = Follow.objects.filter(pk__in=[line.follow for line in each.lines])
        outbox.send(
            "directory/followed", to=each.person.email or "", lang=each.person.lang, now=now,
            context={"lines": each.lines, "host": each.network.host or ""},
        )  # fmt: skip
        follows.update(told_at=now)
        sent += 1
    return sent
