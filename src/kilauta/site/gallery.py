"""What the gallery shows: invented things in every state, at an instant that never changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from kilauta.domains.communications.choices import ABOUT
from kilauta.domains.directory.logic.status import Clockwork, Standing, Status
from kilauta.domains.directory.logic.trust import Check
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit import forms
from kilauta.lib.hours import Rule, Schedule, State
from kilauta.lib.words import Words


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours without an owner."""

    schedule: Schedule
    hours_notes: tuple[Words, ...] = ()


# A Thursday in December, half past ten in the morning in Finland: Christmas is near enough to be seen.
TODAY = date(2026, 12, 3)
NOW = datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
EVENING = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 12, 4, 7, 0, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, 7, 30, tzinfo=UTC)

EVERY_DAY: frozenset[int] = frozenset()
WORKING_DAYS = frozenset({1, 2, 3, 4, 5})
NEW_YEARS_EVE = date(2026, 12, 31)

_SHORT_DAY = Rule(
    EVERY_DAY, time(9), time(12), State.OPEN, valid_from=NEW_YEARS_EVE, valid_to=NEW_YEARS_EVE, exception=True
)
BELL = Words("Ovikello on oikealla.", "Dörrklockan finns till höger.", "The bell is on the right.")
HOURS = Schedule(
    (
        Rule(WORKING_DAYS, time(9), time(16), State.OPEN),
        Rule(WORKING_DAYS, time(16), time(20), State.SELF_SERVICE),
        Rule(frozenset({6}), time(10), time(14, 30), State.BY_APPOINTMENT),
        Rule(EVERY_DAY, None, None, State.CLOSED, holiday="any"),
        Rule(EVERY_DAY, None, None, State.CLOSED, holiday="christmas-eve"),
        _SHORT_DAY,
    )
)

STATES = (
    Status(Standing.OPEN, until=EVENING),
    Status(Standing.OPEN),
    Status(Standing.SELF_SERVICE, until=EVENING, opens=TOMORROW),
    Status(Standing.BY_APPOINTMENT),
    Status(Standing.CLOSED, opens=TOMORROW),
    Status(Standing.CLOSED, opens=MONDAY),
    Status(Standing.CLOSED),
    Status(Standing.UNKNOWN),
    Status(Standing.PAUSED, paused_until=NEW_YEARS_EVE),
    Status(Standing.PAUSED),
    Status(Standing.OPEN, until=EVENING, full=True, full_until=NEW_YEARS_EVE),
    Status(Standing.BY_APPOINTMENT, full=True),
)

CHECKS = (
    (Check("contacts", TODAY, date(2027, 6, 3), "phone", "coordinator"),),
    (Check("contacts", date(2026, 11, 21), date(2027, 5, 21), "phone", "coordinator"),),
    (Check("contacts", date(2025, 10, 1), date(2026, 4, 1), "owner", "provider"),),
    (),
)

NAMES = {
    "who": Words("Esimerkkilän kirjasto", "Exempelby bibliotek", "Exampleton Library"),
    "what": Words(
        "Digineuvonta kirjastossa", "Digital rådgivning på biblioteket", "Digital advice at the library"
    ),
    "say": Words(
        "Tarvitsen apua puhelimen käyttöön.",
        "Jag behöver hjälp med att använda min telefon.",
        "I need help using my phone.",
    ),
    "choice": Words("Puhelin tai tabletti", "Telefon eller surfplatta", "Phone or tablet"),
    "hint": Words("Uusi puhelin, sovellukset", "Ny telefon, appar", "New phone, apps"),
    "finnish": Words("Vain suomeksi kirjoitettu nimi"),
    # Thirty-five letters: the longest word a page must bear on a narrow screen.
    "compound": Words("Matkapuhelinliittymänvaihtoneuvonta"),
    "text": Words(
        "Tässä on kappale.\n\n- ensimmäinen rivi\n- toinen rivi\n\nLue lisää: https://esimerkki.example/ohje",
        "Här är ett stycke.\n\n- första raden\n- andra raden\n\nLäs mer: https://esimerkki.example/ohje",
        "Here is a paragraph.\n\n- first line\n- second line\n\nRead more: https://esimerkki.example/ohje",
    ),
}


class Sample(forms.Form):
    """A form with every kind of field, half filled in."""

    about = forms.ChoiceField(label=_("What is it about?"), choices=list(ABOUT.items()))
    phone = forms.PhoneField(label=_("Phone number"), help_text=_("Small text for hints"))
    day = forms.DayField(label=_("Day"))
    time = forms.TimeField(label=_("Time of day"), required=False)
    text = forms.LongTextField(label=_("Tell us in your own words"), max_length=400)
    tongues = forms.ChoicesField(label=_("Languages"), choices=list(forms.TONGUES.items()))
    tongue = forms.SelectField(label=_("Language"), choices=list(forms.TONGUES.items()), required=False)
    name = forms.WordsField(label=_("Name"), max_length=40)
    sure = forms.TickField(label=_("I ask for somebody else"), required=False)


HALF = {"phone": "050 555 o199", "day": "3.12.2026", "text": "Kartta ei aukea.", "name_fi": "Kirjasto"}


def context(reading: Reading) -> dict[str, object]:
    """Return the invented things; `then` is the reader's own reading, moved to the gallery's instant."""
    return {
        "then": Reading(reading.catalogue, reading.network, reading.lang, NOW, Clockwork(NOW, TODAY)),
        "day": TODAY,
        "number": "050 555 0199",
        "names": NAMES,
        "states": STATES,
        "checks": CHECKS,
        "hours_known": Hours(HOURS, (BELL,)),
        "hours_unknown": Hours(Schedule(())),
        "sample": Sample(HALF),
        "tones": ("quiet", "warn", "good"),
    }
