"""The plain kinds of cells: text, numbers, days, times, addresses."""

import re
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from kilauta.lib.geo import FINLAND_LAT, FINLAND_LON
from kilauta.lib.phones import LONGEST, is_phone
from kilauta.lib.text import slugify

from . import cells, spoken
from .columns import Kind, Known, Value, Words
from .problems import Bad

LONGEST_EMAIL = 254
LONGEST_URL = 300
_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
EARLIEST, LATEST = 1000, 2199  # years: a parish may be old, but the year 202 is a slip of the hand


def check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Bad(
            "too-long",
            _("The text has %(length)s characters; at most %(most)s fit.")
            % {"length": len(text), "most": most},
        )


@dataclass(frozen=True)
class Text(Kind):
    """One line of words, or a coded text of a fixed form (`form`, with the sentence that explains it)."""

    most: int = 120
    form: str = ""
    explained: Words = ""

    def read(self, text: str) -> Value:
        line = cells.one_line(text)
        check_length(line, self.most)
        if self.form and not re.fullmatch(self.form, line, re.ASCII):
            raise Bad(
                "wrong-type", str(self.explained) or _("The cell does not have the form it should have.")
            )
        return line

    def spoken(self, text: str, _known: Known) -> str:
        # a spreadsheet takes the zeros before a code of digits away
        whole = text.zfill(self.most) if self.form and text.isdecimal() else text
        return whole if self.form and re.fullmatch(self.form, whole, re.ASCII) else text

    def words(self) -> str:
        return str(self.explained) or _("Text, at most %(most)s characters.") % {"most": self.most}


@dataclass(frozen=True)
class Prose(Kind):
    """Paragraphs with a blank line between them; lines that begin with "- " are a list."""

    most: int = 5000
    accepted: ClassVar[re.Pattern[str] | None] = re.compile("- ")

    def read(self, text: str) -> Value:
        body = cells.paragraphs(text.replace("\t", " "))
        check_length(body, self.most)
        return body

    def words(self) -> str:
        return _(
            "Paragraphs of text, at most %(most)s characters. Lines that begin with “- ” make a list."
        ) % {"most": self.most}


@dataclass(frozen=True)
class Id(Kind):
    """The name by which other rows refer to this one."""

    most: int = 60

    def read(self, text: str) -> Value:
        check_length(text, self.most)
        if not _ID.fullmatch(text):
            raise Bad("wrong-type", self.words())
        return text

    def spoken(self, text: str, _known: Known) -> str:
        return text if _ID.fullmatch(text) else slugify(text, self.most) or text

    def words(self) -> str:
        return _("Lower-case letters a to z, digits and hyphens, at most %(most)s characters.") % {
            "most": self.most
        }


@dataclass(frozen=True)
class Day(Kind):
    empty: ClassVar[Value] = None
    typed: ClassVar[bool] = True

    def read(self, text: str) -> Value:
        found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
        # a Finnish spreadsheet writes a day back in this form when the file is saved
        turned = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)
        parts = found.groups() if found else turned.groups()[::-1] if turned else ("0", "0", "0")
        try:
            day = date(*map(int, parts))
        except ValueError:
            raise Bad("bad-date", _("This is not a day. Write it as 2026-11-22.")) from None
        if not EARLIEST <= day.year <= LATEST:
            raise Bad("bad-date", _("This is not a day. Write it as 2026-11-22."))
        return day

    def spoken(self, text: str, _known: Known) -> str:
        return spoken.day(text)

    def words(self) -> str:
        return _("A day, written as 2026-11-22.")


@dataclass(frozen=True)
class Time(Kind):
    """A time of day. Midnight at the end of the day is 24:00 (`ends`), kept as 00:00."""

    ends: bool = False
    empty: ClassVar[Value] = None

    def read(self, text: str) -> Value:
        found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?", text, re.ASCII)
        if not found:
            raise Bad("bad-time", self.words())
        hour, minute = map(int, found.groups())
        if self.ends and (hour, minute) == (24, 0):
            hour = 0
        try:
            return time(hour, minute)
        except ValueError:
            raise Bad("bad-time", self.words()) from None

    def spoken(self, text: str, _known: Known) -> str:
        return spoken.time_of_day(text)

    def format(self, value: Value) -> str:
        return "24:00" if self.ends and value == time() else f"{value:%H:%M}"

    def words(self) -> str:
        if self.ends:
            return _("A time, written as 16:30; 24:00 is midnight.")
        return _("A time, written as 09:00.")


