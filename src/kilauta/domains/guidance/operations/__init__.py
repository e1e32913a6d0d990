"""Every write to what is known of help."""

from .sessions import change_session, log_session, log_sheet, restore_session, withdraw_session
from .settings import set_notes
from .tags import add_tag, merge_tags, retire_tag, revive_tag

__all__ = [
    "add_tag",
    "change_session",
    "log_session",
    "log_sheet",
    "merge_tags",
    "restore_session",
    "retire_tag",
    "revive_tag",
    "set_notes",
    "withdraw_session",
]
