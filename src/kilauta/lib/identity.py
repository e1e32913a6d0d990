"""Numbers that open doors: a Finnish personal identity code, a bank account (IBAN), a payment card.

Found in free text by their check characters, so that telephone numbers, business ids, postal codes and hours are
left in peace. What is told is the kind and the place, never the number itself: what holds no copy cannot leak one.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    PERSON = "person"
    ACCOUNT = "account"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Found:
    """A number of this kind stands at text[start:end]."""

    kind: Kind
    start: int
    end: int


CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"

# Length of an account number in each country that has them, as the registry of SWIFT gives it.
_REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 "
    "EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 "
    "IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
    "NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
    "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
LENGTHS = {country: int(length) for country, length in re.findall(r"([A-Z]{2})(\d\d)", _REGISTRY)}
# Every account has at least so many digits; a sentence that begins like one has not.
FEWEST_DIGITS = 8

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad\ufe63\uff0d"), "-")
# With a mark of the century; or without one, when the check character is a letter (with a digit it could be a phone).
_PERSON = re.compile(
    r"(?<![0-9])(?<![0-9]-)(?P<day>[0-9]{6})"
    r"(?: ?(?P<mark>[-+A-FU-Y]) ?(?P<number>[0-9]{3}) ?(?P<check>[0-9A-FHJ-NPR-Y])"
    r"| ?(?P<bare>[0-9]{3}) ?(?P<letter>[A-FHJ-NPR-Y]))(?![0-9A-ZÅÄÖ])"
)
_ACCOUNT = re.compile(r"(?=([A-Z]{2}[0-9]{2}))")
# As printed on cards: fours, 4-6-5, 4-6-4, or all in one. Other groups are lists of postal codes, numbers or hours.
_CARD = re.compile(
    r"(?<![0-9A-Z+])(?<![0-9][-.,:])(?:[0-9]{13,19}"
    r"|[0-9]{4}(?:[ -][0-9]{4}){2}[ -][0-9]{1,4}(?:[ -][0-9]{1,3})?|[0-9]{4}[ -][0-9]{6}[ -][0-9]{4,5})(?![0-9A-Z])"
)


def find(text: str) -> tuple[Found, ...]:
    """Return where such numbers stand in the text, in their order, none over another."""
    plain = "".join(map(_plain, text))
    found: list[Found] = []
    for each in (*_accounts(plain), *_persons(plain), *_cards(plain)):
        if all(each.end <= other.start or other.end <= each.start for other in found):
            found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def _plain(char: str) -> str:
    """Return the character as one would type it, always one: places must stay the same."""
    if char == "\n":
        return char
    if char.isspace():
        return " "
    wide = unicodedata.normalize("NFKC", char).translate(_DASHES).upper()
    return wide if len(wide) == 1 else char.translate(_DASHES)


def _persons(text: str) -> list[Found]:
    return [
        Found(Kind.PERSON, match.start(), match.end()) for match in _PERSON.finditer(text) if _is_right(match)
    ]


def _is_right(match: re.Match[str]) -> bool:
    day, mark = match["day"], match["mark"]
    number, check = match["number"] or match["bare"], match["check"] or match["letter"]
    if CHECKS[int(day + number) % len(CHECKS)] != check or int(number) < 2:  # noqa: PLR2004 -- 000 and 001 are not given
        return False
    centuries = [CENTURIES[mark]] if mark else [1900, 2000]
    return any(_is_day(int(day[:2]), int(day[2:4]), century + int(day[4:])) for century in centuries)


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _accounts(text: str) -> list[Found]:
    found, last = [], 0
    for match in _ACCOUNT.finditer(text):
        end = _end_of_account(text, match.start()) if match.start() >= last else 0
        if end:
            found.append(Found(Kind.ACCOUNT, match.start(), end))
            last = end
    return found


def _end_of_account(text: str, start: int) -> int:
    """Return where the account ends that begins here, with single spaces or hyphens between; 0 when there is none."""
    length, taken, place = LENGTHS.get(text[start : start + 2], 0), "", start
    while len(taken) < length and place < len(text):
        char = text[place]
        if char.isascii() and char.isalnum():
            taken += char
        elif char not in " -" or text[place - 1] in " -":
            return 0
        place += 1
    if not length or len(taken) < length or text[place : place + 1].isdigit():
        return 0
    if sum(char.isdigit() for char in taken) < FEWEST_DIGITS:
        return 0
    return place if int("".join(str(int(char, 36)) for char in taken[4:] + taken[:4])) % 97 == 1 else 0


def _cards(text: str) -> list[Found]:
    return [
        Found(Kind.CARD, match.start(), match.end())
        for match in _CARD.finditer(text)
        if _is_card("".join(char for char in match.group() if char.isdigit()))
    ]


def _is_card(digits: str) -> bool:
    """Say whether a network of cards gives such numbers, and the last digit (Luhn) is right."""
    issued = digits[0] in "3456" or "2221" <= digits[:4] <= "2720"
    if not issued or (len(digits) == 13 and digits[0] != "4"):  # noqa: PLR2004 -- of thirteen: an old Visa, or a bar code
        return False
    doubled = (sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0
