"""The forms in which an organisation keeps its own entries: one for each kind, one for hours, one for days off."""

from .channel import FIELDS_OF_MODE, ChannelForm
from .entry import EntryForm, Section
from .hours import HoursForm
from .offer import OfferForm
from .organisation import OrganisationForm, PlanningForm
from .place import PlaceForm
from .service import ServiceForm
from .special import ExceptionsForm, HolidaysForm, NoticeForm
from .telling import CLAIM, LEAVE, ClaimForm, ErrorForm

__all__ = [
    "CLAIM",
    "FIELDS_OF_MODE",
    "LEAVE",
    "ChannelForm",
    "ClaimForm",
    "EntryForm",
    "ErrorForm",
    "ExceptionsForm",
    "HolidaysForm",
    "HoursForm",
    "NoticeForm",
    "OfferForm",
    "OrganisationForm",
    "PlaceForm",
    "PlanningForm",
    "Section",
    "ServiceForm",
]
