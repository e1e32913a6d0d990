from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import LINK_KINDS
from kilauta.domains.directory.models import ExternalLink, Verification
from kilauta.kit.exchange.columns import Column, ReferenceBy, in_three_languages
from kilauta.kit.exchange.kinds import Day, Text, WebAddress
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Origin, Row, Table, fields, in_order

from . import names, regions
from .lists import exactly, one_of

THINGS = {"organisation": "organisations", "place": "places", "service": "services", "channel": "channels"}
LINKED = {"organisation": "organisations", "service": "services"}


def _thing(row: Verification | ExternalLink, kinds: dict[str, str]) -> dict[str, str]:
    kind = next(kind for kind in kinds if getattr(row, f"{kind}_id"))
    return {"thing_kind": kind, "thing": getattr(row, kind).external_id}


def _of_source(kinds: dict[str, str], source: str) -> Q:
    found = Q()
    for kind in kinds:
        found |= Q(**{f"{kind}__source": source})
    return found


def _save_verification(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    del details["thing_kind"]
    keys = [details.pop(name) for name in ("thing", "group", "verified_on")]
    return operations.save_verification(*keys, actor=origin.actor, now=origin.now, **details)


def _verifications(source: str) -> Iterator[Row]:
    for row in Verification.objects.filter(_of_source(THINGS, source)).select_related(*THINGS):
        yield fields(row, VERIFICATIONS, **_thing(row, THINGS))


VERIFICATIONS = Table(
    name="verifications",
    about=_("When somebody made sure of an entry, and when it is due again."),
    key=("thing_kind", "thing", "group", "verified_on"),
    columns=(
        Column("thing_kind", exactly(*THINGS), _("What was made sure of."), required=True),
        Column("thing", ReferenceBy("thing_kind", THINGS), _("Which one."), required=True),
        Column("group", one_of("verification_group"), _("Which part of it."), required=True),
        Column("verified_on", Day(), _("When."), required=True),
        Column("method", one_of("method"), _("How."), required=True),
        Column("by_role", Text(60), _("Who, as a role such as koordinaattori; never a name."), required=True),
        Column("due_on", Day(), _("When it is due again."), required=True),
    ),
    save=_save_verification,
    rows=_verifications,
    checks=(in_order("verified_on", "due_on"),),
    region=regions.through_one_of("thing_kind", "thing", THINGS),
    title=names.VERIFICATIONS,
    headings=names.HEADINGS,
)


def _save_link(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    del details["thing_kind"]
    keys = [details.pop(name) for name in ("thing", "kind", "url")]
    return operations.save_link(*keys, actor=origin.actor, now=origin.now, **details)


def _links(source: str) -> Iterator[Row]:
    for row in ExternalLink.objects.filter(_of_source(LINKED, source)).select_related(*LINKED):
        yield fields(row, LINKS, **_thing(row, LINKED))


LINKS = Table(
    name="links",
    about=_("Pages elsewhere about an organisation or a service."),
    key=("thing_kind", "thing", "kind", "url"),
    columns=(
        Column("thing_kind", exactly(*LINKED), _("Whose link it is."), required=True),
        Column("thing", ReferenceBy("thing_kind", LINKED), _("Whose exactly."), required=True),
        Column("kind", exactly(*LINK_KINDS), _("What kind of page it is."), required=True),
        Column("url", WebAddress(), _("Where it is."), required=True),
        *in_three_languages("label", Text(100), _("What the link says.")),
    ),
    save=_save_link,
    rows=_links,
    region=regions.through_one_of("thing_kind", "thing", LINKED),
    title=names.LINKS,
    headings=names.HEADINGS,
)
