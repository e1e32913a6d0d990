"""Events of the demo: a living autumn in Kainuu, and what the report of 2018 counted in the south-east."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from kilauta.domains.directory.models import Organisation, Place
from kilauta.domains.events.logic.counting import Attendance
from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.logic.times import Span, span, spans, whole_days
from kilauta.domains.events.logic.told import EventTold, PartOf
from kilauta.domains.events.models import Event, Occurrence
from kilauta.domains.events.operations.attendance import close_occurrence
from kilauta.domains.events.operations.events import add_event
from kilauta.domains.events.operations.occurrences import cancel_occurrence, move_occurrence
from kilauta.domains.events.operations.publishing import add_outlet, mark_done
from kilauta.domains.events.operations.signups import sign_up
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import Words
from kilauta.lib.zone import local

from .past_events import bring_in_past

# kind, name in three languages, days before, letters
OUTLETS = (
    (
        "newspaper",
        Words("Paikallislehden menopalsta", "Lokaltidningens spalt", "Local paper's column"),
        14,
        200,
    ),
    ("board", Words("Kaupan ilmoitustaulu", "Butikens anslagstavla", "Notice board of the shop"), 10, None),
    (
        "social",
        Words("Kunnan Facebook-sivu", "Kommunens Facebook-sida", "Facebook page of the municipality"),
        7,
        280,
    ),
    ("mail", Words("Sähköposti kumppaneille", "E-post till partner", "Mail to partners"), 14, None),
    (
        "calendar",
        Words("Maakunnan tapahtumakalenteri", "Landskapets kalender", "Regional calendar"),
        21,
        None,
    ),
)
ASK = Words(
    "Tule kysymään puhelimesta, tabletista tai tietokoneesta. Ota oma laite mukaan.",
    "Kom och fråga om telefon, platta eller dator. Ta med din egen apparat.",
    "Come and ask about your phone, tablet or computer. Bring your own device.",
)
HEARD = ("newspaper", "library", "friend")
GUESTS = (
    "Eila",
    "Onni",
    "Helmi",
    "Toivo",
    "Kerttu",
    "Veikko",
    "Aune",
    "Eino",
    "Saimi",
    "Göran",
    "Lempi",
    "Urho",
)


@transaction.atomic
def bring_in_events(*, actor: Person, now: datetime) -> None:
    """Hold events in both networks, unless that was done before."""
    if Event.objects.exists():
        return
    for network in ("kainuu", "kaakko"):
        if network == "kaakko":
            # the report was written before there was a checklist
            bring_in_past(actor=actor, now=now)
        for kind, name, days, letters in OUTLETS:
            words = {f"name_{lang}": text for lang, text in name._asdict().items()}
            add_outlet(
                network,
                values={"kind": kind, "days_before": days, "letters": letters, **words},
                actor=actor,
                now=now,
            )
    _drop_in(actor, now)
    _course(actor, now)
    _others(actor, now)


def _drop_in(actor: Person, now: datetime) -> None:
    """Guidance each week at the library: some have been, one is moved, one is cancelled."""
    monday = local(now).date() - timedelta(days=local(now).weekday())
    told = EventTold(
        kind="guidance",
        name=Words("Digineuvonta kirjastolla", "Digirådgivning på biblioteket", "Digital help at the library"),
        summary=ASK, parts=(_part("kajaani-kirjasto"), _part("kainuun-tietokoneyhdistys", "partner")),
        place=_place("kajaani-kirjasto"), bring="oma laite ja laturi", topics=("a-laite", "a-posti"), guides_needed=2,
    )  # fmt: skip
    weeks = [monday + timedelta(days=3, weeks=number) for number in range(-3, 6)]
    made = _add("kainuu", told, [span(day, time(13), time(15)) for day in weeks], actor, now)
    for number, each in enumerate(_past(made, now)):
        if number:
            _close(each, (8, 12, 5, 9)[number % 4], supporters=2, queue=number == 1, actor=actor, now=now)
    second, third = list(made.occurrences.filter(starts_at__gt=now).order_by("starts_at"))[1:3]
    hour = timedelta(hours=2)
    move_occurrence(second, Span(second.starts_at + hour, second.ends_at + hour), actor=actor, now=now)
    cancel_occurrence(third, actor=actor, now=now)
    done = made.notices.order_by("pk")[:2]
    for notice in done:
        mark_done(notice, cents=0, actor=actor, now=now)


def _course(actor: Person, now: datetime) -> None:
    """A course one signs up for, nearly full; and a session where nobody has signed up yet."""
    begins = local(now).date() + timedelta(days=8)
    told = EventTold(
        kind="course", name=Words("Älypuhelin haltuun", "Lär känna din smarttelefon", "Get to know your smartphone"),
        summary=Words(
            "Kolme kertaa rauhalliseen tahtiin: soittaminen, viestit, kuvat ja turvallisuus.",
            "Tre gånger i lugn takt: samtal, meddelanden, bilder och säkerhet.",
            "Three calm sessions: calls, messages, pictures and safety.",
        ),
        parts=(_part("kuhmo-kirjasto"), _part("kuhmo")), place=_place("kuhmo-kirjasto"), bring="oma puhelin",
        topics=("a-laite",), audiences=("older",), capacity=10, waiting_places=5, is_whole=True,
    )  # fmt: skip
    made = _add("kainuu", told, spans(begins, time(10), time(12), again="weeks", number=3), actor, now)
    for number, name in enumerate(GUESTS[:9]):
        guest = Guest(
            name=name,
            phone=f"050 555 {190 + number:04}",
            how_found=("newspaper", "library", "friend")[number % 3],
        )
        sign_up(made, occurrence=None, guest=guest, actor=actor, now=now)
    empty = EventTold(
        kind="info", name=Words("Omakanta tutuksi", "Bekanta dig med Mina Kanta", "Get to know MyKanta"),
        summary=Words("Näytämme, mistä reseptit ja tulokset löytyvät.", "Vi visar var recept och resultat finns."),
        parts=(_part("kainuun-hva"),), place=_place("suomussalmi-kirjasto"), capacity=20,
    )  # fmt: skip
    _add("kainuu", empty, [span(local(now).date() + timedelta(days=6), time(17), time(18, 30))], actor, now)


def _others(actor: Person, now: datetime) -> None:
    today = local(now).date()
    webinar = EventTold(
        kind="webinar", name=Words("Turvallisesti verkossa", "Tryggt på nätet", "Safe on the web"),
        summary=Words("Näin tunnistat huijauksen. Kysyä saa.", "Så känner du igen bluffar. Du får fråga."),
        parts=(_part("kainuun-liitto"),), remote_url="https://video.example/turvallisesti", topics=("a-turva",),
        municipality="205",
    )  # fmt: skip
    _add("kainuu", webinar, [span(today + timedelta(days=12), time(18), time(19))], actor, now)
    fair = EventTold(
        kind="other", name=Words("Kylämarkkinat", "Bymarknad", "Village fair"), by_others=True, on_view=True,
        summary=Words("Digituki on esillä omalla pöydällään.", "Digistödet finns på plats vid ett eget bord."),
        parts=(_part("hiisijarvi-kylayhdistys"),), place=_place("hiisijarvi-kylatalo"),
    )  # fmt: skip
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 14)
    _add("kainuu", fair, [whole_days(saturday, saturday + timedelta(days=1))], actor, now)
    coaching = EventTold(
        kind="coaching", name=Words("Uusien digitukijoiden valmennus", "Handledarutbildning för nya digistödjare"),
        summary=Words(
            "Vaitiolo, kohtaaminen ja tavallisimmat pulmat.",
            "Tystnadsplikt, bemötande och vanliga problem.",
        ),
        parts=(_part("kainuun-liitto"),), place=_place("kajaani-jarjestotalo"), capacity=15, waiting_places=5,
    )  # fmt: skip
    _add("kainuu", coaching, [span(today + timedelta(days=20), time(12), time(15))], actor, now)
    draft = EventTold(
        kind="guidance", name=Words("Digipäivä kylätalolla", "Digidag i byagården"), summary=ASK,
        parts=(_part("lentiira-kylayhdistys"),), place=_place("lentiira-kylatalo"),
    )  # fmt: skip
    later = [span(today + timedelta(days=40), time(11), time(14))]
    add_event("kainuu", draft, spans=later, actor=actor, now=now)


def _add(network: str, told: EventTold, times: list[Span], actor: Person, now: datetime) -> Event:
    return add_event(network, told, spans=times, actor=actor, now=now, publish=True)


def _past(event: Event, now: datetime) -> list[Occurrence]:
    """Return the times that are over, the newest first."""
    return list(event.occurrences.filter(ends_at__lte=now).order_by("-starts_at"))


def _close(
    occurrence: Occurrence, residents: int, *, supporters: int, queue: bool, actor: Person, now: datetime
) -> None:
    came = Attendance(residents_here=residents, supporters_here=supporters)
    close_occurrence(occurrence, came, had_queue=queue, handouts=residents // 2, actor=actor, now=now)


def _part(organisation: str, part: str = "organiser") -> PartOf:
    return PartOf(Organisation.objects.values_list("pk", flat=True).get(external_id=organisation), part)


def _place(place: str) -> UUID:
    return Place.objects.values_list("pk", flat=True).get(external_id=place)
