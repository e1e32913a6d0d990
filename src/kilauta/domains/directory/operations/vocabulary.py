from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kilauta.domains.directory.choices import EDITABLE_LISTS, Value
from kilauta.domains.directory.models import (
    Audience,
    Device,
    EverydayGroup,
    HowFound,
    Limit,
    RoutingRule,
    Theme,
    Topic,
)
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import touched
from kilauta.kit.exchange.saving import Saved, save

MODELS: Mapping[str, type[Term]] = {
    "theme": Theme,
    "topic": Topic,
    "audience": Audience,
    "limit": Limit,
    "device": Device,
    "how_found": HowFound,
    "group": EverydayGroup,
}


class RuleDetails(TypedDict, total=False):
    topic_id: str
    prefer: str
    fallback: str
    forbidden_kinds: list[str]
    forbidden_limits: Collection[str]
    reason_fi: str
    reason_sv: str
    reason_en: str
    say_fi: str
    say_sv: str
    say_en: str
    bring_fi: str
    bring_sv: str
    bring_en: str
    warn_fi: str
    warn_sv: str
    warn_en: str


@transaction.atomic
def hold_terms(values: Iterable[Value], *, actor: Person, now: datetime) -> dict[str, list[Saved[Term]]]:
    """Hold the editable lists as the table says; a code that is no longer in it is retired, not removed.

    What somebody else has made or changed is theirs, and stays. Returns what was held, by list.
    """
    found = list(values)
    held: dict[str, list[Saved[Term]]] = {}
    for name in EDITABLE_LISTS:
        theirs = touched(MODELS[name]._meta.label, but=actor)  # noqa: SLF001 -- Django's documented API
        rows = [value for value in found if value.list == name]
        held[name] = [
            _hold(value, place, actor=actor, now=now)
            for place, value in enumerate(rows)
            if value.code not in theirs
        ]
        terms: QuerySet[Term] = QuerySet(MODELS[name])
        gone = terms.exclude(code__in=[value.code for value in rows]).exclude(code__in=theirs)
        for term in gone.filter(retired_on__isnull=True):
            retired = {"retired_on": timezone.localdate(now)}
            held[name].append(save(MODELS[name], {"code": term.code}, retired, actor=actor, now=now))
    return held


def _hold(value: Value, place: int, *, actor: Person, now: datetime) -> Saved[Term]:
    texts = {"name": value.name, "description": value.description, "examples": value.examples}
    values: dict[str, object] = {
        f"{name}_{language}": text
        for name, words in texts.items()
        for language, text in words._asdict().items()
    }
    values |= {"position": place, "retired_on": None}
    lists: dict[str, Collection[object]] = {}
    if value.list == "topic":
        values["theme_id"] = value.group
    if value.list == "group":
        values["device_id"] = value.mapping.get("device")
        lists["topics"] = [code for code in value.mapping.get("topics", "").split("+") if code]
    return save(MODELS[value.list], {"code": value.code}, values, lists=lists, actor=actor, now=now)


@transaction.atomic
def save_routing_rule(
    rule_id: str, *, actor: Person, now: datetime, **details: Unpack[RuleDetails]
) -> Saved[RoutingRule]:
    """Hold who is rung first about a topic, who next, who never, and what to say."""
    values = {name: value for name, value in details.items() if name != "forbidden_limits"}
    lists = {"forbidden_limits": details.get("forbidden_limits")}
    return save(RoutingRule, {"id": rule_id}, values, lists=lists, actor=actor, now=now)
