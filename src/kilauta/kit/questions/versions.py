"""Sets are drafted, published and followed by newer versions; what is published stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES, Words

from . import choices
from .models import Option, Question, QuestionSet

NO_WORDS = Words("")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as somebody wants it asked. `options` are codes with their words, in order."""

    code: str
    kind: str
    label: Words
    help: Words = NO_WORDS
    required: bool = False
    offers: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    only_if: str = ""
    only_codes: tuple[str, ...] = ()
    options: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole set as somebody wants it."""

    code: str
    title: Words
    intro: Words
    questions: tuple[Wanted, ...]


def outline(data: Mapping[str, Any]) -> Outline:
    """Return the set that a data file describes: texts by language, options as a list of codes with their texts."""
    return Outline(
        data["code"],
        _words(data["title"]),
        _words(data.get("intro", {})),
        tuple(map(_wanted, data["questions"])),
    )


def _wanted(data: Mapping[str, Any]) -> Wanted:
    plain = {name: data[name] for name in ("required", "lowest", "highest", "only_if") if name in data}
    return Wanted(
        data["code"],
        data["kind"],
        _words(data["label"]),
        _words(data.get("help", {})),
        offers=tuple(data.get("offers", ())),
        only_codes=tuple(data.get("only_codes", ())),
        options={each["code"]: _words(each) for each in data.get("options", ())},
        **plain,
    )


def _words(data: Mapping[str, str]) -> Words:
    return Words(*(data.get(language, "") for language in LANGUAGES))


@transaction.atomic
def hold(wanted: Outline, *, actor: Person, now: datetime) -> tuple[QuestionSet, bool]:
    """Return the newest published version, which asks just this, and whether it had to be made."""
    newest = _published(wanted.code)
    if newest and outline_of(newest) == wanted:
        return newest, False
    return publish(draft(wanted, actor=actor, now=now), actor=actor, now=now), True


@transaction.atomic
def draft(wanted: Outline, *, actor: Person, now: datetime) -> QuestionSet:
    """Write the next version of a set, in place of a draft of it that nobody published."""
    _check(wanted.questions)
    QuestionSet.objects.filter(code=wanted.code, published_at__isnull=True).delete()
    before = _published(wanted.code)
    held = QuestionSet.objects.create(
        code=wanted.code,
        version=before.version + 1 if before else 1,
        **_columns("title", wanted.title),
        **_columns("intro", wanted.intro),
    )
    earlier = {each.code: each for each in outline_of(before).questions} if before else {}
    for position, each in enumerate(wanted.questions):
        _write(held, position, each, verdict(earlier.get(each.code), each))
    recording.record(held, "drafted", actor=actor, now=now)
    return held


@transaction.atomic
def publish(held: QuestionSet, *, actor: Person, now: datetime) -> QuestionSet:
    """Freeze a draft: from now on it is asked, and never changed."""
    locked = QuestionSet.objects.select_for_update().get(pk=held.pk)
    if locked.published_at is not None:
        raise Refused("published", _("This version is published. A change becomes a new version."))
    locked.published_at = now
    locked.save(update_fields=["published_at"])
    recording.record(locked, "published", actor=actor, now=now)
    return locked


def verdict(before: Wanted | None, after: Wanted) -> str:
    """Return how the answers to a question compare with those to the same one of the version before.

    Texts that were missing and are there now are a translation. Other choices weigh more than other words.
    """
    if before is None:
        return choices.NEW
    if _scale(before) != _scale(after):
        return choices.SCALE
    pairs = [(before.label, after.label), (before.help, after.help)]
    pairs += [(before.options[code], after.options[code]) for code in after.options]
    if all(old == new for old, new in pairs):
        return choices.SAME
    only_more = all(not was or was == now for old, new in pairs for was, now in zip(old, new, strict=True))
    return choices.TRANSLATED if only_more else choices.WORDING


def _scale(wanted: Wanted) -> tuple[object, ...]:
    limits = (wanted.lowest, wanted.highest)
    branch = (wanted.only_if, frozenset(wanted.only_codes))
    return wanted.kind, frozenset(wanted.options), limits, frozenset(wanted.offers), branch


def comparable(code: str) -> dict[str, list[int]]:
    """Return for each question of a set the published versions whose answers may stand beside its newest one."""
    rows = Question.objects.filter(set__code=code, set__published_at__isnull=False)
    found: dict[str, list[int]] = {}
    broken: set[str] = set()
    for question, version, told in rows.order_by("-set__version").values_list(
        "code", "set__version", "verdict"
    ):
        held = found.setdefault(question, [])
        # a version between them did not ask it
        if question in broken or (held and version != held[-1] - 1):
            broken.add(question)
            continue
        held.append(version)
        if told not in choices.COMPARABLE:
            broken.add(question)
    return found


def outline_of(held: QuestionSet) -> Outline:
    """Return what a version asks, as somebody once wanted it."""
    rows = held.questions.order_by("position").prefetch_related("options")
    return Outline(held.code, held.title, held.intro, tuple(map(_wanted_of, rows)))


def _wanted_of(row: Question) -> Wanted:
    own = sorted(row.options.all(), key=lambda each: each.position)
    return Wanted(
        row.code,
        row.kind,
        row.label,
        row.help,
        row.required,
        tuple(row.offers),
        row.lowest,
        row.highest,
        row.only_if,
        tuple(row.only_codes),
        {each.code: each.label for each in own},
    )


def _published(code: str) -> QuestionSet | None:
    return QuestionSet.objects.filter(code=code, published_at__isnull=False).order_by("-version").first()


def _write(held: QuestionSet, position: int, wanted: Wanted, told: str) -> None:
    question = Question.objects.create(
        set=held,
        position=position,
        code=wanted.code,
        kind=wanted.kind,
        required=wanted.required,
        offers=list(wanted.offers),
        lowest=wanted.lowest,
        highest=wanted.highest,
        only_if=wanted.only_if,
        only_codes=list(wanted.only_codes),
        verdict=told,
        **_columns("label", wanted.label),
        **_columns("help", wanted.help),
    )
    Option.objects.bulk_create(
        Option(question=question, position=place, code=code, **_columns("label", label))
        for place, (code, label) in enumerate(wanted.options.items())
    )


def _check(questions: Sequence[Wanted]) -> None:
    """Refuse what could not be asked: no words, no choices, a branch that hangs on a later question."""
    seen: dict[str, Wanted] = {}
    for each in questions:
        if each.code in seen or not each.label.fi.strip() or each.kind not in choices.KINDS:
            raise Refused(
                "question", _("Each question needs a code of its own, a kind and its words in Finnish.")
            )
        if each.kind in {"single", "multiple"} and len(each.options) < 2:  # noqa: PLR2004 -- one is no choice
            raise Refused("options", _("A question with choices needs two of them at least."))
        _check_codes(each.options)
        hangs_on = seen.get(each.only_if)
        if each.only_if and (hangs_on is None or hangs_on.kind not in choices.CHOSEN):
            raise Refused("branch", _("A question can hang only on an earlier one that has choices."))
        seen[each.code] = each


def _check_codes(codes: Iterable[str]) -> None:
    if set(codes) & set(choices.MISSING):
        raise Refused("options", _("This code has a meaning of its own. Give the choice another one."))


def _columns(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in words._asdict().items()}
