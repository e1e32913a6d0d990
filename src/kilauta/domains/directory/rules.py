"""Who may change which entry: whoever edits in its organisation, or in the network that looks after it.

What is said here of a network holds for entries that it looks after itself, and for those that nobody else does of
an organisation that it looks after. A mailed link opens the entries of one organisation, and no others.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from kilauta.domains.directory.models import Channel, Notice, Organisation, Place, Service
from kilauta.kit.access.holdings import Holdings, holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import local

# So long a mailed link opens its organisation's entries.
LINK_LIVES = timedelta(days=60)
Editable = Organisation | Place | Service | Channel


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose entries somebody may change: those of organisations by name, those of networks, or all."""

    bodies: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    everywhere: bool = False


def reach_of(mine: Holdings) -> Reach:
    return Reach(
        mine.ids(Verb.EDIT, Scope.BODY), mine.ids(Verb.EDIT, Scope.REGION), mine.everywhere(Verb.EDIT)
    )


def organisations_for(reach: Reach) -> QuerySet[Organisation]:
    """Return the organisations whose entry may be changed."""
    return Organisation.objects.filter(_may(reach, "pk", "steward"), merged_into__isnull=True)


def places_for(reach: Reach) -> QuerySet[Place]:
    return Place.objects.filter(_may(reach, "host", "steward", "host__steward"), merged_into__isnull=True)


def services_for(reach: Reach) -> QuerySet[Service]:
    may = _may(reach, "organisation", "steward", "organisation__steward")
    return Service.objects.filter(may, merged_into__isnull=True)


def channels_for(reach: Reach) -> QuerySet[Channel]:
    may = _may(reach, "service__organisation", "service__steward", "service__organisation__steward")
    return Channel.objects.filter(may, service__merged_into__isnull=True)


def entry_for(reach: Reach, kind: str, key: UUID) -> Editable | None:
    """Return the entry of this kind and key, if it is there and may be changed."""
    if kind == "channel":
        return channels_for(reach).select_related("service__organisation", "place").filter(pk=key).first()
    if kind == "service":
        return services_for(reach).select_related("organisation").filter(pk=key).first()
    if kind == "place":
        return places_for(reach).select_related("host").filter(pk=key).first()
    return organisations_for(reach).filter(pk=key).first()


def notice_for(reach: Reach, key: int) -> Notice | None:
    """Return the notice of this key, if it stands beside an entry that may be changed."""
    found = Notice.objects.filter(pk=key).first()
    for kind in ("organisation", "place", "service", "channel"):
        thing = getattr(found, f"{kind}_id", None)
        if thing:
            return found if entry_for(reach, kind, thing) else None
    return None


def _may(reach: Reach, owner: str, steward: str, above: str = "") -> Q:
    if reach.everywhere:
        return Q()
    found = Q(**{f"{owner}__in": reach.bodies}) | Q(**{f"{steward}__in": reach.regions})
    if above:
        found |= Q(**{f"{steward}__isnull": True, f"{above}__in": reach.regions})
    return found


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever holds a mailed link: to the contact person (None: to the organisation's own address)."""

    organisation: Organisation
    person: Person | None

    @property
    def reach(self) -> Reach:
        return Reach(bodies=frozenset({str(self.organisation.pk)}))


def link_token(organisation: Organisation, person: Person | None, *, now: datetime) -> str:
    """Return what opens the entries of the organisation to the person, or to its own address, for 60 days.

    It stops working earlier when the person no longer edits there, or when the address is another one.
    """
    whom = person.pk.hex if person else _seal(organisation.email)
    return _signer().sign(f"{organisation.pk.hex}~{local(now).date().toordinal()}~{whom}")


def opened(token: str, *, now: datetime) -> Bearer | None:
    """Return whom a mailed link lets in, if it still lets in anybody."""
    try:
        key, day, whom = _signer().unsign(token).split("~")
        made_on = date.fromordinal(int(day))
        organisation = Organisation.objects.filter(pk=UUID(key), merged_into__isnull=True).first()
    except (BadSignature, ValueError):
        return None
    today = local(now).date()
    if organisation is None or not made_on <= today <= made_on + LINK_LIVES:
        return None
    if organisation.email and whom == _seal(organisation.email):
        return Bearer(organisation, None)
    person = Person.objects.filter(pk=whom).first() if len(whom) == len(key) else None
    if person is None or not holdings(person, today).may(Verb.EDIT, Scope.BODY, str(organisation.pk)):
        return None
    return Bearer(organisation, person)


def _signer() -> Signer:
    return Signer(salt="kilauta.directory.link", sep=".")


def _seal(email: str) -> str:
    """Return a mark of an address, from which the address cannot be read."""
    return salted_hmac("kilauta.directory.link", email.lower(), algorithm="sha256").hexdigest()[:24]
