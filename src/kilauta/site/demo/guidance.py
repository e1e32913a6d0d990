"""Two years of help in the two example networks: invented, the same whenever the demo is loaded, up to yesterday."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from kilauta.domains.directory.models import Organisation, Place
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.operations.past import Past, bring_in
from kilauta.kit.accounts.models import Person
from kilauta.lib.zone import HELSINKI, local

YEAR = 365
# one session out of so many is of a group, and one out of so many of the year before
GROUPS, EARLIER = 11, 3
NIGHT = time(18)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who helps in a network, where, in which ways; `often`: so many sessions in all."""

    organisation: str
    place: str
    often: int
    modes: tuple[str, ...]
    given_by: str = "staff"
    email: str = ""


VISITS = ("walk-in", "walk-in", "booked-visit", "phone")
KAINUU = (
    Giver("kajaani-kirjasto", "kajaani-kirjasto", 90, (*VISITS, "remote"), email="aino@kainuu.example"),
    Giver("kajaani-kirjasto", "kajaani-kirjasto", 25, VISITS, "trainee"),
    Giver("hiisijarvi-kylayhdistys", "hiisijarvi-kylatalo", 45, ("walk-in", "home-visit", "neighbour"), "volunteer",
          "carla@kainuu.example"),
    Giver("kuhmo-kirjasto", "kuhmo-kirjasto", 50, VISITS),
    Giver("sotkamo-kirjasto", "sotkamo-kirjasto", 45, VISITS),
    Giver("suomussalmi-kirjasto", "suomussalmi-kirjasto", 30, VISITS),
    Giver("kainuun-tietokoneyhdistys", "kajaani-tietokonekerho", 30, ("walk-in", "remote"), "volunteer"),
    Giver("kainuun-hva-ikaihmiset-ohjaus", "", 25, ("phone", "phone", "remote", "chat")),
)  # fmt: skip
KAAKKO = (
    Giver("kouvola-kirjasto", "valkeala-kirjasto", 70, VISITS),
    Giver("iitti-kirjasto", "iitti-kirjasto", 35, VISITS),
    Giver("luumaki-kirjasto", "taavetti-kirjasto", 30, (*VISITS, "remote")),
    Giver("kymenlaakson-kylat", "kuusankoski-etappi", 25, ("walk-in", "home-visit"), "volunteer"),
)
NETWORKS = {"kainuu": KAINUU, "kaakko": KAAKKO}
# Where those live who ring, by network; some do not say.
CALLERS = {"kainuu": ("205", "290", "765", "777", ""), "kaakko": ("286", "142", "441", "")}

TOPICS = (
    "a-laite",
    "a-tunnus",
    "a-alku",
    "a-turva",
    "a-viesti",
    "b-terveys",
    "b-pankki",
    "b-kela",
    "b-vero",
    "b-liikkuminen",
)
DEVICES = ("phone", "phone", "computer", "tablet")
OUTCOMES = (
    "solved",
    "solved",
    "solved",
    "continues-alone",
    "will-return",
    "referred",
    "not-solved",
    "not-recorded",
)
AGES = ("75-84", "65-74", "65-74", "60-64", "85+", "40-59", "")
MINUTES = (15, 15, 30, 30, 30, 45, 60, None)
SIZES = (4, 5, 6, 8, 9, 12)


@transaction.atomic
def bring_in_sessions(*, now: datetime) -> int:
    """Bring in the sessions of both networks; those that are there already stay as they are."""
    rows = Person.objects.exclude(email=None).values_list("email", "pk")
    people = {str(email): key for email, key in rows}
    return bring_in(
        past for network, givers in NETWORKS.items() for past in _year(network, givers, people, now)
    )


def _year(network: str, givers: tuple[Giver, ...], people: dict[str, UUID], now: datetime) -> Iterator[Past]:
    chance = Random(network)  # noqa: S311 -- invented, and the same each time
    organisations = dict(Organisation.objects.filter(source="kilauta").values_list("external_id", "pk"))
    places = dict(Place.objects.filter(source="kilauta").values_list("external_id", "pk"))
    today = local(now).date()
    for giver in givers:
        for number in range(giver.often):
            day = _workday(today if number % EARLIER else today - timedelta(days=YEAR), chance)
            entry = _entry(
                giver, chance,
                key=uuid5(NAMESPACE_URL, f"demo:{network}:{giver.organisation}:{giver.given_by}:{number}"),
                network=network, organisation=organisations[giver.organisation], held_on=day,
                place=places.get(giver.place), is_group=number % GROUPS == 1,
            )  # fmt: skip
            yield Past(entry, people.get(giver.email), datetime.combine(day, NIGHT, HELSINKI))


def _workday(today: date, chance: Random) -> date:
    """Return a day of the year before this one: more of them in winter than in summer, none on a Sunday."""
    while True:
        day = today - timedelta(days=chance.randint(1, YEAR))
        if day.weekday() < 6 and not (day.month in {6, 7} and chance.random() < 0.6):  # noqa: PLR2004 -- Sunday; half of the summer's
            return day


def _entry(
    giver: Giver, chance: Random, *, key: UUID, network: str, organisation: UUID, held_on: date,
    place: UUID | None, is_group: bool,
) -> Entry:  # fmt: skip
    mode = "group" if is_group and place else chance.choice(giver.modes)
    near = mode in {"home-visit", "neighbour"} or (giver.given_by == "volunteer" and bool(place))
    outcome = chance.choice(OUTCOMES)
    at_place = mode not in {"phone", "remote", "chat", "home-visit", "neighbour"}
    common = Entry(
        key=key, network=network, organisation=organisation, held_on=held_on, mode=mode, given_by=giver.given_by,
        place=place if at_place else None, municipality="" if at_place else chance.choice(CALLERS[network]),
        minutes=chance.choice(MINUTES), devices=(chance.choice(DEVICES),) if chance.random() < 0.8 else (),  # noqa: PLR2004 -- most
        topics=tuple(chance.sample(TOPICS, chance.choice((0, 1, 1, 1, 2)))), is_near=near,
        way="form" if giver.email else "file",
    )  # fmt: skip
    if mode == "group":
        persons = chance.choice(SIZES)
        old = chance.randint(0, persons)
        return replace(
            common, shape="group", kind=chance.choice(("course", "meeting")), persons=persons, minutes=90,
            shares={"age": {"65-74": old, "75-84": (persons - old) // 2}, "before": {"yes": persons // 2}},
        )  # fmt: skip
    return replace(
        common, outcome=outcome, referred_to="authority" if outcome == "referred" else "",
        age=chance.choice(AGES), language=chance.choice(("fi", "fi", "fi", "sv", "ru", "")),
        was_before=chance.choice((True, False, None)),
    )  # fmt: skip
