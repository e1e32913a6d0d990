"""The states and kinds of help, with their words. Modes, outcomes and devices are the directory's value lists."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kilauta.domains.directory.choices import SUPPORTER_KINDS

# Who gave the help: kept with the session, for people change.
GIVERS = SUPPORTER_KINDS
SHAPES: dict[str, Promise] = {
    "one": _("One person"),
    "group": _("A group"),
}
KINDS: dict[str, Promise] = {
    "session": _("Guidance session"),
    "meeting": pgettext_lazy("guidance", "Get-together"),
    "course": _("Course"),
}
# How the entry came to be.
WAYS: dict[str, Promise] = {
    "form": _("Form"),
    "counter": _("Desk counter"),
    "offline": _("Without a network"),
    "paper": _("From a paper sheet"),
    "request": _("From a help request"),
    "booking": _("From a booking"),
    "file": _("From a file"),
}
AGES: dict[str, Promise] = {
    "u18": _("Under 18"),
    "18-24": _("18–24"),
    "25-39": _("25–39"),
    "40-59": _("40–59"),
    "60-64": _("60–64"),
    "65-74": _("65–74"),
    "75-84": _("75–84"),
    "85+": _("85 or over"),
}
# Where somebody was sent on to.
REFERRED: dict[str, Promise] = {
    "authority": _("An authority"),
    "digital-support": _("Another digital support"),
    "eservice-owner": _("Owner of the e-service"),
    "social-work": _("Social work"),
    "employment": _("Employment services"),
    "service-point": _("Citizen service point"),
    "other": _("Somewhere else"),
}
# The properties by which a group may be told in totals, one at a time.
SHARED: dict[str, Promise] = {
    "age": _("Age"),
    "language": _("Language"),
    "municipality": _("Home municipality"),
    "outcome": _("Outcome"),
    "before": _("Was here before"),
}
# Of one property of them: whether a person was here before.
BEFORE: dict[str, Promise] = {
    "yes": _("Was here before"),
    "no": _("First time"),
}
TAG_SCOPES: dict[str, Promise] = {
    "mine": _("Only mine"),
    "organisation": _("My organisation's"),
    "network": _("The whole network's"),
}

# How somebody who asks for help may be helped: by a code of the list `mode`, or in any way.
WISHED: dict[str, Promise] = {
    "phone": _("Ring me"),
    "remote": _("Over the net, with video or a shared screen"),
    "home-visit": _("At home"),
    "booked-visit": _("At a library or another place"),
    "neighbour": _("Help from a neighbour, a volunteer of the village"),
    "": _("Any way, or I do not know"),
}
WHEN: dict[str, Promise] = {
    "any": _("Any time"),
    "today": _("Today, if it can be"),
    "week": pgettext_lazy("wished", "This week"),
    "morning": _("In the mornings"),
    "afternoon": _("In the afternoons"),
    "evening": _("In the evenings"),
}
WHOSE: dict[str, Promise] = {
    "me": _("For me"),
    "other": _("For somebody I help"),
}
# By what alone somebody may be reached; empty: whatever fits what they left.
ONLY_BY: dict[str, Promise] = {
    "": pgettext_lazy("contact", "Any way"),
    "call": _("By ringing only, no messages"),
    "sms": _("By text message only, no calls"),
    "mail": _("By e-mail only"),
}
REQUEST_MAKERS: dict[str, Promise] = {
    "resident": _("The customer"),
    "desk": _("A desk, for a caller"),
}
REQUEST_STATES: dict[str, Promise] = {
    "waiting": _("Waits for a helper"),
    "taken": _("A helper has taken it"),
    "closed": pgettext_lazy("request", "Closed"),
}
# Why a request was closed by whoever had taken it.
CLOSINGS: dict[str, Promise] = {
    "helped": pgettext_lazy("request", "Helped"),
    "referred": _("Referred to somebody else"),
    "no-answer": _("No answer, although tried"),
    "not-ours": _("Not ours to help with"),
    "could-not": _("Could not help"),
}
# All the ways in which one can end: also taken back by whoever asked, or left lying too long.
REASONS: dict[str, Promise] = {
    **CLOSINGS,
    "withdrawn": _("Taken back by the customer"),
    "forgotten": _("Left lying too long"),
}
REFERRAL_STATES: dict[str, Promise] = {
    "sent": pgettext_lazy("referral", "Sent"),
    "accepted": pgettext_lazy("referral", "Accepted"),
    "declined": pgettext_lazy("referral", "Not accepted"),
    "done": pgettext_lazy("referral", "Done"),
    "lapsed": _("Nobody answered in time"),
}
DECLINES: dict[str, Promise] = {
    "not-ours": _("Not ours to help with"),
    "no-time": _("We have no time for it now"),
    "too-far": _("Too far for us"),
    "other": _("Another reason"),
}
START_STATES: dict[str, Promise] = {
    "waiting": _("Waits for an answer"),
    "answered": pgettext_lazy("start", "Answered"),
    "closed": pgettext_lazy("start", "Closed"),
}
START_OUTCOMES: dict[str, Promise] = {
    "started": _("Guidance began there"),
    "advised": _("Got advice"),
    "later": _("Perhaps later"),
    "no": _("Nothing came of it"),
}
# What was done to an entry of the log, and the names of its fields, for its history.
LOG_DEEDS: dict[str, Promise] = {
    "changed": _("Changed"),
    "withdrawn": _("Taken back"),
    "restored": _("Brought back"),
}
LOG_FIELDS: dict[str, Promise] = {
    "organisation": _("Organisation"),
    "given_by": _("Who helped"),
    "kind": _("Kind"),
    "held_on": _("Day"),
    "place": _("Place"),
    "municipality": _("Municipality"),
    "mode": _("Way to help"),
    "persons": _("Persons"),
    "minutes": _("Minutes"),
    "topics": _("Topics"),
    "devices": _("Devices"),
    "tags": _("Tags"),
    "outcome": _("Outcome"),
    "referred_to": _("Referred to"),
    "age": _("Age"),
    "language": _("Language"),
    "was_before": _("Was here before"),
    "is_near": _("Near support"),
    "note": _("Note"),
    "shares": _("Of the group"),
}
