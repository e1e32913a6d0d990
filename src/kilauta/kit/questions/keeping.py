"""A response is kept: who gave it is not known here, and nothing that could tell is stored."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kilauta.kit.privacy.guard import refuse_identity_numbers
from kilauta.kit.refusals import Refused

from . import choices
from .asked import Asked, Item
from .given import Answers, Given, complete, objection
from .models import Answer, Response


@transaction.atomic
def keep(
    asked: Asked, answers: Answers, *, way: str, lang: str, on: date, texts_end_on: date, whole: bool = True
) -> Response:
    """Keep one person's answers under a key that tells nothing.

    Refuses an answer that does not fit its question, an identity number in a text, nothing at all, and, where
    `whole`, an unanswered question that needs an answer. On paper nobody can be made to answer.
    """
    found = complete(asked, answers)
    for item in asked.items:
        _check(item, found[item.code], whole=whole)
    if not any(given.is_given for given in found.values()):
        raise Refused("nothing", _("Answer one question at least."))
    response = Response.objects.create(set_id=asked.pk, given_on=on, lang=lang, way=way)
    Answer.objects.bulk_create(
        row for item in asked.items for row in _rows(response, item, found[item.code], texts_end_on)
    )
    return response


def _check(item: Item, given: Given, *, whole: bool) -> None:
    field = field_of(item.code)
    if whole and item.required and given.state == choices.UNANSWERED:
        raise Refused("required", _("Choose one of these.") if item.is_chosen else _("Fill this in."), field)
    if objection(item, given):
        raise Refused("unfit", _("This answer does not fit the question."), field)
    refuse_identity_numbers(**{field: given.text})


def _rows(response: Response, item: Item, given: Given, ends_on: date) -> list[Answer]:
    one = Answer(response=response, question_id=item.pk, state=given.state)
    if not given.is_given:
        return [one]
    if given.codes:
        return [
            Answer(response=response, question_id=item.pk, state=given.state, code=code)
            for code in given.codes
        ]
    one.number, one.day, one.text = given.number, given.day, given.text
    one.text_ends_on = ends_on if given.text else None
    return [one]


def field_of(code: str) -> str:
    """Return the name of a question's field in every form."""
    return f"q_{code}"
