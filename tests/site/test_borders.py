"""`kilauta import-boundaries`: the borders of municipalities, for the map and for checking points."""

from __future__ import annotations

import json
import re

import pytest

from kilauta.domains.directory.models import Place
from kilauta.domains.territory.logic import Unreadable, borders
from kilauta.domains.territory.models import Border
from kilauta.domains.territory.queries import is_outside
from kilauta.lib.geo import Point
from kilauta.site import cli
from tests.cast import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

KNOWN = frozenset({"290", "005"})


def square(west: float, south: float, size: float = 1.0) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(number: object, coordinates: object, kind: str = "Polygon", called: str = "kunta") -> dict:
    return {"properties": {called: number}, "geometry": {"type": kind, "coordinates": coordinates}}


def text(*features: dict) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize("called", ["kunta", "natcode", "KUNTANRO", "NATCODE"])
@pytest.mark.parametrize("number", ["5", 5, "005"])
def test_the_number_is_found_by_the_names_that_offices_use(called, number):
    found = borders(text(feature(number, [square(23, 63)], called=called)), KNOWN)
    assert found == {"005": [[Point(63, 23), Point(63, 24), Point(64, 24), Point(64, 23)]]}


def test_islands_and_holes_are_rings_and_several_features_of_one_number_are_one_area():
    parts = [[square(29, 64), square(29.4, 64.4, 0.2)], [square(30.5, 64, 0.3)]]
    found = borders(text(feature("290", parts, "MultiPolygon"), feature("290", [square(31, 65, 0.2)])), KNOWN)
    assert [len(ring) for ring in found["290"]] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("", "not-geojson"), ("[]", "not-geojson"), ("{}", "not-geojson"), ('{"features": [1]}', "not-geojson"),
        ('{"features": [{"properties": {"kunta": "290"}, "geometry": null}]}', "not-geojson"),
        ('{"features": []}', "no-areas"),
        (text(feature("999", [square(29, 64)])), "no-areas"),
        (text(feature("290", [29, 64], "Point")), "no-areas"),
        (text(feature("290", [[[1]]])), "not-geojson"),
        # metres of ETRS-TM35FIN
        (text(feature("290", [[[620000, 7100000], [630000, 7100000], [630000, 7110000]]])), "not-degrees"),
        # latitude first
        (text(feature("290", [[[64, 29], [64, 30], [65, 30]]])), "not-degrees"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_borders_is_said_in_a_sentence(wrong, code, tmp_path, capsys):
    with pytest.raises(Unreadable) as fault:
        borders(wrong, KNOWN)
    assert fault.value.code == code
    file = tmp_path / "rajat.geojson"
    file.write_text(wrong)
    assert cli.main(["import-boundaries", str(file)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert not Border.objects.exists()


def test_a_file_is_brought_in_once_and_drawn_and_a_changed_one_replaces_it(tmp_path, capsys):
    assert 'class="outline"' not in Visitor().get("/kartta/").content.decode()
    file = tmp_path / "rajat.geojson"
    file.write_text(text(feature("290", [square(29, 63.6)]), feature("765", [square(28, 63.8)])))
    told = []
    for _time in range(2):
        assert cli.main(["import-boundaries", str(file)]) == 0
        told.append(capsys.readouterr().out.strip())
    assert told == ["2 kuntaa, joista 2 uutta tai muuttunutta", "2 kuntaa, joista 0 uutta tai muuttunutta"]
    drawn = re.findall(
        r'class="outline" fill-rule="evenodd" d="([^"]+)"', Visitor().get("/kartta/").content.decode()
    )
    assert len(drawn) == 2
    assert all(re.fullmatch(r"M-?\d+ -?\d+(L-?\d+ -?\d+){3}Z", path) for path in drawn)
    file.write_text(text(feature("290", [square(29, 63.7)])))
    assert cli.main(["import-boundaries", str(file)]) == 0
    assert Border.objects.get(pk="290").area[0][0] == Point(63.7, 29)
    assert Border.objects.count() == 2


def test_a_point_is_outside_only_where_the_border_is_known_and_not_near():
    point = Point(64.13, 29.51)
    assert is_outside(point, "290") is False
    Border.objects.create(pk="290", rings=[[[64, 29], [64, 30], [65, 30], [65, 29]]])
    assert [is_outside(each, "290") for each in (point, Point(64.5, 28.995), Point(64.5, 28.9))] == [
        False,
        False,
        True,
    ]


def test_an_editor_is_told_that_the_point_lies_in_another_municipality(client_of_editor, place):
    Border.objects.create(pk=place.municipality_id, rings=[[[60, 20], [60, 21], [61, 21], [61, 20]]])
    where = f"/tyopoyta/oma/paikka/{place.pk}/"
    page = client_of_editor.get(where).content.decode()
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    answer = client_of_editor.post(
        where, {**sent, "municipality": place.municipality_id, "point": "64.2273, 27.7285"}
    )
    assert "Tarkista koordinaatit" in answer.content.decode()


@pytest.fixture
def place() -> Place:
    return Place.objects.filter(host__external_id="kajaani-kirjasto", lat__isnull=False).order_by(
        "external_id"
    )[0]


@pytest.fixture
def client_of_editor(place):
    from django.test import Client

    from kilauta.kit.access.operations import grant
    from kilauta.kit.accounts.models import Person
    from tests.cast import NOW

    person = Person.objects.create(email="editori@kirjasto.example")
    grant(person, role="provider-editor", scope_id=str(place.host_id), actor=Person.objects.system(), now=NOW)
    client = Client()
    client.force_login(person)
    return client
