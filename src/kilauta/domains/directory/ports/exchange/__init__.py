"""The directory's tables of the exchange, in the order in which they refer to each other."""

from pathlib import Path

from .entries import ESERVICES, ORGANISATION_ROLES, ORGANISATIONS, PLACES
from .help import CHANNELS, SERVICE_LANGUAGES, SERVICE_ROLES, SERVICES
from .hours import HOURS
from .rules import ROUTING_RULES
from .trust import LINKS, VERIFICATIONS

__all__ = ["PACKAGED", "TABLES"]

TABLES = (
    ORGANISATIONS,
    ORGANISATION_ROLES,
    PLACES,
    ESERVICES,
    SERVICES,
    SERVICE_LANGUAGES,
    SERVICE_ROLES,
    CHANNELS,
    HOURS,
    VERIFICATIONS,
    LINKS,
)
PACKAGED = ((ROUTING_RULES, Path(__file__).parent.parent.parent / "data"),)
