"""Every write to the directory.

`save_…` holds a thing that came from outside under its key (source and id): made when new, changed where it
differs, else left alone; a detail that is not given stays as it is. Callers renew the edition
(`kit.store.editions`), once for all they write.

The other verbs are those of people: `editing`, `proposals`, `verifying`, `merging`. Each leaves a history
(`kit.audit`), renews the edition and has the entry found by its new words.
"""

from .answering import note_told
from .asking import Sheet, ask
from .editing import (
    add_channel,
    add_notice,
    add_organisation,
    add_place,
    add_service,
    change_channel,
    change_entry,
    change_organisation,
    change_place,
    change_service,
    end_notice,
    hand_over,
    plan,
    publish,
    retire_channel,
    revert,
    set_exceptions,
    set_hours,
    set_trusted,
    withdraw,
)
from .entries import save_eservice, save_organisation, save_organisation_role, save_place
from .help import lacks, save_channel, save_service, save_service_language, save_service_role
from .hours import faults, save_opening_rule
from .merging import keep_apart, merge, unmerge
from .monthly import keep_month
from .offering import offer, offer_channel, take_away, tried, verify_groups
from .proposals import (
    Conflict,
    Reporter,
    accept,
    ask_to_leave,
    claim,
    propose,
    propose_again,
    propose_new,
    refuse,
    report_error,
    return_to_sender,
    submit,
)
from .registers import (
    add_eservice,
    add_rule,
    add_term,
    bring_back_term,
    change_rule,
    change_term,
    find_anew,
    remove_rule,
    retire_term,
)
from .trust import save_link, save_verification
from .verifying import note_asked, set_clock, verify, verify_all
from .vocabulary import hold_terms, save_routing_rule

__all__ = [
    "Conflict",
    "Reporter",
    "Sheet",
    "accept",
    "add_channel",
    "add_eservice",
    "add_notice",
    "add_organisation",
    "add_place",
    "add_rule",
    "add_service",
    "add_term",
    "ask",
    "ask_to_leave",
    "bring_back_term",
    "change_channel",
    "change_entry",
    "change_organisation",
    "change_place",
    "change_rule",
    "change_service",
    "change_term",
    "claim",
    "end_notice",
    "faults",
    "find_anew",
    "hand_over",
    "hold_terms",
    "keep_apart",
    "keep_month",
    "lacks",
    "merge",
    "note_asked",
    "note_told",
    "offer",
    "offer_channel",
    "plan",
    "propose",
    "propose_again",
    "propose_new",
    "publish",
    "refuse",
    "remove_rule",
    "report_error",
    "retire_channel",
    "retire_term",
    "return_to_sender",
    "revert",
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
    "set_clock",
    "set_exceptions",
    "set_hours",
    "set_trusted",
    "submit",
    "take_away",
    "tried",
    "unmerge",
    "verify",
    "verify_all",
    "verify_groups",
    "withdraw",
]
