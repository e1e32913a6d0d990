"""What a machine can see in the texts of an entry: some of it is refused, the rest is advice to the writer.

It looks at what was written, field by field, and says where; the sentences stand in choices.FINDINGS.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .facts import FAMILY_OF_MODE

SUMMARY_LONGEST: Final = 150
SENTENCE_LONGEST: Final = 15
EXCERPT_LONGEST: Final = 60
WIDE_AREA: Final = 12
REFUSED: Final = frozenset({"summary-too-long", "no-way"})

# Fields that are sentences; numbers and names elsewhere stand in fields of their own.
PROSE: Final = ("summary", "description", "bring", "fee_note", "note", "closed_note", "directions", "text")
# What should be there in every language.
EVERY_LANGUAGE: Final = ("name", "summary")
LANGUAGES: Final = ("fi", "sv", "en")

_PHONE = re.compile(r"(?<![\d./-])(?:\+\d{1,3}|0\d)(?:[ \-()]{0,2}\d){5,12}(?!\d)")
_DAY = (
    r"(?:(?:ma|ti|ke|to|pe|la|su|mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)\b\.?"
    r"|(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|(?:mån|tis|ons|tors|fre|lör|sön)dag"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\w{0,6})"
)
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_RANGE = rf"{_TIME}\s?[–-]\s?{_TIME}"
_HOURS = re.compile(
    rf"\b(?:klo|kl\.?|kello|klockan)\s?{_TIME}"
    rf"|\b{_DAY}(?:\s?[–-]\s?{_DAY})?\s(?:klo\s|kl\.?\s)?{_RANGE}"
    r"|\b\d{1,2}[.:]\d{2}\s?[–-]\s?\d{1,2}[.:]\d{2}\b",
    re.IGNORECASE,
)
_NAME = r"[A-ZÅÄÖ][a-zåäö]+"
_SURNAME = r"[A-ZÅÄÖ][a-zåäö]+(?:nen|sson|ström|berg|lund|[qk]vist|stedt|lahti|mäki|järvi|niemi|[vh]aara)"
_PERSON = re.compile(
    rf"\b{_NAME}(?:-{_NAME})? {_SURNAME}\b"
    rf"|\b(?i:yhteyshenkilö|kontaktperson|contact person)\w*:? (?:on |är |is )?{_NAME}(?: {_NAME})?"
)
_LINK = re.compile(r"\[([^\]\n]{1,80})\]\(")
_HERE_WORDS: Final = (
    r"(?:klikkaa |paina )?(?:tästä|täältä|tänne)|(?:klicka |tryck )?här|(?:click |press )?here"
)
_HERE = re.compile(rf"\s*(?:{_HERE_WORDS})[\s.!]*", re.IGNORECASE)
_CLICK_HERE = re.compile(
    r"\b(?:klikkaa|paina) (?:tästä|täältä)\b|\b(?:klicka|tryck) här\b|\b(?:click|press) here\b", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a text: what, in which field, and the words it is about."""

    code: str
    field: str
    excerpt: str = ""

    @property
    def refuses(self) -> bool:
        """With this the entry may not be kept or published; the others are advice."""
        return self.code in REFUSED


def text_findings(values: Mapping[str, object]) -> tuple[Finding, ...]:
    """Return what is to be said about the texts among the values, in the order of the fields."""
    return tuple(
        finding
        for field, text in values.items()
        if isinstance(text, str) and text
        for finding in _about(field, text)
    )


def missing_languages(values: Mapping[str, object]) -> tuple[Finding, ...]:
    """Return the names and summaries that are written in some language and lack another."""
    return tuple(
        Finding("missing-language", f"{stem}_{language}")
        for stem in EVERY_LANGUAGE
        if any(values.get(f"{stem}_{language}") for language in LANGUAGES)
        for language in LANGUAGES
        if f"{stem}_{language}" in values and not values[f"{stem}_{language}"]
    )


def area_findings(mode: str, *, everywhere: bool, area: Iterable[str]) -> tuple[Finding, ...]:
    """Return whether an area is wider than anybody could serve who must come there or be come to.

    Help by telephone or from afar may well reach everybody.
    """
    if FAMILY_OF_MODE.get(mode) not in ("visit", "home"):
        return ()
    wide = everywhere or len(frozenset(area)) > WIDE_AREA
    return (Finding("area-too-wide", "area"),) if wide else ()


def way_findings(modes: Iterable[str]) -> tuple[Finding, ...]:
    """Return that a service cannot be got at all, if these are the modes of its ways."""
    return () if any(True for _mode in modes) else (Finding("no-way", "channels"),)


def _about(field: str, text: str) -> Iterator[Finding]:
    stem = field.rpartition("_")[0] or field
    if stem == "summary" and len(text) > SUMMARY_LONGEST:
        yield Finding("summary-too-long", field, _short(text[SUMMARY_LONGEST:]))
    if stem == "label" and _HERE.fullmatch(text):
        yield Finding("link-says-here", field, _short(text))
    if stem not in PROSE:
        return
    for code, pattern in (("phone-in-prose", _PHONE), ("hours-in-prose", _HOURS), ("name-in-prose", _PERSON)):
        found = pattern.search(text)
        if found:
            yield Finding(code, field, _short(found[0]))
    yield from _links(field, text)
    for sentence in _SENTENCE_ENDS.split(text):
        if len(sentence.split()) > SENTENCE_LONGEST:
            yield Finding("long-sentence", field, _short(sentence))


def _links(field: str, text: str) -> Iterator[Finding]:
    said = next((label for label in _LINK.findall(text) if _HERE.fullmatch(label)), "")
    found = _CLICK_HERE.search(text)
    if said or found:
        yield Finding("link-says-here", field, _short(said or (found[0] if found else "")))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LONGEST else f"{line[: EXCERPT_LONGEST - 1].rstrip()}…"
