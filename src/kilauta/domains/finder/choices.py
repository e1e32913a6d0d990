"""The sentences of the finder: why an answer is what it is, and the names of filters."""

from django.utils.translation import gettext_lazy

WAYS = {
    "phone": gettext_lazy("Call"),
    "visit": gettext_lazy("Come and visit"),
    "home": gettext_lazy("To your home"),
    "remote": gettext_lazy("Remotely"),
}

# What "why this one" says, and what the public page on the order says, by the codes of logic.ranking.POINTS.
REASONS = {
    "rule-preferred": gettext_lazy("takes care of exactly this"),
    "rule-fallback": gettext_lazy("helps when the first one cannot"),
    "eservice": gettext_lazy("helps with this e-service"),
    "topic": gettext_lazy("helps with this"),
    "device": gettext_lazy("helps with this device"),
    "device-other": gettext_lazy("helps mainly with other devices"),
    "open-now": gettext_lazy("open now"),
    "opens-today": gettext_lazy("opens later today"),
    "opens-tomorrow": gettext_lazy("opens tomorrow"),
    "opens-this-week": gettext_lazy("opens within a week"),
    "by-appointment": gettext_lazy("by appointment"),
    "hours-unknown": gettext_lazy("opening hours not known"),
    "has-phone": gettext_lazy("has a number to call"),
    "no-phone": gettext_lazy("has no number to call"),
    "own-municipality": gettext_lazy("in your own municipality"),
    "serves-municipality": gettext_lazy("serves your municipality"),
    "serves-everywhere": gettext_lazy("serves all of Finland"),
    "near": gettext_lazy("near: the closer, the more points"),
    "elsewhere": gettext_lazy("elsewhere"),
    "language": gettext_lazy("in your language"),
    "language-other": gettext_lazy("not in your language"),
    "audience": gettext_lazy("meant for people in your situation"),
    "audience-only-others": gettext_lazy("only for a certain group"),
    "verified": gettext_lazy("confirmed lately"),
    "verification-overdue": gettext_lazy("not confirmed in time"),
    "paid": gettext_lazy("costs money"),
    "members": gettext_lazy("only for members or customers"),
    "course": gettext_lazy("a course or a group, not help at once"),
    "full": gettext_lazy("takes no new people right now"),
}

FACET_NAMES = {
    "topic": gettext_lazy("Topic"),
    "eservice": gettext_lazy("E-service"),
    "way": gettext_lazy("How you get help"),
    "fee": gettext_lazy("Price"),
    "open": gettext_lazy("Open"),
    "booking": gettext_lazy("Can be booked"),
    "audience": gettext_lazy("For whom"),
    "language": gettext_lazy("Language of the help"),
    "device": gettext_lazy("Device"),
    "access": gettext_lazy("Accessibility"),
}

# What people answer to "Did you find what you need?", and why not. Codes are kept; they are never renamed.
OUTCOMES = ("yes", "no")
MISSED = {
    "nothing-suitable": gettext_lazy("Nothing suited me"),
    "too-far": gettext_lazy("Too far away"),
    "not-open": gettext_lazy("Not open when I need it"),
    "no-answer": gettext_lazy("Nobody answered the phone"),
    "not-understood": gettext_lazy("The page was hard to understand"),
}

BOOKING_NAMES = {"free": gettext_lazy("A time can be booked")}
OPEN_NAMES = {"now": gettext_lazy("Open now"), "weekend": gettext_lazy("Open at the weekend")}
