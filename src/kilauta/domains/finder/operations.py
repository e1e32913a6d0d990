"""Every write of the finder."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kilauta.domains.directory.logic.facts import FAMILIES
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit import metrics
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.exchange.saving import Saved, save
from kilauta.kit.limits import counters
from kilauta.kit.outbox import operations as outbox
from kilauta.kit.outbox.choices import Channel
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from kilauta.lib.text import fold, slugify

from .choices import MISSED
from .models import Finding, Synonym
from .queries.answer_page import AnswerPage
from .queries.calls import number_of
from .queries.offers import vocabulary_of
from .queries.searching import Results
from .queries.sent import Told

# What is counted; "view" is noted by the directory's pages.
KINDS = ("answer", "search", "view", "call", "outcome", "missed", "desk", "desk-outcome", "desk-missed")
FACTS = ("network", "lang", "need", "words", "filters", "place", "chosen", "results", "outcome")
COUNTS = (("0", 0), ("1", 1), ("2-5", 5), ("6-20", 20))
# As long as the columns of Finding.
LONGEST = 200
# An adviser sends a few in an hour; a desk on a busy day sends less than this.
MOST_SENT, SENT_WITHIN = 60, timedelta(hours=1)
# With the language before it, short enough for a history.
LONGEST_ID = 45


@transaction.atomic
def save_synonym(
    synonym_id: str, *, lang: str, word: str, means: str, actor: Person, now: datetime
) -> Saved[Synonym]:
    """Hold that people who say this word mean those words of ours."""
    values = {"lang": lang, "word": word, "means": means}
    return save(Synonym, {"id": synonym_id}, values, actor=actor, now=now)


@transaction.atomic
def add_synonym(lang: str, word: str, means: str, *, actor: Person, now: datetime) -> Synonym:
    """Let the search understand one more word that people use."""
    _refuse_twin(lang, word, but="")
    key = f"{lang}-{slugify(word, LONGEST_ID)}"
    while Synonym.objects.filter(pk=key).exists():  # two words may have one slug: sää, saa
        key = f"{lang}-{slugify(word, LONGEST_ID)}-{uuid4().hex[:6]}"
    made = save_synonym(key, lang=lang, word=word, means=means, actor=actor, now=now).thing
    editions.renew()
    return made


@transaction.atomic
def change_synonym(
    synonym: Synonym, lang: str, word: str, means: str, *, actor: Person, now: datetime
) -> Synonym:
    """Let a word that people use mean this."""
    _refuse_twin(lang, word, but=synonym.pk)
    held = save_synonym(synonym.pk, lang=lang, word=word, means=means, actor=actor, now=now).thing
    editions.renew()
    return held


@transaction.atomic
def remove_synonym(synonym: Synonym, *, actor: Person, now: datetime) -> None:
    """Let the search understand a word no more; the history keeps what it meant."""
    values = {name: (getattr(synonym, name), "") for name in ("lang", "word", "means")}
    record(synonym, "removed", actor=actor, now=now, values=values)
    synonym.delete()
    editions.renew()


def _refuse_twin(lang: str, word: str, *, but: str) -> None:
    others = Synonym.objects.filter(lang=lang).exclude(pk=but).values_list("word", flat=True)
    if fold(word) in {fold(each) for each in others}:
        raise Refused("taken", _("“%(name)s” is in the list already.") % {"name": word}, "word")


@transaction.atomic
def send_handout(
    choices: Sequence[Told],
    *,
    contact: str,
    lang: str,
    url: str,
    network: Mapping[str, str],
    actor: Person,
    now: datetime,
) -> None:
    """Send the choices of a hand-out to whoever asked, by mail or by text message; `url` is the sheet itself.

    `network`: its name and phone. Nothing but what stands in the directory is sent, and nothing an adviser writes.
    """
    by_mail = "@" in contact
    if not choices:
        raise Refused("nothing", _("Nothing has been chosen. Go back to the list and mark 1–6."))
    if not by_mail and not outbox.texts_leave():
        words = _(
            "Text messages cannot be sent from here yet. Use e-mail, print the sheet, or read it aloud."
        )
        raise Refused("no-texts", words, "contact")
    if not counters.allow("finder.sent", str(actor.pk), most=MOST_SENT, within=SENT_WITHIN, now=now):
        raise Refused("too-many", _("You have sent very many in an hour. Wait a while, or print the sheet."))
    outbox.send(
        "finder/handout", to=contact, lang=lang, now=now, channel=Channel.MAIL if by_mail else Channel.SMS,
        context={"choices": choices, "url": url, "network": network},
    )  # fmt: skip


def note_answer(reading: Reading, page: AnswerPage) -> None:
    """Count an answer: what was needed, where, which way of help was wished for, who came first."""
    _note(reading, "answer", **_of_answer(page))


def note_search(reading: Reading, results: Results, *, at_desk: bool = False) -> None:
    """Count a search: those of its words and filters that are ours, its place, how much was found."""
    _note(reading, "desk" if at_desk else "search", **_of_search(reading, results))


def note_outcome(
    reading: Reading, shown: AnswerPage | Results, *, outcome: str, at_desk: bool = False
) -> None:
    """Count whether somebody found help with what was shown to them: a code of OUTCOMES, or of MISSED for why not.

    A reason is told after a "no" has been counted. It is a kind of its own, so that nobody is counted twice.
    """
    kind = "missed" if outcome in MISSED else "outcome"
    facts = _of_search(reading, shown) if isinstance(shown, Results) else _of_answer(shown)
    _note(reading, f"desk-{kind}" if at_desk else kind, outcome=outcome, **facts)


def note_call(reading: Reading, number: str) -> None:
    """Count that a number of ours was tapped: whose it is, never who tapped it. Another number counts nothing."""
    whose = number_of(reading, number)
    if whose is not None:
        _note(reading, "call", chosen=whose)


def _of_answer(page: AnswerPage) -> dict[str, str]:
    return {
        "need": page.need.code,
        "filters": page.wish.family if page.wish.family in FAMILIES else "",
        "place": page.where.code,
        "chosen": page.first.way.channel.id if page.first else "",
        "results": counted(len(page.others) + (page.first is not None)),
    }


def _of_search(reading: Reading, results: Results) -> dict[str, str]:
    known = {word.known for word in results.understood.asked if word.known}
    ours = vocabulary_of(reading.catalogue)
    filters = [f"{facet}={value}" for facet, value in sorted(results.chosen.items()) if value in ours[facet]]
    return {
        "words": " ".join(sorted(known)),
        "filters": " ".join(filters),
        "place": results.where.code,
        "results": counted(results.total),
    }


def counted(number: int) -> str:
    """Return a number of results coarsely enough to be a habit, not a fingerprint: 0, 1, 2-5, 6-20, 20+."""
    return next((name for name, most in COUNTS if number <= most), "20+")


def _note(reading: Reading, kind: str, **facts: str) -> None:
    short = {name: value[:LONGEST] for name, value in facts.items()}
    metrics.note(kind, now=reading.now, network=reading.network.id, lang=reading.lang, **short)


@transaction.atomic
def write_findings(counts: Mapping[metrics.Note, int]) -> None:
    """Add noted counts to the rows of their hours."""
    for note, times in sorted(counts.items(), key=lambda item: (item[0].hour, item[0].facts)):
        facts = dict(note.facts)
        row = {name: facts.get(name, "") for name in FACTS}
        finding, made = Finding.objects.get_or_create(
            hour=note.hour, kind=note.kind, **row, defaults={"times": times}
        )
        if not made:
            Finding.objects.filter(pk=finding.pk).update(times=F("times") + times)
