"""States and kinds of events, with their labels."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What is asked differs by kind: see `logic.kinds`.
KINDS: dict[str, str | Promise] = {
    "guidance": _("Drop-in guidance"),
    "course": _("Course"),
    "info": _("Information session"),
    "introduction": _("Introduction"),
    "webinar": _("Webinar"),
    "broadcast": _("Web broadcast"),
    "coaching": _("Coaching of supporters"),
    "volunteers": _("Gathering of volunteers"),
    "other": _("Another event where we take part"),
}
# For those who give help, not for residents.
FOR_SUPPORTERS = ("coaching", "volunteers")
# Held on the web: a link is asked for, a place is not.
ON_THE_WEB = ("webinar", "broadcast")

ORGANISED: dict[str, str | Promise] = {
    "own": _("Organised by one"),
    "joint": _("Organised together"),
    "others": _("Organised by others"),
}
EVENT_STATES: dict[str, str | Promise] = {
    "draft": pgettext_lazy("event", "Draft"),
    "published": pgettext_lazy("event", "Published"),
    "withdrawn": pgettext_lazy("event", "Withdrawn"),
}
PARTS: dict[str, str | Promise] = {
    "organiser": pgettext_lazy("part in an event", "Organiser"),
    "partner": pgettext_lazy("part in an event", "Partner"),
    "present": pgettext_lazy("part in an event", "Provider present"),
}
OCCURRENCE_STATES: dict[str, str | Promise] = {
    "planned": pgettext_lazy("event", "Coming"),
    "cancelled": pgettext_lazy("event", "Cancelled"),
}
CLOSED_AS: dict[str, str | Promise] = {
    "counted": pgettext_lazy("attendance", "Counted"),
    "unknown": pgettext_lazy("attendance", "Not known"),
}
SIGNUP_STATES: dict[str, str | Promise] = {
    "in": pgettext_lazy("sign-up", "Has a seat"),
    "waiting": pgettext_lazy("sign-up", "Waits"),
    "cancelled": pgettext_lazy("sign-up", "Cancelled"),
}
MAKERS: dict[str, str | Promise] = {
    "resident": pgettext_lazy("made by", "On the web"),
    "staff": pgettext_lazy("made by", "By phone or on paper"),
}
CALLS: dict[str, str | Promise] = {
    "moved": _("The time or the place has changed."),
    "cancelled": _("It is cancelled."),
    "seat": _("A seat came free: they have it now."),
}
ROLES: dict[str, str | Promise] = {
    "resident": pgettext_lazy("at an event", "Resident"),
    "supporter": pgettext_lazy("at an event", "Supporter"),
}
MODES: dict[str, str | Promise] = {
    "here": pgettext_lazy("at an event", "On site"),
    "afar": pgettext_lazy("at an event", "Remotely"),
}
AGES: dict[str, str | Promise] = {
    "0-17": _("under 18"),
    "18-64": _("18–64"),
    "65-74": _("65–74"),
    "75-84": _("75–84"),
    "85-": _("85 or over"),
}
TICKET_STATES: dict[str, str | Promise] = {
    "waiting": pgettext_lazy("queue", "Waits"),
    "called": pgettext_lazy("queue", "Called"),
    "served": pgettext_lazy("queue", "Helped"),
    "skipped": pgettext_lazy("queue", "Skipped"),
}
SKIPPED: dict[str, str | Promise] = {
    "away": _("Not there when called"),
    "left": _("Went home"),
    "elsewhere": _("Got help elsewhere"),
}
OUTLET_KINDS: dict[str, str | Promise] = {
    "newspaper": _("Newspaper's free column"),
    "board": _("Notice board"),
    "social": _("Social media"),
    "mail": _("Mail to partners"),
    "calendar": _("Regional calendar"),
    "press": _("Press notice"),
    "other": _("Something else"),
}
VENUE_STATES: dict[str, str | Promise] = {
    "not-asked": _("Not asked yet"),
    "in-talks": _("In talks"),
    "agreed": _("Agreed"),
    "no": pgettext_lazy("venue", "Does not go on"),
}
