from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Channel, Service, ServiceLanguage, ServiceRole
from kilauta.domains.directory.operations.help import LISTS, NEEDS
from kilauta.kit.exchange.columns import CodeList, Column, Reference, ReferenceList, in_three_languages
from kilauta.kit.exchange.kinds import Day, Email, Integer, Phone, Prose, Text, WebAddress, YesNo
from kilauta.kit.exchange.problems import Finding
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Check, Origin, Row, Table, fields, in_order, needed_with

from . import names, regions
from .lists import (
    AUDIENCES,
    DEVICES,
    EVERYWHERE,
    ID,
    LIMITS,
    STATE,
    STEWARD,
    TOPICS,
    WITHDRAWN,
    municipalities_or_everywhere,
    one_of,
)


def _save_service(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_service(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _services(source: str) -> Iterator[Row]:
    for row in Service.objects.filter(source=source).select_related("organisation").prefetch_related(*LISTS):
        lists: dict[str, object] = {
            name: [each.code for each in getattr(row, name).all()] for name in LISTS if name != "eservices"
        }
        lists["eservices"] = [each.external_id for each in row.eservices.all()]
        own = {"id": row.external_id, "organisation": row.organisation.external_id, "steward": row.steward_id}
        yield fields(row, SERVICES, **own, **lists)


def _repeats_name(row: Row) -> Iterable[Finding]:
    if row["summary_fi"].casefold() == row["name_fi"].casefold():
        yield Finding(
            "summary_fi", "repeats-name", gettext("Say what the help is; the name alone stands above it.")
        )


SERVICES = Table(
    name="services",
    about=_("What is helped with. How the help is got stands in channels.csv."),
    key=("id",),
    columns=(
        ID,
        Column("organisation", Reference("organisations"), _("Whose service it is."), required=True),
        *in_three_languages("name", Text(100), _("Its name."), required=True),
        *in_three_languages("summary", Text(150), _("What the help is, in one sentence."), required=True),
        *in_three_languages("description", Prose(5000), _("More about it; no telephone numbers or hours.")),
        Column("topics", TOPICS, _("What is helped with."), required=True),
        Column("eservices", ReferenceList("eservices"), _("The electronic services it helps with.")),
        Column("devices", DEVICES, _("The devices it helps with; empty means any.")),
        Column("audiences_only", AUDIENCES, _("Whom it is only for; empty means everyone.")),
        Column("audiences_also", AUDIENCES, _("Whom it suits especially well.")),
        Column("depth", one_of("depth"), _("How far the help goes."), required=True),
        Column("fee", one_of("fee"), _("Whether it costs something."), required=True),
        *in_three_languages("fee_note", Text(150), _("What it costs.")),
        Column("limits", LIMITS, _("What it does not do.")),
        *in_three_languages("bring", Text(300), _("What to have at hand.")),
        Column("resources", Prose(1000), _("A note for the network's planning; never shown to the public.")),
        STEWARD,
        STATE,
    ),
    save=_save_service,
    rows=_services,
    things=lambda source: {
        row.external_id: row for row in Service.objects.filter(source=source).select_related("organisation")
    },
    checks=(Check(("name_fi", "summary_fi"), _repeats_name),),
    region=regions.own_or("organisation", "organisations"),
    keeper=regions.keeper,
    claim="steward",
    over=WITHDRAWN,
    title=names.SERVICES,
    headings=names.HEADINGS,
)


def _save_language(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_service_language(
        details.pop("service"), details.pop("language"), actor=origin.actor, now=origin.now, **details
    )


def _languages(source: str) -> Iterator[Row]:
    for row in ServiceLanguage.objects.filter(service__source=source).select_related("service"):
        yield fields(row, SERVICE_LANGUAGES, service=row.service.external_id)


SERVICE_LANGUAGES = Table(
    name="service_languages",
    about=_("The languages a service is given in."),
    key=("service", "language"),
    columns=(
        Column("service", Reference("services"), _("The service."), required=True),
        Column("language", one_of("language"), _("The language."), required=True),
        *in_three_languages("note", Text(100), _("When or how, if not always.")),
    ),
    save=_save_language,
    rows=_languages,
    region=regions.through("service", "services"),
    title=names.SERVICE_LANGUAGES,
    headings=names.HEADINGS,
)


def _save_role(row: Row, origin: Origin) -> Saved[Any]:
    return operations.save_service_role(
        row["service"], row["organisation"], row["role"], actor=origin.actor, now=origin.now
    )


def _roles(source: str) -> Iterator[Row]:
    for row in ServiceRole.objects.filter(service__source=source).select_related("service", "organisation"):
        yield fields(
            row, SERVICE_ROLES, service=row.service.external_id, organisation=row.organisation.external_id
        )


SERVICE_ROLES = Table(
    name="service_roles",
    about=_("The parts that other organisations have in a service."),
    key=("service", "organisation", "role"),
    columns=(
        Column("service", Reference("services"), _("The service."), required=True),
        Column("organisation", Reference("organisations"), _("The organisation."), required=True),
        Column("role", one_of("service_role"), _("Its part."), required=True),
    ),
    save=_save_role,
    rows=_roles,
    region=regions.through("service", "services"),
    title=names.SERVICE_ROLES,
    headings=names.HEADINGS,
)


def _save_channel(row: Row, origin: Origin) -> Saved[Any]:
    everywhere = EVERYWHERE in row["area"]
    details = {**row, "everywhere": everywhere, "area": () if everywhere else row["area"]}
    return operations.save_channel(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _channels(source: str) -> Iterator[Row]:
    for row in (
        Channel.objects.filter(source=source).select_related("service", "place").prefetch_related("area")
    ):
        yield fields(
            row,
            CHANNELS,
            id=row.external_id,
            service=row.service.external_id,
            place=row.place and row.place.external_id,
            area=[EVERYWHERE] if row.everywhere else [each.code for each in row.area.all()],
        )


def _needs(ways: tuple[str, ...]) -> Check:
    """Ask of the modes that are got in these ways whether one of them is given."""

    def find(row: Row) -> Iterable[Finding]:
        if NEEDS.get(row["mode"]) == ways:
            for column, sentence in operations.lacks(row["mode"], **{way: row[way] for way in ways}):
                yield Finding(column, "missing", sentence)

    return Check(("mode", *ways), find)


def _all_or_some(row: Row) -> Iterable[Finding]:
    if EVERYWHERE in row["area"] and len(row["area"]) > 1:
        yield Finding("area", "contradiction", gettext("Either all of Finland or some municipalities."))


def _full_until(row: Row) -> Iterable[Finding]:
    if row["full_until"] is not None and row["intake"] != "full":
        yield Finding("full_until", "contradiction", gettext("This day is given only when intake is full."))


CHANNELS = Table(
    name="channels",
    about=_("The ways to get a service, one row for each."),
    key=("id",),
    columns=(
        ID,
        Column("service", Reference("services"), _("The service."), required=True),
        Column("mode", one_of("mode"), _("How the help is got."), required=True),
        Column("place", Reference("places"), _("Where, when one comes to a place.")),
        Column("phone", Phone(), _("The number to ring.")),
        Column("phone_charge", one_of("phone_charge"), _("What ringing it costs.")),
        Column("email", Email(), _("The address to write to; never a person's own.")),
        Column("url", WebAddress(), _("The page or chat.")),
        Column("booking_url", WebAddress(), _("Where a time is booked.")),
        Column(
            "area",
            CodeList(municipalities_or_everywhere),
            _("Whom it serves; empty: its place's municipality."),
        ),
        Column("lead_days", Integer(0, 365), _("How many days ahead a time is asked for.")),
        Column("given_by", one_of("given_by"), _("Who gives the help."), default="staff"),
        Column("intake", one_of("intake"), _("Whether new people are taken."), default="open"),
        Column("full_until", Day(), _("The last day on which it is full.")),
        Column("hours_of_place", YesNo(), _("Whether it keeps the hours of its place.")),
        *in_three_languages("note", Text(200), _("A word for those who come.")),
        Column("closed_from", Day(), _("The first day on which it is closed for a time.")),
        Column("closed_until", Day(), _("The last day on which it is closed.")),
        *in_three_languages("closed_note", Text(200), _("Why it is closed.")),
        STATE,
    ),
    save=_save_channel,
    rows=_channels,
    things=lambda source: {
        row.external_id: row
        for row in Channel.objects.filter(source=source).select_related("service__organisation")
    },
    checks=(
        *(_needs(ways) for ways in dict.fromkeys(NEEDS.values())),
        Check(("area",), _all_or_some),
        Check(("intake", "full_until"), _full_until),
        in_order("closed_from", "closed_until"),
        needed_with("closed_until", "closed_from"),
        needed_with("closed_note_fi", "closed_from"),
        needed_with("hours_of_place", "place"),
    ),
    region=regions.through("service", "services"),
    keeper=regions.keeper,
    over=WITHDRAWN,
    title=names.CHANNELS,
    headings=names.HEADINGS,
)
