"""Cells as people write them ("klo 9", "ma–pe", "1.2.26", "kyllä"), told in the one way the tables write them.

Each function returns the text of the tables, or the text it was given where it cannot tell what is meant: the
kind of the column then says what is wrong with it.
"""

import re
from collections.abc import Callable

import phonenumbers

from kilauta.lib.phones import HOME, is_phone
from kilauta.lib.text import fold, fold_bare

YES = {"yes", "y", "kylla", "k", "on", "ja", "j", "x", "1", "true", "tosi", "sant", "✓", "✔", "☑"}
NO = {"no", "n", "ei", "e", "nej", "0", "false", "epatosi", "falskt", "-", "–", "☐"}

_MONTHS = (
    "tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "january february march april may june july august september october november december",
)
_MONTH = {fold_bare(name): number for names in _MONTHS for number, name in enumerate(names.split(), start=1)}
_DAYS = (
    "ma ti ke to pe la su",
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "må ti on to fr lö sö",
    "mån tis ons tor fre lör sön",
    "måndag tisdag onsdag torsdag fredag lördag söndag",
    "mon tue wed thu fri sat sun",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_DAY = {fold_bare(name): number for names in _DAYS for number, name in enumerate(names.split(), start=1)}
_DAY |= {"tors": 4, "tues": 2, "thur": 4, "thurs": 4}
_SPANS = {
    **dict.fromkeys(("arkisin", "arkipaivisin", "arki", "vardagar", "vard", "weekdays"), "12345"),
    **dict.fromkeys(("viikonloppuisin", "helger", "veckoslut", "weekends"), "67"),
    **dict.fromkeys(("joka paiva", "paivittain", "varje dag", "dagligen", "every day", "daily"), "1234567"),
}
_MARKS = (r"[;\n|]", ",", r"\s")
_CENTURY = 70  # 69 is 2069, 70 is 1970
_DASH = r"\s*[-\u2010-\u2015]\s*"


def yes_no(text: str) -> str:
    word = fold_bare(text).rstrip(".!")
    return "yes" if word in YES else "no" if word in NO else text


def day(text: str) -> str:
    """Return a day as 2026-11-22; whether there is such a day, the kind finds out."""
    plain = re.sub(r"^\w{2,12}\.? (?=\d)", "", fold_bare(text))
    iso = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?", plain, re.ASCII)
    finnish = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})\.?", plain, re.ASCII)
    named = re.fullmatch(r"(\d{1,2})\.? ([a-z]+),? (\d{4})", plain, re.ASCII)
    if iso:
        return "-".join(iso.groups())
    if finnish:
        number, month, year = finnish.groups()
        return f"{_full_year(year)}-{month:0>2}-{number:0>2}"
    if named and (found := _month(named[2])):
        return f"{named[3]}-{found:02d}-{named[1]:0>2}"
    return text


def _full_year(year: str) -> str:
    if len(year) > len("26"):
        return year
    return f"20{year}" if int(year) < _CENTURY else f"19{year}"


def _month(word: str) -> int | None:
    return _MONTH.get(word) or _MONTH.get(re.sub(r"kuu(?:ta|n|ssa)?$", "", word))


def time_of_day(text: str) -> str:
    """Return a time as 09:00."""
    plain = re.sub(r"^(?:klo|kello|kl|at)\.? ?", "", fold_bare(text))
    found = re.fullmatch(r"(\d{1,2})(?:[:.,](\d{2}))?(?::00)?(?: ?(am|pm|a\.m\.|p\.m\.|h))?", plain, re.ASCII)
    if not found:
        return text
    hour, noon = int(found[1]), 12
    if found[3] in {"pm", "p.m."} and hour < noon:
        hour += noon
    if found[3] in {"am", "a.m."} and hour == noon:
        hour = 0
    return f"{hour:02d}:{found[2] or '00'}"


def weekdays(text: str) -> str:
    """Return weekdays as digits, Monday being 1."""
    plain = fold_bare(text)
    if plain in _SPANS:
        return _SPANS[plain]
    found = ""
    for part in re.split(
        r"[,;/&+]|\s(?:ja|och|and|sekä)\s|(?<![-\u2010-\u2015])\s(?![-\u2010-\u2015])", plain
    ):
        ends = [_weekday(word) for word in re.split(_DASH, part.strip())] if part.strip() else []
        if None in ends or len(ends) > len("ab"):
            return text
        numbers = [end for end in ends if end is not None]
        found += "".join(map(str, _span(*numbers))) if numbers else ""
    return "".join(sorted(set(found))) or text


def _weekday(word: str) -> int | None:
    bare = word.rstrip(".")
    return _DAY.get(bare) or _DAY.get(re.sub(r"(?:sin|na|ar|s)$", "", bare))


def _span(first: int, last: int | None = None) -> list[int]:
    if last is None:
        return [first]
    return [*range(first, last + 1)] if first <= last else [*range(first, 8), *range(1, last + 1)]


def phone(text: str) -> str:
    """Return a Finnish number as it is dialled and read at home, 040 123 4567; others as they are written."""
    written = re.sub(r"^(?:puh|tel|tfn|gsm|p|t)[.:]+\s*", "", " ".join(text.split()), flags=re.IGNORECASE)
    written = written.removeprefix("tel:").replace("\u2011", "-").replace("/", " ")
    written = re.sub(r"^(?:00|(?=358\d{6}))", "+", written) if not written.startswith("+") else written
    written = written.replace("(0)", "") if written.startswith("+") else written
    if not is_phone(written):
        # a spreadsheet takes a number for a number, and its first zero away
        longer = f"0{written}"
        if not (re.fullmatch(r"[1-9]\d{5,11}", written, re.ASCII) and is_phone(longer)):
            return text
        written = longer
    return _grouped(written)


def _grouped(written: str) -> str:
    try:
        number = phonenumbers.parse(written, HOME)
    except phonenumbers.NumberParseException:
        return written
    if number.country_code != phonenumbers.country_code_for_region(HOME):
        return written
    digits = f"0{number.national_number}"
    if re.fullmatch(r"0(?:4\d|50)\d{7,8}", digits):
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if not phonenumbers.is_valid_number(number):
        return written
    national: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return national


def label(text: str) -> str:
    """Return the key under which a name is looked for: case, marks and stops do not matter."""
    return fold(text).strip(" .:;*?!")


def listed(text: str, find: Callable[[str], str], marks: tuple[str, ...] = _MARKS) -> list[tuple[str, str]]:
    """Return the parts of a list, each with what `find` makes of it ("" where it finds nothing).

    A part may be a name of several words, even one with a comma in it, where a stronger mark divides them.
    """
    part = " ".join(text.split())
    if not part or (key := find(part)):
        return [(part, key)] if part else []
    if not marks:
        return [(part, "")]
    parts = [each for piece in re.split(marks[0], text) for each in listed(piece, find, marks[1:])]
    # words of which none is known are one unknown name
    return parts if len(marks) > 1 or any(key for _part, key in parts) else [(part, "")]
