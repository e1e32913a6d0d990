"""Days unlike the others: holidays by name, days and times off by their dates, and words that hold for a while."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from datetime import datetime as moment
from typing import Any, Final

from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kilauta.domains.directory.logic.special import day_row, exceptions_of, holidays_of, without_holidays
from kilauta.domains.directory.logic.week import NOTES, Row, same
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.domains.directory.queries.telling import hours_row
from kilauta.kit.forms import DayField, OnceForm, TickField, TimeField, WordsField
from kilauta.kit.translations import reader_language
from kilauta.lib.hours import HOLIDAYS, holidays_on
from kilauta.lib.words import Words

from .entry import EntryForm
from .fields import OneField

ANY: Final = "any"
NOTHING: Final = ""
WHAT: Final = (
    (NOTHING, gettext_lazy("Nothing is said")),
    ("closed", gettext_lazy("Closed")),
    ("open", gettext_lazy("A helper is there")),
    ("self-service", gettext_lazy("Self-service, no helper")),
    ("by-appointment", gettext_lazy("By appointment")),
    ("unknown", gettext_lazy("We do not know yet")),
)
TIMED: Final = ("open", "self-service")
YEAR: Final = 365
EMPTY_ROWS: Final = 3
MOST_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class Special:
    """One line: a holiday or some days, what is there then, and from when to when."""

    name: str
    on: date | None
    fields: Mapping[str, BoundField]
    exact: bool = False

    @property
    def times(self) -> tuple[BoundField, ...]:
        return tuple(self.fields[part] for part in ("what", "opens", "closes") if part in self.fields)


class _SpecialForm(EntryForm):
    """What both pages of special days share: a choice of what is there, and times where there are any."""

    def __init__(self, request: HttpRequest, *, held: Plain, changed_at: moment | None, today: date) -> None:
        self.today = today
        self.ordinary: list[Row] = list(held["hours"])  # type: ignore[call-overload]  # rows, both
        self.exceptional: list[Row] = list(held["exceptions"])  # type: ignore[call-overload]  # the same
        super().__init__(request, held=held, changed_at=changed_at)

    def _add(self, at: str, name: str) -> None:
        self.fields[f"{at}_what"] = OneField(choices=WHAT, required=False)
        self.fields[f"{at}_what"].widget.attrs["aria-label"] = _("%(day)s: what") % {"day": name}
        for part, label in (("opens", _("%(day)s: from")), ("closes", _("%(day)s: until"))):
            self.fields[f"{at}_{part}"] = TimeField(required=False)
            self.fields[f"{at}_{part}"].widget.attrs |= {"aria-label": label % {"day": name}, "size": 6}

    def _check(self, at: str) -> None:
        what, opens, closes = (self.cleaned_data.get(f"{at}_{part}") for part in ("what", "opens", "closes"))
        if (opens is None) != (closes is None) or (what in TIMED and opens is None):
            missing = "opens" if opens is None else "closes"
            if f"{at}_{missing}" not in self.errors:
                self.add_error(f"{at}_{missing}", _("Write both times: from and until."))
        elif opens is not None and what in (NOTHING, "closed", "unknown"):
            self.add_error(f"{at}_what", _("There are times here. Choose what is there then."))

    def _said(self, at: str) -> dict[str, Any]:
        what, opens, closes = (self.cleaned_data.get(f"{at}_{part}") for part in ("what", "opens", "closes"))
        return {"state": what, "opens": _iso(opens), "closes": _iso(closes)}

    def _three(self, at: str) -> dict[str, BoundField]:
        return {part: self[f"{at}_{part}"] for part in ("what", "opens", "closes")}


class HolidaysForm(_SpecialForm):
    """What is there on each holiday of the year to come."""

    def prepare(self) -> None:
        self.simple, self.exact = holidays_of([*self.ordinary, *self.exceptional])
        self.days = dict(upcoming(self.today))
        for code in self._shown():
            self._add(code, _name(code))

    def _shown(self) -> list[str]:
        return [code for code in (ANY, *self.days) if code not in self.exact]

    def opening(self) -> dict[str, Any]:
        return {
            f"{code}_{part}": value
            for code, row in self.simple.items()
            for part, value in (
                ("what", row["state"]),
                ("opens", _time(row["opens"])),
                ("closes", _time(row["closes"])),
            )
        }

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self._shown():
            self._check(code)
        return found

    def values(self) -> dict[str, object]:
        shown = self._shown()
        rows = []
        for code in shown:
            if self.cleaned_data.get(f"{code}_what"):
                notes = {name: self.simple[code][name] for name in NOTES} if code in self.simple else {}
                rows.append(day_row({"holiday": code, **self._said(code), **notes}))
        if same(rows, [self.simple[code] for code in shown if code in self.simple]):
            return {"hours": self.ordinary, "exceptions": self.exceptional}
        ordinary = without_holidays(self.ordinary, shown)
        return {"hours": [*ordinary, *rows], "exceptions": without_holidays(self.exceptional, shown)}

    def lines(self) -> Iterator[Special]:
        """Yield the line for all public holidays, then each holiday of the next twelve months."""
        for code in (ANY, *self.days):
            exact = code in self.exact
            fields = {} if exact else self._three(code)
            yield Special(_name(code), self.days.get(code), fields, exact)


class ExceptionsForm(_SpecialForm):
    """Days and times off by their dates: those to come, and a few empty lines."""

    def prepare(self) -> None:
        ahead, others = exceptions_of(self.exceptional, self.today.isoformat())
        self.ahead, self.others = ahead[:MOST_ROWS], [*others, *ahead[MOST_ROWS:]]
        self.number = min(len(self.ahead) + EMPTY_ROWS, MOST_ROWS + EMPTY_ROWS)
        for number in range(self.number):
            name = _("Line %(number)s") % {"number": number + 1}
            at = f"x{number}"
            for part, label in (("from", _("First day")), ("to", _("Last day"))):
                self.fields[f"{at}_{part}"] = DayField(label=label, required=False)
                self.fields[f"{at}_{part}"].widget.attrs["aria-label"] = f"{name}: {label}"
            self._add(at, name)
            self.fields[f"{at}_note"] = WordsField(label=_("Why"), max_length=120, required=False)

    def opening(self) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for number, row in enumerate(self.ahead):
            shown |= {
                f"x{number}_from": _day(row["valid_from"]),
                f"x{number}_to": _day(row["valid_to"]) if row["valid_to"] != row["valid_from"] else None,
                f"x{number}_what": row["state"],
                f"x{number}_opens": _time(row["opens"]),
                f"x{number}_closes": _time(row["closes"]),
                f"x{number}_note": Words(*(row[name] for name in NOTES)),
            }
        return shown

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.number):
            at = f"x{number}"
            first, last, what = (found.get(f"{at}_{part}") for part in ("from", "to", "what"))
            if first is None and (what or last) and f"{at}_from" not in self.errors:
                self.add_error(f"{at}_from", _("Write the first day."))
            if first and not what:
                self.add_error(f"{at}_what", _("Choose what is there then."))
            if first and last and last < first:
                self.add_error(f"{at}_to", _("It cannot end before it begins."))
            self._check(at)
        return found

    def values(self) -> dict[str, object]:
        rows = []
        for number in range(self.number):
            at = f"x{number}"
            first = self.cleaned_data.get(f"{at}_from")
            if first is None:
                continue
            last = self.cleaned_data.get(f"{at}_to") or first
            notes = dict(zip(NOTES, self.cleaned_data[f"{at}_note"], strict=True))
            days = {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
            rows.append(day_row({**days, **self._said(at), **notes}))
        return {"exceptions": [*rows, *self.others]}

    def lines(self) -> Iterator[Special]:
        for number in range(self.number):
            at = f"x{number}"
            fields = {**self._three(at), **{part: self[f"{at}_{part}"] for part in ("from", "to", "note")}}
            yield Special(_("Line %(number)s") % {"number": number + 1}, None, fields)

    @property
    def kept(self) -> list[str]:
        """Return the other exceptions that are not over, in words: they stay."""
        today = self.today.isoformat()
        named = [row for row in self.others if not row["holiday"]]
        return [hours_row(row) for row in named if (row["valid_to"] or "9999") >= today]


class NoticeForm(OnceForm):
    """Words that stand beside an entry for a while, and end by themselves."""

    text = WordsField(
        label=gettext_lazy("What do you want to tell?"),
        help_text=gettext_lazy("For instance: Closed in week 30."),
        max_length=200,
    )
    from_on = DayField(label=gettext_lazy("First day"))
    until_on = DayField(label=gettext_lazy("Last day"))
    closes = TickField(label=gettext_lazy("No help is given on these days"), required=False)


def upcoming(today: date) -> list[tuple[str, date]]:
    """Return the named holidays of the next twelve months, each with its day, the soonest first."""
    found: dict[str, date] = {}
    for ahead in range(YEAR):
        day = today + timedelta(days=ahead)
        for code in holidays_on(day):
            found.setdefault(code, day)
    return list(found.items())


def _name(code: str) -> str:
    return str(Words(**HOLIDAYS[code]).pick(reader_language()))


def _iso(at: time | None) -> str | None:
    return at.isoformat() if at else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
