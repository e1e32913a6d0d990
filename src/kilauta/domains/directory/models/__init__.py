"""The directory's tables. Constraints hold what the database can hold; codes are those of data/values.csv."""

from .editing import Apart, Notice, Planning, Proposal
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
from .monthly import MonthlyEntry
from .supporting import Supporter
from .trust import Verification, VerificationClock
from .vocabulary import Audience, Device, EverydayGroup, HowFound, Limit, Theme, Topic
from .watching import Follow, StaffNote

__all__ = [
    "Apart",
    "Audience",
    "Channel",
    "Device",
    "EService",
    "EverydayGroup",
    "ExternalLink",
    "Follow",
    "HowFound",
    "Limit",
    "MonthlyEntry",
    "Notice",
    "OpeningRule",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationRole",
    "Place",
    "Planning",
    "Proposal",
    "RoutingRule",
    "Service",
    "ServiceLanguage",
    "ServiceRole",
    "StaffNote",
    "Supporter",
    "Theme",
    "Topic",
    "Verification",
    "VerificationClock",
]
