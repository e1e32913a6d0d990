"""By what the list of events can be narrowed down: only what leaves something to be seen on its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q
from django.utils.translation import gettext as _

from kilauta.domains.directory.logic.facts import MunicipalityFacts, Named
from kilauta.domains.directory.queries.pages import by_name
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.choices import FOR_SUPPORTERS, KINDS
from kilauta.domains.events.models import Event
from kilauta.lib.words import Words

from .public import Narrowed, coming_times

# as they stand in addresses
TOWN, TOPIC, KIND, REMOTE, PLACE = "kunta", "aihe", "laji", "eta", "paikka"
YES = "1"


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow down: its parameter, and what may be chosen as (value, name)."""

    parameter: str
    name: str
    options: tuple[tuple[str, Words | str], ...]
    chosen: Words | str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from among all that comes, as it was at a stamp; and how many times come."""

    stamp: object
    towns: frozenset[str]
    kinds: frozenset[str]
    is_remote: bool
    themes: tuple[str, ...]
    number: int


def narrowed(reading: Reading, asked: dict[str, str]) -> Narrowed:
    """Return what an address asks for; what means nothing here narrows nothing."""
    held = reading.catalogue
    town, topic, kind = (asked.get(name, "") for name in (TOWN, TOPIC, KIND))
    # a name may follow the code, as in addresses of municipalities
    town = town.split("-", 1)[0]
    place = held.by_short_id["place"].get(asked.get(PLACE, "").split("-", 1)[0], "")
    return Narrowed(
        municipality=town if town in held.municipalities else "",
        topic=topic if topic in held.topics or topic in held.themes else "",
        kind=kind if kind in KINDS else "",
        remote=asked.get(REMOTE) == YES,
        place=place if place in held.places else "",
    )


def filters(reading: Reading, by: Narrowed, there: Offered) -> tuple[Filter, ...]:
    """Return the ways to narrow down what is to come, and what is chosen of each."""
    held, lang = reading.catalogue, reading.lang
    known = by_name((held.municipalities[code] for code in there.towns if code in held.municipalities), lang)
    themes = [held.themes[code] for code in there.themes]
    found = [
        Filter(TOWN, _("Municipality"), _towns(known), _name(held.municipalities.get(by.municipality))),
        Filter(
            TOPIC, _("Topic"), _terms(themes), _name(held.topics.get(by.topic) or held.themes.get(by.topic))
        ),
        Filter(
            KIND,
            _("Kind of event"),
            tuple((code, str(words)) for code, words in KINDS.items() if code in there.kinds),
            str(KINDS[by.kind]) if by.kind else "",
        ),
        Filter(
            REMOTE,
            _("Remotely"),
            ((YES, _("You can take part on the web")),) if there.is_remote else (),
            _("You can take part on the web") if by.remote else "",
        ),
        # nobody looks for a place in a list of all: pages of places lead here
        Filter(PLACE, _("Place"), (), _name(held.places.get(by.place))),
    ]
    return tuple(each for each in found if each.options or each.chosen)


_offered: dict[str, Offered] = {}


def offered(reading: Reading) -> Offered:
    """Return what there is to choose from in this network: read anew when an event has changed, and each hour."""
    shown = Event.objects.filter(network=reading.network.id, state="published")
    found = shown.aggregate(number=Count("pk"), newest=Max("changed_at"))
    stamp = (found["number"], found["newest"], reading.now.replace(minute=0, second=0, microsecond=0))
    held = _offered.get(reading.network.id)
    if held is None or held.stamp != stamp:
        towns, kinds, is_remote = _choices(reading)
        number = coming_times(reading, Narrowed()).count()
        held = Offered(stamp, frozenset(towns), frozenset(kinds), is_remote, tuple(_themes(reading)), number)
        _offered[reading.network.id] = held
    return held


def forget() -> None:
    """Forget what was offered; for tests, whose changes are taken back."""
    _offered.clear()


def _choices(reading: Reading) -> tuple[set[str], set[str], bool]:
    """Return the municipalities and kinds of what is to come, and whether some of it is held on the web too."""
    alone = ExpressionWrapper(~Q(event__remote_url=""), output_field=BooleanField())
    rows = coming_times(reading, Narrowed()).order_by().annotate(is_remote=alone)
    columns = ("event__kind", "event__municipality", "place__municipality", "is_remote")
    towns, kinds, is_remote = set(), set(), False
    for kind, usual, elsewhere, remote in rows.values_list(*columns).distinct():
        towns.add(elsewhere or usual or "")
        kinds.add(kind)
        is_remote = is_remote or remote
    return towns, kinds, is_remote


def _themes(reading: Reading) -> list[str]:
    """Return the themes of what is to come, in their own order."""
    network = Q(event__network=reading.network.id, event__state="published")
    rows = Event.topics.through.objects.filter(network, event__occurrences__ends_at__gt=reading.now)
    about = rows.exclude(event__kind__in=FOR_SUPPORTERS)
    found = set(about.values_list("topic__theme", flat=True).distinct())
    return [code for code in reading.catalogue.themes if code in found]


def _towns(towns: Iterable[MunicipalityFacts]) -> tuple[tuple[str, Words], ...]:
    return tuple((each.code, each.name) for each in towns)


def _terms(terms: Iterable[Named]) -> tuple[tuple[str, Words], ...]:
    return tuple((each.code, each.name) for each in terms)


def _name(thing: object) -> Words | str:
    name = getattr(thing, "name", "")
    return name if isinstance(name, Words) else ""
