"""Ready texts of an event: for a newspaper's free column, social media, mail and the press."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from kilauta.domains.directory.models import Place
from kilauta.domains.events.logic.texts import Piece, fitted, length
from kilauta.domains.events.models import Event, Occurrence
from kilauta.lib.zone import local

from .telling import EventWords, short_page_of, when, words_of

NEWSPAPER, SOCIAL = 200, 280
MOST_TIMES = 3
A_SERIES = 3
EVERY = (
    pgettext_lazy("every week", "on Mondays"),
    pgettext_lazy("every week", "on Tuesdays"),
    pgettext_lazy("every week", "on Wednesdays"),
    pgettext_lazy("every week", "on Thursdays"),
    pgettext_lazy("every week", "on Fridays"),
    pgettext_lazy("every week", "on Saturdays"),
    pgettext_lazy("every week", "on Sundays"),
)


@dataclass(frozen=True, slots=True)
class Texts:
    """`newspaper` and `social` keep to their letters as long as time and place alone do."""

    newspaper: str
    social: str
    subject: str
    mail: str
    press: str


def texts_of(event: Event, lang: str, *, now: datetime | None = None, letters: int = NEWSPAPER) -> Texts:
    """Return the texts in this language; `now`: what has ended is not told any more."""
    times = _told_times(event, now)
    words = words_of(event, lang, place=_same_place(times))
    with translation.override(lang):
        facts = _Facts(
            words, _when(times, lang), cancelled=_is_off(event, times), page=short_page_of(event, lang)
        )
        return Texts(
            newspaper=_column(facts, times, letters),
            social=fitted([*facts.pieces(), Piece(facts.page, 1)], SOCIAL),
            subject=f"{facts.name}, {facts.when}" if facts.when else facts.name,
            mail=_letter(facts),
            press=_press(facts),
        )


def _column(facts: "_Facts", times: Sequence[Occurrence], letters: int) -> str:
    """Return the newspaper's text: fewer times rather than half a name."""
    lang, texts = facts.words.lang, []
    for most in range(MOST_TIMES, 0, -1):
        texts.append(fitted(replace(facts, when=_when(times, lang, most)).pieces(), letters))
        if texts[-1].startswith(f"{facts.name}:") and length(texts[-1]) <= letters:
            return texts[-1]
    return texts[-1]


@dataclass(frozen=True, slots=True)
class _Facts:
    words: EventWords
    when: str
    cancelled: bool
    page: str

    @property
    def name(self) -> str:
        if self.cancelled:
            return _("Cancelled: %(name)s") % {"name": self.words.name}
        return self.words.name

    @property
    def when_and_where(self) -> str:
        return _sentence(", ".join(part for part in (self.when, self.words.where) if part))

    def pieces(self) -> list[Piece]:
        """Return the parts in order, the least important with the highest number."""
        words = self.words
        rest = (
            (words.summary, 3),
            (self.fee, 2),
            (_bring(words), 4),
            (self.phone, 1),
        )
        told = [] if self.cancelled else [Piece(_sentence(text), leave) for text, leave in rest if text]
        if self.cancelled and words.phone:
            told = [Piece(self.phone, 1)]
        return [Piece(f"{self.name}:", may_shorten=True), Piece(self.when_and_where), *told]

    @property
    def fee(self) -> str:
        if not self.words.event.fee:
            return _("Taking part is free of charge.")
        return _("The price is %(fee)s.") % {"fee": self.words.fee.rstrip(".")}

    @property
    def phone(self) -> str:
        return _("Ask more by phone: %(phone)s.") % {"phone": self.words.phone} if self.words.phone else ""


