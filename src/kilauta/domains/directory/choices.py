"""The closed value lists of the committed table, with their labels in three languages."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.lib.words import Words

VALUES = Path(__file__).parent / "data" / "values.csv"

# Kept in the database because coordinators edit them; every other list is fixed in the table.
EDITABLE_LISTS = ("theme", "topic", "audience", "limit", "device", "how_found", "group")

STATES = ("draft", "published", "withdrawn")
HOUR_STATES = ("open", "self-service", "by-appointment", "closed", "unknown")
WEEKS = ("all", "odd", "even")
ROUTES = ("bank", "eservice-owner", "digital-support", "authority", "health")
PLACE_MODES = ("walk-in", "booked-visit", "group", "self-service")
LINK_KINDS = ("website", "social", "ptv", "map", "other")

PROPOSALS = ("change", "new", "claim", "leave", "error")
PROPOSAL_STATES = ("waiting", "accepted", "returned", "refused")
PROPOSED_FOR = ("organisation", "place", "service", "channel", "eservice", "page")
PLANNING = ("resources", "problems")
MERGEABLE = ("organisation", "place", "service")


@dataclass(frozen=True, slots=True)
class Value:
    """One row of the table."""

    list: str
    code: str
    group: str
    name: Words
    description: Words
    examples: Words
    mapping: dict[str, str]


def read_values() -> Iterator[Value]:
    """Read the committed table, in its own order."""
    with VALUES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Value(
                row["list"],
                row["code"],
                row["group"],
                Words(row["fi"], row["sv"], row["en"]),
                Words(row["description_fi"], row["description_sv"], row["description_en"]),
                Words(row["examples_fi"], row["examples_sv"], row["examples_en"]),
                dict(part.split("=", 1) for part in row["mapping"].split()),
            )


@cache
def value_list(name: str) -> dict[str, Value]:
    """Return the values of one list by code, in the order of the table."""
    return {value.code: value for value in read_values() if value.list == name}


def label(name: str, code: str) -> Words:
    """Return the words for a code; the code itself if the list does not know it."""
    value = value_list(name).get(code)
    return value.name if value else Words(code)


def codes(name: str) -> tuple[str, ...]:
    return tuple(value_list(name))


# What a person who helps is: help is told apart by who gave it.
SUPPORTER_KINDS: dict[str, Promise] = {
    "staff": _("Employee"),
    "volunteer": _("Volunteer"),
    "trainee": _("Trainee"),
}
KIND_NAMES: dict[str, Promise] = {
    "organisation": _("Organisation"),
    "place": _("Place"),
    "service": _("Service"),
    "channel": _("Way to get help"),
    "eservice": _("E-service"),
    "page": _("Page"),
}
PROPOSAL_NAMES: dict[str, Promise] = {
    "change": _("Change to an entry"),
    "new": _("New entry"),
    "claim": _("Says that the entry is theirs"),
    "leave": _("Asks to be left out"),
    "error": _("Error report"),
}
PROPOSAL_STATE_NAMES: dict[str, Promise] = {
    "waiting": _("Waiting"),
    "accepted": _("Accepted"),
    "returned": _("Sent back"),
    "refused": _("Refused"),
}
STATE_NAMES: dict[str, Promise] = {
    "draft": _("Draft"),
    "published": _("Public"),
    "withdrawn": _("Not public any more"),
}
STAGE_NAMES: dict[str, Promise] = {
    "fresh": _("Up to date"),
    "due": _("To be checked soon"),
    "overdue": _("Check is late"),
    "long-overdue": _("Check is very late"),
    "unverified": _("Never checked"),
}
PLANNING_NAMES: dict[str, Promise] = {
    "resources": _("What there is to give help with"),
    "problems": _("What makes it hard"),
}
# Who is rung about a topic, by the code of a rule.
ROUTE_NAMES: dict[str, Promise] = {
    "digital-support": _("Digital support nearby"),
    "bank": _("The person's own bank"),
    "eservice-owner": _("Whoever owns the e-service"),
    "authority": _("The authority"),
    "health": _("The wellbeing services county"),
}
LANGUAGE_NAMES: dict[str, Promise] = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}

# What was done to an entry, by the verb of its history.
VERB_NAMES: dict[str, Promise] = {
    "created": _("Made"),
    "changed": _("Changed"),
    "reverted": _("Changed back"),
    "published": _("Made public"),
    "withdrawn": _("Taken from the public"),
    "verified": _("Checked"),
    "noticed": _("Notice changed"),
    "planned": _("Planning changed"),
    "trusted": _("Trust changed"),
    "handed-over": _("Handed to another network"),
    "merged": _("Joined with another"),
    "unmerged": _("Taken apart again"),
    "kept-apart": _("Seen not to be the same"),
    "accepted": _("Accepted"),
    "returned": _("Sent back"),
    "refused": _("Refused"),
    "told": _("Told by phone"),
}

# The names of fields for people; those of a text in three languages without their language.
FIELD_NAMES: dict[str, Promise] = {
    "name": _("Name"),
    "former_name": _("Former name"),
    "summary": _("In one sentence"),
    "description": _("Description"),
    "kind": _("Kind"),
    "parent": _("Part of"),
    "business_id": _("Business ID"),
    "identifiers": _("Numbers in other registers"),
    "website": _("Website"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "duty_by_law": _("Helping is a duty by law"),
    "started_on": _("Working since"),
    "host": _("Whose place it is"),
    "address": _("Street address"),
    "postal_code": _("Postal code"),
    "municipality": _("Municipality"),
    "locality": _("Village or part of town"),
    "lat": _("Latitude"),
    "lon": _("Longitude"),
    "access_yes": _("There is"),
    "access_no": _("There is not"),
    "connection": _("Network connection"),
    "directions": _("How to find there"),
    "organisation": _("Who gives the help"),
    "topics": _("What is helped with"),
    "eservices": _("E-services"),
    "devices": _("Devices"),
    "audiences_only": _("Only for"),
    "audiences_also": _("Especially for"),
    "limits": _("What is not done"),
    "depth": _("How far the help goes"),
    "fee": _("Price"),
    "fee_note": _("What it costs"),
    "bring": _("What to bring"),
    "resources": _("Resources for planning"),
    "languages": _("Languages of the help"),
    "roles": _("Parts of other organisations"),
    "links": _("Links"),
    "service": _("Service"),
    "mode": _("How the help is got"),
    "place": _("Place"),
    "phone_charge": _("Price of the call"),
    "url": _("Web address"),
    "booking_url": _("Where to book a time"),
    "everywhere": _("Everywhere in Finland"),
    "area": _("Municipalities served"),
    "lead_days": _("Days to book ahead"),
    "given_by": _("Who helps"),
    "intake": _("New people"),
    "full_until": _("Full until"),
    "hours_of_place": _("Same hours as the place"),
    "note": _("A word for those who come"),
    "closed_from": _("Closed from"),
    "closed_until": _("Closed until"),
    "closed_note": _("Why it is closed"),
    "hours": _("Opening hours"),
    "exceptions": _("Exceptions to the hours"),
    "notices": _("Notices"),
    "planning": _("Planning"),
    "trusted": _("Changes are public at once"),
    "steward": _("Network that looks after the entry"),
    "state": _("State"),
    "contacts": _("Contact details"),
    "content": _("Description of the service"),
    "channels": _("Ways to get help"),
    "merged": _("Joined entry"),
}

# What is said about texts (logic.content), by code.
FINDINGS: dict[str, Promise] = {
    "summary-too-long": _("The sentence is too long. 150 characters fit."),
    "no-way": _("Say how the help is got before the service is made public. Add a way to get it."),
    "phone-in-prose": _(
        "There is a phone number in the text. Put it in its own field, so that it can be called."
    ),
    "hours-in-prose": _(
        "There are opening hours in the text. Put them in the hours, so that they stay right."
    ),
    "name-in-prose": _("Is this a person's name? People change. Write the role instead."),
    "link-says-here": _("Say where the link leads. “Here” says nothing when read aloud."),
    "long-sentence": _("This sentence is long. Up to 15 words is easy to read."),
    "area-too-wide": _(
        "Is help really given in so wide an area? Choose only where you go or people come from."
    ),
    "missing-language": _("The text is missing in this language."),
}
# Why two entries may be the same (logic.duplicates).
LIKENESS: dict[str, Promise] = {
    "same-name": _("the same name"),
    "like-name": _("nearly the same name"),
    "same-number": _("the same phone number"),
    "same-address": _("the same street address"),
    "same-identifier": _("the same number in a register"),
    "same-website": _("the same website"),
    "same-email": _("the same e-mail address"),
}


def field_name(field: str) -> str:
    """Return the name of a field for people: "Name in Swedish" for name_sv; the field itself if it has none."""
    stem, _underscore, language = field.rpartition("_")
    if stem in FIELD_NAMES and language in LANGUAGE_NAMES:
        return f"{FIELD_NAMES[stem]} {LANGUAGE_NAMES[language]}"
    return str(FIELD_NAMES.get(field, field))
