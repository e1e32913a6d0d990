from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import EService, Organisation, OrganisationRole, Place
from kilauta.kit.exchange.columns import Code, Column, Reference, in_three_languages
from kilauta.kit.exchange.kinds import Coordinate, Day, Email, Phone, Text, WebAddress, YesNo
from kilauta.kit.exchange.problems import Finding
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Check, Origin, Row, Table, fields, together

from . import names, regions
from .kinds import BusinessId, Identifiers
from .lists import ID, STATE, STEWARD, TOPICS, WITHDRAWN, localities, municipalities, one_of, some_of


def _save_organisation(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_organisation(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _organisations(source: str) -> Iterator[Row]:
    for row in (
        Organisation.objects.filter(source=source).select_related("parent").prefetch_related("identifiers")
    ):
        yield fields(
            row,
            ORGANISATIONS,
            id=row.external_id,
            parent=row.parent and row.parent.external_id,
            identifiers={each.source: each.value for each in row.identifiers.all()},
            steward=row.steward_id,
        )


ORGANISATIONS = Table(
    name="organisations",
    about=_("Organisations, and the units they consist of."),
    key=("id",),
    columns=(
        ID,
        Column("parent", Reference("organisations"), _("The organisation it is a part of.")),
        Column("kind", one_of("organisation_kind"), _("What it is."), required=True),
        *in_three_languages("name", Text(120), _("Its name."), required=True),
        Column("former_name", Text(120), _("The name people may still know it by.")),
        Column("business_id", BusinessId(), _("Its business ID.")),
        Column("identifiers", Identifiers(), _("Its ids in other registers.")),
        Column("website", WebAddress(), _("Its own pages.")),
        Column("phone", Phone(), _("Its switchboard or office; never a person's own number.")),
        Column("email", Email(), _("Its office; never a person's own address.")),
        Column("duty_by_law", YesNo(), _("Whether the law obliges it to give digital support.")),
        Column("started_on", Day(), _("Since when it has existed.")),
        STEWARD,
        *in_three_languages("summary", Text(150), _("What it is, in one sentence.")),
        STATE,
    ),
    save=_save_organisation,
    rows=_organisations,
    things=lambda source: {row.external_id: row for row in Organisation.objects.filter(source=source)},
    region=regions.own,
    keeper=regions.keeper,
    claim="steward",
    over=WITHDRAWN,
    title=names.ORGANISATIONS,
    headings=names.HEADINGS,
)


def _save_role(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    keys = [details.pop(name) for name in ("organisation", "network", "role")]
    return operations.save_organisation_role(*keys, actor=origin.actor, now=origin.now, **details)


def _roles(source: str) -> Iterator[Row]:
    for row in OrganisationRole.objects.filter(organisation__source=source).select_related("organisation"):
        yield fields(
            row, ORGANISATION_ROLES, organisation=row.organisation.external_id, network=row.network_id
        )


ORGANISATION_ROLES = Table(
    name="organisation_roles",
    about=_("What the organisations are in the networks."),
    key=("organisation", "network", "role"),
    columns=(
        Column("organisation", Reference("organisations"), _("The organisation."), required=True),
        Column("network", Reference("networks"), _("The network."), required=True),
        Column("role", one_of("organisation_role"), _("What it is there."), required=True),
        Column("since", Day(), _("Since when.")),
        Column("note", Text(200), _("A word on it; no names of persons.")),
    ),
    save=_save_role,
    rows=_roles,
    region=lambda row, _known: row["network"],
    title=names.ORGANISATION_ROLES,
    headings=names.HEADINGS,
)


def _save_place(row: Row, origin: Origin) -> Saved[Any]:
    details = {
        **row,
        "municipality_id": row["municipality"],
        "locality_id": row["locality"] or None,
        "access_yes": list(row["access_yes"]),
        "access_no": list(row["access_no"]),
    }
    del details["municipality"], details["locality"]
    return operations.save_place(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _places(source: str) -> Iterator[Row]:
    for row in Place.objects.filter(source=source).select_related("host"):
        yield fields(
            row,
            PLACES,
            id=row.external_id,
            host=row.host and row.host.external_id,
            municipality=row.municipality_id,
            locality=row.locality_id,
            steward=row.steward_id,
        )


def _yes_and_no(row: Row) -> Iterable[Finding]:
    both = sorted(set(row["access_yes"]) & set(row["access_no"]))
    if both:
        message = gettext("%(codes)s cannot be there and not be there.") % {"codes": ", ".join(both)}
        yield Finding("access_no", "contradiction", message)


PLACES = Table(
    name="places",
    about=_("Places where help is given."),
    key=("id",),
    columns=(
        ID,
        Column("kind", one_of("place_kind"), _("What it is."), required=True),
        Column("host", Reference("organisations"), _("The organisation whose house it is.")),
        *in_three_languages("name", Text(120), _("The name people know it by."), required=True),
        Column("address", Text(120), _("Street and number.")),
        Column("postal_code", Text(5, r"\d{5}", _("A postal code of five digits.")), _("Where post goes.")),
        Column("municipality", Code(municipalities), _("The municipality it lies in."), required=True),
        Column("locality", Code(localities), _("The village or part of town.")),
        Column("lat", Coordinate("lat"), _("Latitude.")),
        Column("lon", Coordinate("lon"), _("Longitude.")),
        Column("access_yes", some_of("access"), _("What there is for people who need it.")),
        Column("access_no", some_of("access"), _("What there is not. What stands in neither is not known.")),
        Column(
            "connection", one_of("connection"), _("How good the network connection is."), default="unknown"
        ),
        *in_three_languages("directions", Text(300), _("How one finds the door.")),
        STEWARD,
        STATE,
    ),
    save=_save_place,
    rows=_places,
    things=lambda source: {
        row.external_id: row for row in Place.objects.filter(source=source).select_related("host")
    },
    checks=(together("lat", "lon"), Check(("access_yes", "access_no"), _yes_and_no)),
    region=regions.own_or("host", "organisations"),
    keeper=regions.keeper,
    claim="steward",
    over=WITHDRAWN,
    title=names.PLACES,
    headings=names.HEADINGS,
)


def _save_eservice(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_eservice(
        origin.source, details.pop("id"), actor=origin.actor, now=origin.now, **details
    )


def _eservices(source: str) -> Iterator[Row]:
    for row in EService.objects.filter(source=source).select_related("owner").prefetch_related("topics"):
        topics = [topic.code for topic in row.topics.all()]
        yield fields(row, ESERVICES, id=row.external_id, owner=row.owner.external_id, topics=topics)


ESERVICES = Table(
    name="eservices",
    about=_("Electronic services that people need help with."),
    key=("id",),
    columns=(
        ID,
        *in_three_languages("name", Text(100), _("Its name."), required=True),
        Column(
            "owner", Reference("organisations"), _("The organisation whose service it is."), required=True
        ),
        Column("url", WebAddress(), _("Where it is.")),
        Column("topics", TOPICS, _("What it is about."), required=True),
        *in_three_languages("words", Text(300), _("Other names people use, with “; ” between them.")),
        *in_three_languages("description", Text(600), _("What one does in it.")),
        STATE,
    ),
    save=_save_eservice,
    rows=_eservices,
    things=lambda source: {
        row.external_id: row for row in EService.objects.filter(source=source).select_related("owner")
    },
    region=regions.through("owner", "organisations"),
    keeper=regions.keeper,
    over=WITHDRAWN,
    title=names.ESERVICES,
    headings=names.HEADINGS,
)
