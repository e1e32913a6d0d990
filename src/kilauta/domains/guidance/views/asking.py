"""What somebody says of their need, in the words of the directory: what to choose from, and what was chosen."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest, QueryDict

from kilauta.domains.directory.logic.facts import LocalityFacts, Named, RuleFacts
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.forms.requests import UNSAID, AskForm, Choosable
from kilauta.domains.guidance.operations.requests import Asked


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


def reading_of(request: HttpRequest) -> Reading:
    """Return what a page of somebody signed in is made from."""
    return cast("Request", request).reading


def choosable(reading: Reading, *chosen: str) -> Choosable:
    """Return the everyday groups, with the topics that were chosen elsewhere, and the places of the network."""
    held, lang = reading.catalogue, reading.lang
    topics = [held.topics[code] for code in dict.fromkeys(chosen) if code in held.topics]
    return Choosable(
        about=[_named(each, lang) for each in (*topics, *held.groups.values())],
        towns=towns(reading),
        villages=_villages(reading),
        homes={each.id: each.municipality for each in held.localities.values()},
    )


def towns(reading: Reading) -> list[tuple[str, str]]:
    known = reading.catalogue.municipalities
    mine = (known[code] for code in reading.network.municipalities if code in known)
    return [(town.code, str(town.name.pick(reading.lang))) for town in by_name(mine, reading.lang)]


def _villages(reading: Reading) -> list[tuple[str, str]]:
    """Return the villages of the network with their municipality; one of the same name is the municipality."""
    held, lang = reading.catalogue, reading.lang
    mine = [each for each in held.localities.values() if _is_village(reading, each)]
    return [
        (each.id, f"{each.name.pick(lang)}, {held.municipalities[each.municipality].name.pick(lang)}")
        for each in by_name(mine, lang)
    ]


def _is_village(reading: Reading, each: LocalityFacts) -> bool:
    home = each.municipality
    return (
        home in reading.network.municipalities
        and each.name.fi != reading.catalogue.municipalities[home].name.fi
    )


def _named(each: Named, lang: str) -> tuple[str, str]:
    return each.code, str(each.name.pick(lang))


def begun(reading: Reading, sent: QueryDict) -> dict[str, object]:
    """Return what another page has told of the need and the place, as its address says it; nothing personal."""
    return {
        name: value
        for name, value in {
            "about": _need(reading.catalogue, sent.get("asia", "")),
            **_place(reading, sent.get("paikka", "")),
            "way": sent.get("tapa", ""),
        }.items()
        if value
    }


def _need(held: Catalogue, code: str) -> str:
    """Return the group or the topic of a need; an e-service stands for its first topic."""
    if code in held.groups or code in held.topics:
        return code
    key = held.by_short_id["eservice"].get(code.split("-", 1)[0])
    return next((topic for topic in held.topics if topic in held.eservices[key].topics), "") if key else ""


def _place(reading: Reading, code: str) -> dict[str, str]:
    held, mine = reading.catalogue, reading.network.municipalities
    village = held.localities.get(code)
    if village and _is_village(reading, village):
        return {"town": village.municipality, "village": village.id}
    code = village.municipality if village else code
    short = code.split("-", 1)[0]
    return {"town": short} if short in mine else {}


def asked(form: AskForm, reading: Reading, *, lang: str = "") -> Asked:
    """Return what a valid form says."""
    held, said = reading.catalogue, form.cleaned_data
    about = said["about"]
    return Asked(
        group=about if about in held.groups else "",
        topic=about if about in held.topics else "",
        municipality="" if said["town"] == UNSAID else said["town"],
        locality=said["village"],
        lang=lang or reading.lang,
        **form.values(),
    )


def rule_of(held: Catalogue, about: object) -> RuleFacts | None:
    """Return the rule that says whom to ring first about this, where it is not the network."""
    group = held.groups.get(str(about))
    topics: Iterable[str] = group.topics if group else (str(about),)
    rules = (held.rules[topic] for topic in held.topics if topic in topics and topic in held.rules)
    return next((rule for rule in rules if rule.prefer != "digital-support"), None)
