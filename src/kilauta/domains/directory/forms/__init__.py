"""The forms in which an organisation keeps its own entries: one for each kind, one for hours, one for days off."""

from .channel import FIELDS_OF_MODE, ChannelForm
from .entry import EntryForm, Section
from .hours import HoursForm
from .organisation import OrganisationForm, PlanningForm
from .place import PlaceForm
from .service import ServiceForm
from .special import ExceptionsForm, HolidaysForm, NoticeForm

__all__ = [
    "FIELDS_OF_MODE",
    "ChannelForm",
    "EntryForm",
    "ExceptionsForm",
    "HolidaysForm",
    "HoursForm",
    "NoticeForm",
    "OrganisationForm",
    "PlaceForm",
    "PlanningForm",
    "Section",
    "ServiceForm",
]
