"""What people write for a day, a time of day and a telephone number, read as they mean it."""

import re
from datetime import date, time

# A number copied from elsewhere may bring these along; a telephone does not dial them.
_AROUND_PHONE = re.compile(r"^(?:tel|puh|tfn|phone)\b[.:]*\s*|[.,;]+$", re.IGNORECASE)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")

_DAY = re.compile(r"(\d{1,2})\s*[./,\s]\s*(\d{1,2})\s*[./,\s]\s*(\d{4}|\d{2})\.?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(?:klo|kl|kello|at)?\.?\s*(\d{1,2})(?:\s*[.:,]\s*(\d{2}))?\.?", re.ASCII | re.IGNORECASE)
_BARE_TIME = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
# Further away a year is a slip of the finger.
YEARS = range(1900, 2200)
CENTURY = 2000


def spaced(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def phone(text: str) -> str:
    """Return a telephone number without what stands around it; its groups stay as they were written."""
    return spaced(_AROUND_PHONE.sub("", spaced(_DASHES.sub("-", text))))


def day(text: str) -> date | None:
    """Return the day meant by 1.2.2026, 01.02.26, 1/2/2026 or 2026-02-01; None when it is none."""
    written = spaced(text)
    if found := _ISO_DAY.fullmatch(written):
        year, month, number = map(int, found.groups())
    elif found := _DAY.fullmatch(written):
        number, month, year = map(int, found.groups())
        year += CENTURY if year < 100 else 0  # noqa: PLR2004 -- written with two digits
    else:
        return None
    try:
        return date(year, month, number) if year in YEARS else None
    except ValueError:
        return None


def time_of_day(text: str) -> time | None:
    """Return the time meant by 9, 9.00, 9:00, klo 9 or 0930; None when it is none."""
    written = spaced(text)
    found = _TIME.fullmatch(written) or _BARE_TIME.fullmatch(written)
    if not found:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
