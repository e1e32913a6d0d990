from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kilauta.domains.territory import operations
from kilauta.domains.territory.models import Municipality, Network, Region
from kilauta.kit.exchange.columns import Code, CodeList, Column, Reference, in_three_languages
from kilauta.kit.exchange.kinds import Coordinate, Day, Email, Id, Phone, Prose, Text, YesNo
from kilauta.kit.exchange.saving import Saved
from kilauta.kit.exchange.tables import Origin, Row, Table, fields, together
from kilauta.lib.words import Words

DATA = Path(__file__).parent.parent / "data"
HOST_NAME = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"


def regions() -> Mapping[str, str]:
    return dict(Region.objects.order_by("code").values_list("code", "name_fi"))


def municipalities() -> Mapping[str, str]:
    return dict(Municipality.objects.order_by("code").values_list("code", "name_fi"))


def _save_region(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_region(details.pop("code"), **details, actor=origin.actor, now=origin.now)


def _save_municipality(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row, "region_id": row["region"].code}
    del details["region"]
    return operations.save_municipality(details.pop("code"), actor=origin.actor, now=origin.now, **details)


def _save_locality(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row}
    return operations.save_locality(details.pop("id"), actor=origin.actor, now=origin.now, **details)


def _save_network(row: Row, origin: Origin) -> Saved[Any]:
    details = {**row, "region_id": row["region"]}
    del details["region"]
    return operations.save_network(details.pop("id"), actor=origin.actor, now=origin.now, **details)


def _networks(_source: str) -> Iterator[Row]:
    for row in Network.objects.prefetch_related("municipalities"):
        codes = [municipality.code for municipality in row.municipalities.all()]
        yield fields(row, NETWORKS, region=row.region_id, default=row.is_default, municipalities=codes)


TITLE = Words("verkostot; verkosto", "nätverk", "networks; network")
HEADINGS = {
    "id": Words("tunniste; tunnus; id; koodi", "id; kod", "id; code"),
    "host": Words("verkkotunnus; verkko-osoite", "domän; värdnamn", "host; host name"),
    "default": Words("oletus; oletusverkosto", "förvalt", "default"),
    "name": Words("nimi; verkoston nimi", "namn", "name"),
    "region": Words("maakunta; alue", "landskap", "region"),
    "municipalities": Words("kunnat", "kommuner", "municipalities"),
    "phone": Words("puhelin; puhelinnumero; tukipuhelin", "telefon; telefonnummer", "phone; telephone"),
    "email": Words("sähköposti; sähköpostiosoite", "e-post; e-postadress", "e-mail; email"),
    "accent": Words("väri; korostusväri", "färg", "colour; accent colour"),
    "coordinator_note": Words("koordinaattorin viesti", "koordinatorns hälsning", "coordinator's note"),
}

NETWORKS: Table = Table(
    name="networks",
    about=_(
        "The networks of this installation: their names, their telephone line, the municipalities they serve."
    ),
    key=("id",),
    columns=(
        Column("id", Id(60), _("The network's own id."), required=True),
        Column(
            "host",
            Text(120, HOST_NAME, _("A host name in lower case, such as digituki.example.fi.")),
            _("The host name at which this network is shown; empty for the default network."),
        ),
        Column("default", YesNo(), _("Whether it is shown at every other host name.")),
        *in_three_languages("name", Text(80), _("The name people know it by."), required=True),
        Column("region", Code(regions), _("Its region."), required=True),
        Column("municipalities", CodeList(municipalities), _("The municipalities it serves."), required=True),
        Column("phone", Phone(), _("The network's own line, which always leads to a person."), required=True),
        Column("email", Email(), _("The network's own address.")),
        Column(
            "accent",
            Text(7, r"#[0-9A-Fa-f]{6}", _("A colour, written as #0B4A6F.")),
            _("The colour of its pages; empty for the usual one."),
        ),
        *in_three_languages("coordinator_note", Prose(600), _("What the coordinator says to residents.")),
    ),
    save=_save_network,
    region=lambda row, _known: row["id"],
    title=TITLE,
    headings=HEADINGS,
    rows=_networks,
    things=lambda _source: {row.id: row for row in Network.objects.all()},
)

REGIONS = Table(
    name="regions",
    about="",
    key=("code",),
    columns=(
        Column("code", Text(2, r"\d\d"), "", required=True),
        Column("name_fi", Text(60), "", required=True),
        Column("name_sv", Text(60), "", required=True),
        Column("name_en", Text(60), "", required=True),
    ),
    save=_save_region,
    things=lambda _source: {row.code: row for row in Region.objects.all()},
)

MUNICIPALITIES: Table = Table(
    name="municipalities",
    about="",
    key=("code",),
    columns=(
        Column("code", Text(3, r"\d{3}"), "", required=True),
        Column("name_fi", Text(60), "", required=True),
        Column("name_sv", Text(60), "", required=True),
        Column("region", Reference("regions"), "", required=True),
        Column("lat", Coordinate("lat"), ""),
        Column("lon", Coordinate("lon"), ""),
        Column("languages", Text(20), "", required=True),
        Column("successor", Reference("municipalities"), ""),
        Column("ended_on", Day(), ""),
    ),
    save=_save_municipality,
    things=lambda _source: {row.code: row for row in Municipality.objects.all()},
    checks=(together("lat", "lon"),),
)

LOCALITIES: Table = Table(
    name="localities",
    about="",
    key=("id",),
    columns=(
        Column("id", Id(60), "", required=True),
        Column("municipality", Reference("municipalities"), "", required=True),
        Column("name_fi", Text(80), "", required=True),
        Column("name_sv", Text(80), ""),
        Column("lat", Coordinate("lat"), "", required=True),
        Column("lon", Coordinate("lon"), "", required=True),
    ),
    save=_save_locality,
    kept="territory.Locality",
)

# In the folder that a coordinator fills in; and in the package, loaded at set-up.
TABLES = (NETWORKS,)
PACKAGED = ((REGIONS, DATA), (MUNICIPALITIES, DATA), (LOCALITIES, DATA))
