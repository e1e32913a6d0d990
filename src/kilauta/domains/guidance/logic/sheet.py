"""The codes of the paper sheet: short to write by pen, the same on the sheet and where it is typed in.

A topic's code is the letter of its question and its number in the list: a3, b12. The list may be put in another order,
and a sheet printed before then means something else: hence the edition, three signs that stand on both.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

ROWS = 15
_SIGNS = "ACEFHJKLMNPRTUVWXY34679"
_PARTS = re.compile(r"[\s,;.+/]+")
_CODE = re.compile(r"([a-z])\s*0*(\d+)", re.ASCII)


def topic_codes(keys: Sequence[str]) -> dict[str, str]:
    """Return the topics by their codes, given their keys in the order of the list, retired ones too."""
    counted: dict[str, int] = {}
    found: dict[str, str] = {}
    for key in keys:
        letter = key[0]
        counted[letter] = counted.get(letter, 0) + 1
        found[f"{letter}{counted[letter]}"] = key
    return found


def edition(keys: Sequence[str]) -> str:
    """Return the three signs of the codes: another order or another topic, other signs."""
    number = int.from_bytes(sha256("\n".join(keys).encode()).digest()[:6], "big")
    signs = ""
    for _sign in range(3):
        number, place = divmod(number, len(_SIGNS))
        signs += _SIGNS[place]
    return signs


def read_topics(text: str, codes: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the topics that somebody has typed by code, each once, and what is no code: "a3 b12", "A3,B12"."""
    found: dict[str, None] = {}
    wrong: list[str] = []
    for part in _joined(text):
        written = _CODE.fullmatch(part)
        key = codes.get(f"{written[1]}{written[2]}") if written else None
        if key is None:
            wrong.append(part)
        else:
            found[key] = None
    return list(found), wrong


def _joined(text: str) -> list[str]:
    """Return the parts of what was typed; a letter with a space before its number is one code."""
    parts = [part for part in _PARTS.split(text.strip().lower()) if part]
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"[a-z]", joined[-1]) and part.isdigit():
            joined[-1] += part
        else:
            joined.append(part)
    return joined
