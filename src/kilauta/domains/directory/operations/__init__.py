"""Every write to the directory. Callers renew the edition (`kit.store.editions`), once for all they write.

`save_…` holds a thing under its outside key (source and id): made when new, changed where it differs,
else left alone. A detail that is not given stays as it is.
"""

from .entries import save_eservice, save_organisation, save_organisation_role, save_place
from .help import lacks, save_channel, save_service, save_service_language, save_service_role
from .hours import faults, save_opening_rule
from .trust import save_link, save_verification
from .vocabulary import hold_terms, save_routing_rule

__all__ = [
    "faults",
    "hold_terms",
    "lacks",
    "save_channel",
    "save_eservice",
    "save_link",
    "save_opening_rule",
    "save_organisation",
    "save_organisation_role",
    "save_place",
    "save_routing_rule",
    "save_service",
    "save_service_language",
    "save_service_role",
    "save_verification",
]
