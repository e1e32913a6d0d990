"""Feedback on help is taken: from a page, from paper, aloud, from a file of another system."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kilauta.domains.guidance.logic.feedback import GENERAL, SET, WORDS_KEPT, Helped
from kilauta.domains.guidance.models import FeedbackFile, HelpFeedback
from kilauta.domains.guidance.queries.feedback import feedback_questions
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.questions import versions
from kilauta.kit.questions.given import Answers
from kilauta.kit.questions.keeping import keep
from kilauta.kit.questions.models import Answer
from kilauta.kit.refusals import Refused
from kilauta.lib.disclosure import LEAST
from kilauta.lib.zone import local

DATA = Path(__file__).parent.parent / "data" / f"{SET}.json"
# In these ways somebody else writes down what was said, and nobody can be made to answer.
WRITTEN_DOWN = ("paper", "aloud", "file")


@dataclass(frozen=True, slots=True)
class Brought:
    """What is known of a file of another system: its source, its day, and its rows, each with its own day."""

    source: str
    dated_on: date
    rows: Sequence[tuple[date, Answers]]


@transaction.atomic
def hold_feedback_questions(*, actor: Person, now: datetime) -> bool:
    """Hold the questions as the product's own file has them; return whether that made a new version."""
    wanted = versions.outline(json.loads(DATA.read_text(encoding="utf-8")))
    return versions.hold(wanted, actor=actor, now=now)[1]


@transaction.atomic
def give_feedback(
    network_id: str,
    answers: Answers,
    *,
    about: Helped,
    way: str,
    lang: str,
    on: date | None = None,
    now: datetime,
) -> HelpFeedback:
    """Keep what somebody said of help. Neither who said it nor who wrote it down is kept, nor the time of day.

    `on` is the day on the paper, today where there is none. Refuses a day to come.
    """
    today = local(now).date()
    day = on or today
    if day > today:
        raise Refused("future", _("This day has not come yet."), "day")
    return _kept(network_id, answers, about=about, way=way, lang=lang, day=day, today=today)


@transaction.atomic
def bring_feedback(
    network_id: str, brought: Brought, *, lang: str, actor: Person, now: datetime
) -> FeedbackFile:
    """Keep the feedback of another system beside ours, never among it. The same file comes in once."""
    today = local(now).date()
    if not brought.rows:
        raise Refused("empty", _("There is no row that could be brought in."), "file")
    if brought.dated_on > today:
        raise Refused("future", _("This day has not come yet."), "dated_on")
    try:
        with transaction.atomic():
            file = FeedbackFile.objects.create(
                network_id=network_id,
                source=brought.source,
                dated_on=brought.dated_on,
                fingerprint=_fingerprint(brought),
                brought_at=now,
                brought_by=actor,
            )
    except IntegrityError:
        raise Refused("there-already", _("This file has been brought in already."), "file") from None
    for day, answers in brought.rows:
        _kept(
            network_id,
            answers,
            about=GENERAL,
            way="file",
            lang=lang,
            day=min(day, today),
            today=today,
            file=file,
        )
    recording.record(file, "brought", actor=actor, now=now)
    return file


@transaction.atomic
def erase_words(feedback: HelpFeedback, *, actor: Person, now: datetime) -> None:
    """Erase the words of feedback before their time, because they say something of somebody; the choices stay."""
    rows = Answer.objects.filter(response_id=feedback.pk).exclude(text="")
    if rows.update(text="", text_ends_on=None):
        recording.record(feedback, "words-erased", actor=actor, now=now)


def _kept(
    network_id: str,
    answers: Answers,
    *,
    about: Helped,
    way: str,
    lang: str,
    day: date,
    today: date,
    file: FeedbackFile | None = None,
) -> HelpFeedback:
    asked = feedback_questions()
    if asked is None:
        raise Refused("no-questions", _("There are no questions yet."))
    response = keep(
        asked,
        answers,
        way=way,
        lang=lang,
        on=day,
        texts_end_on=today + WORDS_KEPT,
        whole=way not in WRITTEN_DOWN,
    )
    made = HelpFeedback.objects.create(
        response=response,
        network_id=network_id,
        organisation_id=about.organisation,
        service_id=about.service,
        place_id=about.place,
        file=file,
    )
    if file is None:
        year = (day.replace(month=1, day=1), day.replace(month=12, day=31))
        ours = HelpFeedback.objects.filter(file__isnull=True, response__given_on__range=year)
        _tell(ours.filter(network=network_id), "told_in_network")
        if about.organisation:
            _tell(ours.filter(organisation=about.organisation), "told_in_body")
    return made


def _tell(rows: QuerySet[HelpFeedback], where: str) -> None:
    """Count what waits in the figures of a year once there are five, so that no two looks differ by fewer.

    What one person said cannot be learned from the figures before and after it.
    """
    waiting = rows.filter(**{where: False})
    if waiting.count() >= LEAST:
        waiting.update(**{where: True})


def _fingerprint(brought: Brought) -> str:
    rows = [
        (day.isoformat(), [(code, repr(given)) for code, given in sorted(answers.items())])
        for day, answers in brought.rows
    ]
    told = json.dumps([brought.source, brought.dated_on.isoformat(), rows], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
