"""What the lists of words hold, with how much of the directory uses each of them."""

from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value

from kilauta.domains.directory.models import (
    Audience,
    EService,
    EverydayGroup,
    Limit,
    Organisation,
    RoutingRule,
    Theme,
    Topic,
)
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key

# By which names a value is held on to, and which of those that hold it do not count.
_WITHDRAWN: dict[str, object] = {"state": "withdrawn"}
_USES: dict[type[Term], tuple[tuple[str, ...], dict[str, object]]] = {
    Theme: (("topics",), {"retired_on__isnull": False}),
    Topic: (("services",), _WITHDRAWN),
    EverydayGroup: (("topics",), {"retired_on__isnull": False}),
    Audience: (("only_services", "also_services"), _WITHDRAWN),
    Limit: (("services",), _WITHDRAWN),
}
Choices = list[tuple[str, str]]


def terms_with_uses(model: type[Term]) -> QuerySet[Any]:
    """Return the values of a list with `uses` (None where nobody counts): retired ones last."""
    names, without = _USES.get(model, ((), {}))
    counts = [
        Count(name, filter=~Q(**{f"{name}__{key}": value for key, value in without.items()}), distinct=True)
        for name in names
    ]
    rows: QuerySet[Any] = QuerySet(model)
    uses = sum(counts[1:], counts[0]) if counts else Value(None, output_field=IntegerField())
    rows = rows.annotate(uses=uses)
    if model is Topic:
        rows = rows.select_related("theme")
    return rows.order_by(F("retired_on").asc(nulls_first=True), "position", "code")


def eservices_of(network: str) -> QuerySet[EService, Any]:
    """Return the e-services of a network and those of none, with `uses`, by name; withdrawn ones last."""
    found = EService.objects.filter(Q(steward=network) | Q(steward__isnull=True), merged_into__isnull=True)
    using = Count("services", filter=~Q(services__state="withdrawn"), distinct=True)
    withdrawn = Q(state="withdrawn")
    return (
        found.select_related("owner").annotate(uses=using, gone=withdrawn).order_by("gone", "name_fi", "pk")
    )


def rules_by_topic() -> QuerySet[RoutingRule]:
    """Return the rules of topics that are offered, in the order of the topics."""
    rows = RoutingRule.objects.filter(topic__retired_on__isnull=True).select_related("topic")
    return rows.prefetch_related("forbidden_limits").order_by("topic__position", "topic_id")


def choices_of(model: type[Term], *also: object) -> Choices:
    """Return the values of a list that are offered, and those of these keys, for a form."""
    rows: QuerySet[Any] = QuerySet(model).filter(Q(retired_on__isnull=True) | Q(pk__in=also))
    language = reader_language()
    return [(row.pk, str(row.name.pick(language))) for row in rows.order_by("position", "code")]


def topics_without_rule() -> Choices:
    """Return the topics that are offered and have no rule yet, for a form."""
    ruled = set(RoutingRule.objects.values_list("topic_id", flat=True))
    return [each for each in choices_of(Topic) if each[0] not in ruled]


def owners() -> Choices:
    """Return the organisations that can own an e-service, by name, for a form."""
    rows = Organisation.objects.filter(state="published").only("name_fi", "name_sv", "name_en")
    language = reader_language()
    named = [(str(row.pk), str(row.name.pick(language))) for row in rows.order_by("pk")]
    return sorted(named, key=lambda each: (sort_key(each[1], language), each[0]))
