"""The directory's tables. Constraints hold what the database can hold; codes are those of data/values.csv."""

from .entries import (
    EService,
    ExternalLink,
    Organisation,
    OrganisationIdentifier,
    OrganisationRole,
    Place,
)
from .help import Channel, RoutingRule, Service, ServiceLanguage, ServiceRole
from .hours import OpeningRule
from .trust import Verification
from .vocabulary import Audience, Device, EverydayGroup, Limit, Theme, Topic

__all__ = [
    "Audience",
    "Channel",
    "Device",
    "EService",
    "EverydayGroup",
    "ExternalLink",
    "Limit",
    "OpeningRule",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationRole",
    "Place",
    "RoutingRule",
    "Service",
    "ServiceLanguage",
    "ServiceRole",
    "Theme",
    "Topic",
    "Verification",
]