@dataclass(frozen=True)
class YesNo(Kind):
    empty: ClassVar[Value] = False

    def read(self, text: str) -> Value:
        if text.lower() not in {"yes", "no"}:
            raise Bad("wrong-type", self.words())
        return text.lower() == "yes"

    def spoken(self, text: str, _known: Known) -> str:
        return spoken.yes_no(text)

    def format(self, value: Value) -> str:
        return "yes" if value else "no"

    def words(self) -> str:
        return _("yes or no.")


@dataclass(frozen=True)
class Integer(Kind):
    low: int = 0
    high: int = 32_767
    empty: ClassVar[Value] = None
    typed: ClassVar[bool] = True
    harmless: ClassVar[re.Pattern[str] | None] = re.compile(r"-\d")

    def read(self, text: str) -> Value:
        if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII) or not self.low <= int(text) <= self.high:
            raise Bad("wrong-type", self.words())
        return int(text)

    def spoken(self, text: str, _known: Known) -> str:
        return re.sub(r"[.,]0+$", "", text)

    def words(self) -> str:
        return _("A whole number from %(low)s to %(high)s.") % {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Coordinate(Kind):
    """Degrees of latitude or longitude in Finland, to about a metre."""

    axis: str = "lat"
    empty: ClassVar[Value] = None
    typed: ClassVar[bool] = True
    harmless: ClassVar[re.Pattern[str] | None] = re.compile(r"[+-]\d")

    def read(self, text: str) -> Value:
        # with a comma where a Finnish spreadsheet saved the file
        if not re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{1,15})?", text, re.ASCII):
            raise Bad("wrong-type", self.words())
        degrees = round(float(text.replace(",", ".")), 5)
        low, high = FINLAND_LAT if self.axis == "lat" else FINLAND_LON
        if not low <= degrees <= high:
            raise Bad("outside-finland", _("This point is not in Finland."))
        return degrees

    def format(self, value: Value) -> str:
        return f"{value:.5f}"

    def words(self) -> str:
        return _("Degrees, written as 64.22730.")


@dataclass(frozen=True)
class Phone(Kind):
    harmless: ClassVar[re.Pattern[str] | None] = re.compile(r"\+\d")

    def read(self, text: str) -> Value:
        written = cells.one_line(text)
        check_length(written, LONGEST)
        if not is_phone(written):
            raise Bad("bad-phone", _("This is not a telephone number. Write it as 050 555 0132."))
        return written

    def spoken(self, text: str, _known: Known) -> str:
        return spoken.phone(text)

    def words(self) -> str:
        return _("A telephone number, written as 050 555 0132.")


_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


@cache
def _is_web_address() -> URLValidator:
    return URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class WebAddress(Kind):
    def read(self, text: str) -> Value:
        check_length(text, LONGEST_URL)
        try:
            _is_web_address()(text)
            secret = "@" in urlsplit(text).netloc  # a name and password in an address lead people astray
        except (ValidationError, ValueError):
            secret = True
        if secret:
            raise Bad("bad-url", self.words())
        return text

    def spoken(self, text: str, _known: Known) -> str:
        return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else text

    def words(self) -> str:
        return _("A web address, written as https://www.example.fi/.")


@dataclass(frozen=True)
class Email(Kind):
    def read(self, text: str) -> Value:
        check_length(text, LONGEST_EMAIL)
        try:
            validate_email(text)
        except ValidationError:
            raise Bad("bad-email", self.words()) from None
        return text

    def spoken(self, text: str, _known: Known) -> str:
        return text.removeprefix("mailto:")

    def words(self) -> str:
        return _("An e-mail address, written as name@example.fi.")
