"""What the service says of itself: who stands behind it, and where it falls short of accessibility."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import OrganisationFacts
from kilauta.domains.directory.models import OrganisationRole
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.lib.words import Words

# The three reasons the law knows for a part that is not accessible.
WHY = {
    "not-yet": gettext_lazy("It is not accessible yet. We are mending it."),
    "burden": gettext_lazy("Mending it would cost too much for what it gives."),
    "outside": gettext_lazy("The law does not cover this part."),
}

# Roles of an organisation that answers for the network.
ANSWERING = ("coordinator", "responsible")


@dataclass(frozen=True, slots=True)
class Fault:
    """A part that fails: what it is, the criterion, why (a key of WHY), and what to do instead."""

    part: str | Promise
    criterion: str
    why: str
    instead: str | Promise = ""

    @property
    def reason(self) -> str | Promise:
        return WHY[self.why]


# Every failure known to us, removed when it is mended. While one stands here the statement says "partly".
FAULTS: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Answering:
    """An organisation that answers for the network, and as what. Persons are never named."""

    organisation: OrganisationFacts
    roles: tuple[Words, ...]


def network_roles(reading: Reading) -> tuple[Answering, ...]:
    """Return the published organisations that coordinate the network or are responsible for it, by name."""
    rows = OrganisationRole.objects.filter(network_id=reading.network.id, role__in=ANSWERING)
    roles: dict[str, list[str]] = {}
    for organisation, role in rows.order_by("role", "id").values_list("organisation_id", "role"):
        roles.setdefault(str(organisation), []).append(role)
    held = reading.catalogue.organisations
    return tuple(
        Answering(found, tuple(choices.label("organisation_role", role) for role in roles[found.id]))
        for found in by_name((held[key] for key in roles if key in held), reading.lang)
    )
