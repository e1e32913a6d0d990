"""What stands on the paper sheet beside its rows: every code with its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from kilauta.domains.directory.choices import label
from kilauta.domains.directory.models import Topic
from kilauta.domains.guidance.choices import AGES, BEFORE
from kilauta.domains.guidance.logic.sheet import edition, topic_codes
from kilauta.lib.words import Words

Coded = tuple[tuple[str, Words | str | Promise], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The codes of the sheet; `topics` by code, also those that are offered no more."""

    edition: str
    topics: Mapping[str, str]
    practised: Coded
    matters: Coded
    outcomes: Coded
    ages: Coded
    before: Coded


def sheet_of(*, outcomes: Mapping[str, str], ages: Mapping[str, str], before: Mapping[str, str]) -> Sheet:
    """Return the sheet of today, given the codes that the pen writes for outcome, age and "was here before"."""
    held = list(Topic.objects.order_by("position", "pk"))
    keys = [each.pk for each in held]
    codes = topic_codes(keys)
    offered = {each.pk: each for each in held if each.retired_on is None}
    coded = tuple((code, offered[key].name) for code, key in codes.items() if key in offered)
    return Sheet(
        edition=edition(keys),
        topics=codes,
        practised=tuple(each for each in coded if each[0].startswith("a")),
        matters=tuple(each for each in coded if not each[0].startswith("a")),
        outcomes=tuple((code, label("outcome", key)) for code, key in outcomes.items()),
        ages=tuple((code, AGES[key]) for code, key in ages.items()),
        before=tuple((code, BEFORE[key]) for code, key in before.items()),
    )
