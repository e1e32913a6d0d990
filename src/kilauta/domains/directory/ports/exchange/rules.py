"""Who is rung first about a topic: the rules that come with the product."""

from typing import Any

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import ROUTES
from kilauta.kit.exchange.columns import Column, in_three_languages
from kilauta.kit.exchange.kinds import Id, Text
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Origin, Row, Table

from .lists import LIMITS, ONE_TOPIC, exactly, some_of


def _save(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row, "topic_id": row["topic"], "forbidden_kinds": list(row["forbidden_kinds"])}
    del details["topic"]
    return operations.save_routing_rule(details.pop("id"), actor=origin.actor, now=origin.now, **details)


ROUTING_RULES = Table(
    name="routing_rules",
    about="",
    key=("id",),
    columns=(
        Column("id", Id(60), "", required=True),
        Column("topic", ONE_TOPIC, "", required=True),
        Column("prefer", exactly(*ROUTES), "", required=True),
        Column("fallback", exactly(*ROUTES), ""),
        Column("forbidden_kinds", some_of("organisation_kind"), ""),
        Column("forbidden_limits", LIMITS, ""),
        *in_three_languages("reason", Text(200), ""),
        *in_three_languages("say", Text(200), ""),
        *in_three_languages("bring", Text(200), ""),
        *in_three_languages("warn", Text(200), ""),
    ),
    save=_save,
    kept="directory.RoutingRule",
)
