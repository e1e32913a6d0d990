"""Which words, places and tags an entry of the log may have, and whose entries are whose."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from kilauta.domains.directory.models import Place, Supporter, Topic
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.models import GuidanceSession, LogSettings, Tag
from kilauta.kit.access.models import Grant
from kilauta.kit.accounts.models import Person


def has_notes(network_id: str) -> bool:
    """Return whether the network lets its people write a line of their own to an entry."""
    return LogSettings.objects.filter(network=network_id, has_notes=True).exists()


def places_of(network_id: str, organisation_id: object) -> QuerySet[Place]:
    """Return where the organisation may have helped: its own places, those of its help, any of the network."""
    usable = (
        Q(host=organisation_id)
        | Q(channels__service__organisation=organisation_id)
        | Q(municipality__networks=network_id)
    )
    return Place.objects.filter(usable, merged_into__isnull=True).distinct()


def tags_of(network_id: str, organisation_id: object, person: Person) -> QuerySet[Tag]:
    """Return the tags in use that the person may put on an entry of the organisation, by name."""
    whose = (
        Q(scope="network")
        | Q(scope="organisation", organisation=organisation_id)
        | Q(scope="mine", person=person)
    )
    return Tag.objects.filter(whose, network=network_id, retired_on__isnull=True).order_by("folded", "pk")


def giver_of(person: Person, organisation_id: UUID, day: date) -> str:
    """Return what the person is there on this day: what the organisation has said, else by the role."""
    held = Supporter.objects.filter(person=person, organisation=organisation_id, starts_on__lte=day)
    said = (
        held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).values_list("given_by", flat=True).first()
    )
    if said:
        return said
    roles = Grant.objects.filter(person=person, scope="body", scope_id=str(organisation_id)).held_on(day)
    return "trainee" if roles.filter(role="trainee").exists() else "staff"


def own_sessions(person: Person, network_id: str) -> QuerySet[GuidanceSession]:
    """Return the person's entries in the network, those taken back too, the newest first."""
    topics = Prefetch("topics", queryset=Topic.objects.order_by("position", "pk"))
    return (
        GuidanceSession.objects.filter(supporter=person, network=network_id)
        .select_related("place", "organisation", "municipality")
        .prefetch_related(topics)
        .order_by("-held_on", "-logged_at", "-pk")
    )


def entry_of(session: GuidanceSession) -> Entry:
    """Return what the session says, as an entry that would say the same."""
    shares: dict[str, dict[str, int]] = {}
    for share in session.shares.order_by("by", "code"):
        shares.setdefault(share.by, {})[share.code] = share.persons
    return Entry(
        key=session.key,
        network=session.network_id,
        organisation=session.organisation_id,
        given_by=session.given_by,
        shape=session.shape,
        kind=session.kind,
        way=session.way,
        held_on=session.held_on,
        place=session.place_id,
        municipality=session.municipality_id or "",
        mode=session.mode,
        persons=session.persons,
        minutes=session.minutes,
        topics=tuple(session.topics.order_by("position", "pk").values_list("pk", flat=True)),
        devices=tuple(session.devices.order_by("position", "pk").values_list("pk", flat=True)),
        tags=tuple(session.tags.order_by("folded", "pk").values_list("pk", flat=True)),
        outcome=session.outcome,
        referred_to=session.referred_to,
        age=session.age,
        language=session.language,
        was_before=session.was_before,
        is_near=session.is_near,
        note=session.note,
        shares=shares,
    )
