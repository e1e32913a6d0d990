"""What coordinators write in the lists of words, the rules and the e-services; a value in use is never deleted."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from kilauta.domains.directory.models import EService, EverydayGroup, RoutingRule, Theme, Topic
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.territory.models import Locality, Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import record
from kilauta.kit.exchange.saving import save
from kilauta.kit.refusals import Refused
from kilauta.kit.store import editions
from kilauta.lib.text import fold, slugify
from kilauta.lib.zone import local

from .vocabulary import save_routing_rule
from .writing import locked, make, shown

T = TypeVar("T", bound=Term)
Values = Mapping[str, object]

LONGEST_CODE = 34
# A topic and an everyday group are asked for by the same kind of address, so no two of them share a code.
_NEEDS: tuple[type[Term], ...] = (Topic, EverydayGroup)


@transaction.atomic
def add_term(model: type[T], values: Values, *, actor: Person, now: datetime, side: str = "") -> T:
    """Add a value to a list, under a code made of its Finnish name; `side` begins the code of a topic ("a" or "b").

    Two values of one name are refused.
    """
    _refuse_twins(model, values, but="")
    code = _free_code(model, str(values["name_fi"]), side)
    columns, lists = _parted(model, values)
    saved = save(model, {"code": code}, columns, lists=lists, actor=actor, now=now)
    shown(saved.thing)
    return saved.thing


@transaction.atomic
def change_term(term: T, values: Values, *, actor: Person, now: datetime) -> T:
    """Make a value of a list say this; its code, and so its address, stays."""
    held = locked(term)
    if "name_fi" in values:
        _refuse_twins(type(held), values, but=held.code)
    return _write(held, values, actor=actor, now=now)


@transaction.atomic
def retire_term(term: T, *, actor: Person, now: datetime) -> T:
    """Offer a value no more. What uses it keeps it; what would be left empty has to be emptied first."""
    held = locked(term)
    living = Topic.objects.filter(retired_on__isnull=True)
    if isinstance(held, Theme) and living.filter(theme=held).exists():
        raise Refused("in-use", _("This theme still has topics. Move them to another theme first."))
    if isinstance(held, Topic):
        left = living.exclude(pk=held.pk)
        for group in EverydayGroup.objects.filter(retired_on__isnull=True, topics=held).order_by("code"):
            if not group.topics.filter(pk__in=left).exists():
                message = _("The everyday group “%(name)s” has no other topic. Give it another one first.")
                raise Refused("in-use", message % {"name": group.name_fi})
    return _write(held, {"retired_on": held.retired_on or local(now).date()}, actor=actor, now=now)


@transaction.atomic
def bring_back_term(term: T, *, actor: Person, now: datetime) -> T:
    """Offer a retired value again."""
    held = locked(term)
    if isinstance(held, Topic) and held.theme.retired_on:
        raise Refused("retired", _("Its theme is retired. Bring the theme back first."))
    _refuse_twins(type(held), {"name_fi": held.name_fi}, but=held.code)
    return _write(held, {"retired_on": None}, actor=actor, now=now)


@transaction.atomic
def add_rule(topic: Topic, values: Values, *, actor: Person, now: datetime) -> RoutingRule:
    """Say who is rung about a topic that has no rule yet."""
    if RoutingRule.objects.filter(topic=topic).exists():
        raise Refused("taken", _("This topic has a rule already. Change that one."), "topic")
    return _hold_rule(topic.code, {**values, "topic_id": topic.code}, actor=actor, now=now)


@transaction.atomic
def change_rule(rule: RoutingRule, values: Values, *, actor: Person, now: datetime) -> RoutingRule:
    """Say otherwise who is rung about the topic of a rule."""
    return _hold_rule(locked(rule).pk, values, actor=actor, now=now)


@transaction.atomic
def remove_rule(rule: RoutingRule, *, actor: Person, now: datetime) -> None:
    """Take a rule away: the answer is then found without it. The history keeps that there was one."""
    held = locked(rule)
    record(held, "removed", actor=actor, now=now, note=held.topic.name_fi)
    held.delete()
    editions.renew()


@transaction.atomic
def add_eservice(values: Values, *, steward: Network | None, actor: Person, now: datetime) -> EService:
    """Add an e-service that the network looks after; it is public at once."""
    name = str(values["name_fi"])
    made: EService = make(
        "eservice", values, actor=actor, now=now, name=name, steward=steward, state="published"
    )
    return made


@transaction.atomic
def find_anew(locality: Locality) -> None:
    """Let what is found by the name of a village be found by the name it has now."""
    shown(locality)


def _hold_rule(key: str, values: Values, *, actor: Person, now: datetime) -> RoutingRule:
    prefer, fallback = str(values["prefer"]), str(values["fallback"])
    kinds = sorted(cast("Collection[str]", values["forbidden_kinds"]))
    if prefer == fallback:
        raise Refused("contradiction", _("The next one has to be another than the first."), "fallback")
    if prefer in kinds:
        message = _("Who is rung first cannot be one who is never the answer.")
        raise Refused("contradiction", message, "forbidden_kinds")
    details: Any = {**values, "forbidden_kinds": kinds}
    saved = save_routing_rule(key, actor=actor, now=now, **details)
    editions.renew()
    return saved.thing


def _write(term: T, values: Values, *, actor: Person, now: datetime) -> T:
    columns, lists = _parted(type(term), values)
    saved = save(type(term), {"code": term.code}, columns, lists=lists, actor=actor, now=now)
    shown(saved.thing)
    return saved.thing


def _parted(model: type[Term], values: Values) -> tuple[dict[str, object], dict[str, Collection[object]]]:
    """Part columns from lists of keys."""
    lists = {each.name for each in model._meta.many_to_many}  # noqa: SLF001 -- Django's documented API
    columns = {name: value for name, value in values.items() if name not in lists}
    return columns, {name: cast("Collection[object]", values[name]) for name in lists & values.keys()}


def _refuse_twins(model: type[Term], values: Values, *, but: str) -> None:
    name = str(values["name_fi"])
    # held, so that of two who add the same name at once the second sees the first
    others: models.QuerySet[Any] = models.QuerySet(model).select_for_update()
    others = others.filter(retired_on__isnull=True).exclude(code=but)
    if fold(name) in {fold(each) for each in others.values_list("name_fi", flat=True)}:
        raise Refused("taken", _("“%(name)s” is in the list already.") % {"name": name}, "name_fi")


def _free_code(model: type[Term], name: str, side: str) -> str:
    slug = slugify(name, LONGEST_CODE)
    if not slug:
        raise Refused("bad-value", _("Write a name that has letters."), "name_fi")
    first = f"{side}-{slug}" if side else slug
    lists = _NEEDS if model in _NEEDS else (model,)
    taken = {
        code
        for each in lists
        for code in models.QuerySet(each).filter(code__startswith=first).values_list("code", flat=True)
    }
    number, code = 1, first
    while code in taken:
        number += 1
        code = f"{first}-{number}"
    return code
