"""Forms around a booking, for those who help: a time for a caller, another time, the next ones, being away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking
from kilauta.domains.booking.queries.away import AwayRow, Way
from kilauta.kit.forms import (
    TONGUES,
    ChoiceField,
    DayField,
    Form,
    MailField,
    NumberField,
    OnceForm,
    PhoneField,
    SelectField,
    TextField,
    TickField,
)
from kilauta.lib.zone import local

CANCEL, KEEP = "cancel", "keep"
LONGEST_MINUTE = 10
Times = Iterable[tuple[datetime, str]]


def minute(instant: datetime) -> str:
    """Return what stands for an instant in forms and addresses: minutes since 1970."""
    return str(int(instant.timestamp()) // 60)


def instant(text: str) -> datetime:
    return datetime.fromtimestamp(int(text) * 60, UTC)


class _Timed(OnceForm):
    """A form that begins with a time to choose."""

    at = ChoiceField(label=gettext_lazy("Time"), choices=())

    def __init__(
        self, request: HttpRequest, *, times: Times, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(request, initial=initial)
        rows = [(minute(at), words) for at, words in times]
        asked = self.sent.get("at", "") if self.sent else ""
        if asked.isdecimal() and len(asked) < LONGEST_MINUTE and asked not in dict(rows):
            # gone since it was shown, or sent a second time: who books knows
            rows.append((asked, date_format(local(instant(asked)), "D j.n. H.i")))
        self.fields["at"].choices = rows  # type: ignore[attr-defined]  # a field of choices
        if rows and self.fields["at"].initial is None:
            self.fields["at"].initial = rows[0][0]

    @property
    def starts_at(self) -> datetime:
        return instant(self.cleaned_data["at"])


class TimeForm(_Timed):
    """Another time for a booking."""


class DeskForm(_Timed):
    """A time for somebody who rings or stands at the desk, on one screen."""

    name = TextField(label=gettext_lazy("First name"), max_length=60, required=False, autocomplete="off")
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False, autocomplete="off")
    email = MailField(label=gettext_lazy("E-mail address"), required=False, autocomplete="off")
    address = TextField(
        label=gettext_lazy("Where to come"), max_length=160, required=False, autocomplete="off"
    )
    topic = SelectField(label=gettext_lazy("What about"), choices=(), required=False)
    municipality = SelectField(label=gettext_lazy("Municipality"), choices=(), required=False)
    lang = SelectField(label=gettext_lazy("Language of the messages"), choices=list(TONGUES.items()))
    for_other = TickField(label=gettext_lazy("Booked for somebody else"), required=False)

    def __init__(
        self,
        request: HttpRequest,
        *,
        times: Times,
        topics: Sequence[tuple[str, str]],
        towns: Sequence[tuple[str, str]],
        is_home: bool,
        lang: str,
    ) -> None:
        super().__init__(request, times=times, initial={"lang": lang})
        first = [("", _("Choose"))]
        self.fields["topic"].choices = [*first, *topics]  # type: ignore[attr-defined]  # a field of choices
        if is_home:
            self.fields["municipality"].choices = [*first, *towns]  # type: ignore[attr-defined]  # the same
            self.fields["address"].required = True
        else:
            del self.fields["address"], self.fields["municipality"]

    def contact(self) -> BookingContact:
        said = self.cleaned_data
        return BookingContact(
            name=said["name"], phone=said["phone"], email=said["email"], lang=said["lang"],
            for_other=said["for_other"], topic=said["topic"], municipality=said.get("municipality", ""),
            address=said.get("address", ""),
        )  # fmt: skip


class SeriesForm(OnceForm):
    """The same time for so many weeks more."""

    weeks = NumberField(label=gettext_lazy("How many weeks more"), min_value=1, max_value=26, initial=4)


class AwayForm(Form):
    """From which day to which somebody is away."""

    from_on = DayField(label=gettext_lazy("First day away"))
    last_on = DayField(label=gettext_lazy("Last day away (leave empty: this day only)"), required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("from_on"), found.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("It cannot end before it begins."))
        elif first and last and (last - first).days > 90:  # noqa: PLR2004 -- a longer absence is planned elsewhere
            self.add_error("last_on", _("Write three months at most."))
        return found

    def days(self) -> tuple[date, date]:
        first = self.cleaned_data["from_on"]
        return first, self.cleaned_data["last_on"] or first


class SettleForm(OnceForm):
    """What becomes of each booking of somebody who is away."""

    def __init__(self, request: HttpRequest, *, rows: Iterable[AwayRow], words: Mapping[str, str]) -> None:
        super().__init__(request)
        self.rows = list(rows)
        self._ways: dict[str, Way] = {way.value: way for row in self.rows for way in row.ways}
        for row in self.rows:
            choices = [(way.value, words[way.value]) for way in row.ways]
            # another at the same time, if there is one; else nothing is decided by itself
            first = row.hands[0].value if row.hands else KEEP
            self.fields[_name(row.booking)] = ChoiceField(
                label=words[str(row.booking.pk)],
                choices=[*choices, (CANCEL, _("Cancel the time")), (KEEP, _("Nothing yet"))],
                initial=first,
            )

    def wishes(self) -> list[tuple[Booking, Way | None]]:
        """Return what was chosen, without those of which nothing becomes yet; None: the time is cancelled."""
        chosen = [(row.booking, self.cleaned_data[_name(row.booking)]) for row in self.rows]
        return [(booking, self._ways.get(what)) for booking, what in chosen if what != KEEP]


def _name(booking: Booking) -> str:
    return f"b{booking.pk.hex}"


class WaitForm(OnceForm):
    """A place in line for a time that may come free."""

    from_on = DayField(label=gettext_lazy("From which day a time would suit"))
    until_on = DayField(label=gettext_lazy("Until which day"))
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False)
    email = MailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("One of these is enough. We need it only to tell you of a time."),
        required=False,
    )
    name = TextField(
        label=gettext_lazy("What may we call you?"),
        help_text=gettext_lazy("A first name will do."),
        max_length=60,
        required=False,
        autocomplete="given-name",
    )
    address = TextField(
        label=gettext_lazy("Where shall we come?"), max_length=160, autocomplete="street-address"
    )
    municipality = SelectField(label=gettext_lazy("Municipality"), choices=())

    def __init__(
        self,
        request: HttpRequest,
        *,
        towns: Sequence[tuple[str, str]],
        is_home: bool,
        initial: dict[str, object],
    ) -> None:
        super().__init__(request, initial=initial)
        if is_home:
            self.fields["municipality"].choices = [("", _("Choose")), *towns]  # type: ignore[attr-defined]
        else:
            del self.fields["address"], self.fields["municipality"]

    def clean(self) -> None:
        found = self.cleaned_data
        if not self.errors and not (found.get("phone") or found.get("email")):
            self.add_error("phone", _("Write a phone number or an e-mail address: else we cannot tell you."))

    def contact(self, lang: str) -> BookingContact:
        said = self.cleaned_data
        return BookingContact(
            name=said["name"], phone=said["phone"], email=said["email"], lang=lang,
            municipality=said.get("municipality", ""), address=said.get("address", ""),
        )  # fmt: skip


def key_of(text: str) -> UUID | None:
    """Return the key that a form or an address names."""
    try:
        return UUID(text)
    except ValueError:
        return None