def _letter(facts: _Facts) -> str:
    words = facts.words
    parts = [
        _("Hello!"),
        _("%(name)s is cancelled.") % {"name": words.name}
        if facts.cancelled
        else _("You are welcome: %(name)s.") % {"name": words.name},
        "\n".join(part for part in (facts.when, words.where, words.directions, words.remote) if part),
        *([] if facts.cancelled else _more(facts)),
        _("The newest information is here: %(address)s") % {"address": facts.page},
        _("With kind regards,") + "\n" + _signed(words),
    ]
    return "\n\n".join(part for part in parts if part)


def _press(facts: _Facts) -> str:
    words = facts.words
    organised = (
        _("Organised by %(names)s.") % {"names": _listed(words.organisers)} if words.organisers else ""
    )
    parts = [
        facts.name,
        facts.when_and_where[:1].upper() + facts.when_and_where[1:],
        *([] if facts.cancelled else _more(facts)),
        organised,
        _("The newest information is here: %(address)s") % {"address": facts.page},
    ]
    return "\n\n".join(part for part in parts if part)


def _more(facts: _Facts) -> list[str]:
    words = facts.words
    practical = " ".join(part for part in (facts.fee, _bring(words), facts.phone) if part)
    return [_sentence(words.summary), words.text if words.text != words.summary else "", practical]


def _bring(words: EventWords) -> str:
    return _("Take with you: %(things)s") % {"things": words.bring.rstrip(".")} + "." if words.bring else ""


def _signed(words: EventWords) -> str:
    return _listed(words.organisers) or words.network


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:  # noqa: PLR2004 -- one needs no "and"
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."


def _told_times(event: Event, now: datetime | None) -> list[Occurrence]:
    """Return the coming times that are held; where none is, the cancelled ones."""
    times = sorted(event.occurrences.all(), key=lambda each: (each.starts_at, str(each.pk)))
    coming = [each for each in times if now is None or each.ends_at > now] or times
    return [each for each in coming if each.state == "planned"] or coming


def _is_off(event: Event, times: Sequence[Occurrence]) -> bool:
    return event.state == "withdrawn" or (bool(times) and all(each.state == "cancelled" for each in times))


def _same_place(times: Sequence[Occurrence]) -> Place | None:
    found = {each.place_id: each.place for each in times}
    return next(iter(found.values())) if len(found) == 1 else None


def _when(times: Sequence[Occurrence], lang: str, most: int = MOST_TIMES) -> str:
    """Return the times in words; many of them as "on Tuesdays", or the first ones, so many at most."""
    if len(times) >= A_SERIES and _is_weekly(times) and len({each.place_id for each in times}) == 1:
        first, last = local(times[0].starts_at), local(times[-1].starts_at)
        days = f"{formats.date_format(first, 'SHORT_DATE_FORMAT')}–{formats.date_format(last, 'SHORT_DATE_FORMAT')}"
        clock = f"{formats.time_format(first)}–{formats.time_format(local(times[0].ends_at))}"
        day = f"{EVERY[first.weekday()]} {days}"
        return _("%(day)s at %(time)s") % {"day": day, "time": clock}
    same = len({each.place_id for each in times}) == 1
    said = ", ".join(_with_place(each, lang, told=same) for each in times[:most])
    others = pgettext("after times", "and at other times")
    return f"{said} {others}" if len(times) > most else said


def _with_place(occurrence: Occurrence, lang: str, *, told: bool) -> str:
    """Return one time in words, with its place where it is not the place of all."""
    elsewhere = str(occurrence.place.name.pick(lang)) if occurrence.place and not told else ""
    return f"{when(occurrence, lang)} ({elsewhere})" if elsewhere else when(occurrence, lang)


def _is_weekly(times: Sequence[Occurrence]) -> bool:
    walls = [(local(each.starts_at), local(each.ends_at)) for each in times]
    clocks = {(a.time(), b.time(), b.date() - a.date()) for a, b in walls}
    steps = {after[0].date() - before[0].date() for before, after in pairwise(walls)}
    return len(clocks) == 1 and steps == {timedelta(days=7)} and not any(each.all_day for each in times)
