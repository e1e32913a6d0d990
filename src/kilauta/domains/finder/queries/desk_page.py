"""What the adviser's desk shows: the resident's search with every choice beside the others, and one choice in full."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kilauta.domains.booking.queries.nearest import FreeWay, free_ways
from kilauta.domains.directory import choices as directory_choices
from kilauta.domains.directory.logic.facts import Named, RuleFacts
from kilauta.domains.directory.queries.pages import Listed, ServicePage, Way, listed, service_page
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder import choices
from kilauta.domains.finder.logic.ranking import Ranked
from kilauta.lib.text import sort_key
from kilauta.lib.words import Words

from .answer_page import place_choices, place_name
from .answering import rule_of
from .gazetteer import where
from .search_page import Hit, hit
from .searching import PAGE, Results, Row, search
from .understanding import LONGEST_QUERY, understand

# The filters a caller's words are about; the others are found on the resident's page.
FACETS = ("way", "language", "audience")
# So many fit on one sheet in large print.
MOST_PRINTED = 6
# Up to so many have room for two places each.
FEW = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What the adviser asks, as it stands in the address: words, a place as one says it, filters, a page."""

    words: str = ""
    place: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @property
    def query(self) -> str:
        """The search as a query of an address."""
        kept = {"q": self.words[:LONGEST_QUERY], "paikka": self.place[:LONGEST_QUERY], **self.filters}
        kept["sivu"] = str(self.page) if self.page > 1 else ""
        return urlencode({name: value for name, value in kept.items() if value})


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A filter as a list to choose from."""

    code: str
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One choice: the service with its best way, why it stands where it stands, and what it does not do, in words."""

    number: int
    hit: Hit
    ranked: Ranked
    limits: tuple[Named, ...]
    only_for: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    asked: Asked
    results: Results
    rows: tuple[DeskRow, ...]
    place: Words
    # A place was written that the network does not have.
    unknown_place: bool
    rule: RuleFacts | None
    selects: tuple[Select, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One choice in full. `visit`: where to go, when the best way is another one; `bring`: its own, else the rule's."""

    asked: Asked
    page: ServicePage
    row: DeskRow | None
    best: Way | None
    visit: Way | None
    rule: RuleFacts | None
    bring: Words
    # what can be booked for the caller, the nearest time first
    bookable: tuple[FreeWay, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A service on the hand-out: the number to ring, whether it has hours to tell, and where else one gets help."""

    listed: Listed
    call: Way | None
    call_hours: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet for the caller. `query`: its own address, as short as it can be written."""

    entries: tuple[Printed, ...]
    left_out: int
    query: str


def desk_search(reading: Reading, asked: Asked) -> Results:
    """Return what the resident's search finds for the same words, filters and place, in the same order."""
    return search(
        reading.catalogue,
        reading.network,
        text=asked.words,
        lang=reading.lang,
        filters=asked.filters,
        place=place_code(reading, asked.place),
        page=asked.page,
        now=reading.now,
    )


def place_code(reading: Reading, text: str) -> str:
    """Return the code of a place as a person says it ("Kuhmossa", "Lentiira, Kuhmo"), or "" when there is none."""
    spot = where(reading.catalogue, text.strip())
    if spot is not None:
        return spot.code
    said = text.strip().casefold()
    code = next((code for name, code in _places(reading) if name.casefold() == said), "")
    return code or understand(reading.catalogue, reading.network, text, reading.lang).place


def _places(reading: Reading) -> list[tuple[str, str]]:
    """Return the names of the network's municipalities, then of its villages with their municipality."""
    listed = place_choices(reading)
    names = [(str(one.municipality.name.pick(reading.lang)), one.municipality.code) for one in listed]
    villages = [
        (f"{locality.name.pick(reading.lang)}, {one.municipality.name.pick(reading.lang)}", locality.id)
        for one in listed
        for locality in one.localities
    ]
    return names + sorted(villages, key=lambda village: sort_key(village[0], reading.lang))


def desk_page(reading: Reading, asked: Asked, results: Results) -> DeskPage:
    return DeskPage(
        asked=asked,
        results=results,
        rows=tuple(_row(reading, results, n, row) for n, row in enumerate(results.rows, start=1)),
        place=place_name(reading, results.where),
        unknown_place=bool(asked.place.strip()) and not place_code(reading, asked.place),
        rule=rule_of(reading.catalogue, results.need),
        selects=tuple(_selects(reading, asked)),
        places=tuple(name for name, _code in _places(reading)),
    )


def _row(reading: Reading, results: Results, number: int, row: Row) -> DeskRow:
    held, service = reading.catalogue, row.service
    return DeskRow(
        number=(results.page - 1) * PAGE + number,
        hit=hit(reading, results, row),
        ranked=row.best,
        limits=tuple(held.limits[code] for code in service.limits if code in held.limits),
        only_for=tuple(held.audiences[code] for code in held.audiences if code in service.audiences_only),
    )


def _selects(reading: Reading, asked: Asked) -> list[Select]:
    lists = {
        "way": [
            (c, directory_choices.label("mode_family", c)) for c in directory_choices.codes("mode_family")
        ],
        "language": [
            (c, directory_choices.label("language", c)) for c in directory_choices.codes("language")
        ],
        "audience": [(one.code, one.name) for one in reading.catalogue.audiences.values()],
    }
    return [
        Select(
            code,
            str(choices.FACET_NAMES[code]),
            tuple(Option(value, name, asked.filters.get(code) == value) for value, name in lists[code]),
        )
        for code in FACETS
    ]


def desk_entry(reading: Reading, short_id: str, asked: Asked, results: Results) -> DeskEntry | None:
    """Return one choice in full, in the light of what was asked; None if there is no such service."""
    page = service_page(reading, short_id)
    if page is None:
        return None
    service = page.listed.service
    numbered = enumerate(results.rows, start=1)
    row = next((_row(reading, results, n, row) for n, row in numbered if row.service.id == service.id), None)
    rule = rule_of(reading.catalogue, results.need)
    best = row.hit.way if row else page.listed.best
    return DeskEntry(
        asked=asked,
        page=page,
        row=row,
        best=best,
        visit=next((way for way in page.listed.ways if way.place and not _same(way, best)), None),
        rule=rule,
        bring=service.bring if any(service.bring) or rule is None else rule.bring,
        bookable=free_ways(reading.network.id, now=reading.now, service=service.id),
    )


def _same(one: Way, other: Way | None) -> bool:
    return other is not None and one.place == other.place


def handout(reading: Reading, short_ids: list[str]) -> Handout:
    """Return a sheet with the named services, each once, as many as fit; names of none are passed over."""
    held = reading.catalogue
    keys = dict.fromkeys(held.by_short_id["service"].get(short_id, "") for short_id in short_ids)
    services = [held.services[key] for key in keys if key in held.services]
    shown = services[:MOST_PRINTED]
    most = 2 if len(shown) <= FEW else 1
    return Handout(
        entries=tuple(printed(listed(reading, service), most) for service in shown),
        left_out=len(services) - len(shown),
        query=urlencode({"palvelu": "-".join(service.address.split("-", 1)[0] for service in shown)}),
    )


def printed(one: Listed, most: int) -> Printed:
    """Choose what goes on paper: not what is open at this moment, but the number, and where to go."""
    call = next((way for way in one.ways if way.channel.phone), None)
    places = tuple(way for way in one.ways if way.place)[:most]
    beside = {way.channel.schedule_key for way in places}  # the same hours are not printed twice
    known = (
        call is not None and call.channel.schedule_key not in beside and bool(call.channel.schedule.regular())
    )
    return Printed(one, call, known, places or (() if call else one.ways[:1]))
