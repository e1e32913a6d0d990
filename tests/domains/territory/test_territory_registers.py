"""What a network says of itself, and its villages; and whose the lists are that networks share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kilauta.site
from kilauta.domains.directory.models import Place
from kilauta.domains.territory import operations
from kilauta.domains.territory.models import Locality, Network
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from kilauta.lib.colour import contrast, darkened, weakest
from tests.domains.directory.keeping import by
from tests.domains.registering import bengt, end, new, one, read, rows, save, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def test_a_name_changed_once_shows_everywhere_and_only_in_its_own_network() -> None:
    client = bengt()
    assert client.get(rows("verkosto"))["Location"] == one("verkosto", "kainuu")
    answer = save(
        client, one("verkosto", "kainuu"), name_fi="Znimimerkki", name_sv="Znamnmärke", accent="#7A2E12"
    )
    assert answer.status_code == 302
    for at in ("/", "/kortti/290-kuhmo/", "/tietoa/", "/haku/"):
        assert "Znimimerkki" in read(at)
    assert "Znamnmärke" in read("/sv/")
    assert "#7A2E12" in read("/look/kainuu.css")
    assert "Znimimerkki" not in read("/", "kaakko.localhost")
    last = Change.objects.filter(label="territory.Network", thing_id="kainuu").latest("id")
    assert last.values["name_fi"] == ["Kainuun digituki", "Znimimerkki"]


def test_a_pale_colour_is_refused_with_its_contrast_and_a_near_one_that_will_do() -> None:
    answer = save(bengt(), one("verkosto", "kainuu"), accent="#1F7A8C")
    assert answer.status_code == 200
    assert re.search(r"4[.,]0.*#15525F", told(answer), re.DOTALL)
    assert 'value="#1F7A8C"' in told(answer)
    assert Network.objects.get(pk="kainuu").accent == ""


@pytest.mark.parametrize(
    ("colour", "code"), [("#1F7A8C", "faint"), ("red", "bad-value"), ("#12345G", "bad-value")]
)
def test_an_import_cannot_bring_a_colour_that_nobody_can_read(colour: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.save_network("kainuu", accent=colour, **by())
    assert (refused.value.code, refused.value.field) == (code, "accent")


def test_contrasts_are_reckoned_as_the_rules_say() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#0B4A6F", "#0B4A6F") == 1
    for colour in ("#FFB81C", "#1F7A8C", "#FFFFFF", "#FF0000"):
        assert weakest(darkened(colour, operations.GROUNDS, 7), operations.GROUNDS) >= 7


def test_the_grounds_are_those_of_the_look() -> None:
    sheet = (Path(kilauta.site.__file__).parent / "static/kilauta/house.css").read_text(encoding="utf-8")
    looks = dict(re.findall(r"--(\w+): (#[0-9A-F]{6});", sheet))
    assert operations.GROUNDS == (looks["paper"], looks["white"], looks["sky"])


def test_a_new_village_is_found_a_renamed_one_by_its_new_name_and_a_removed_one_nowhere() -> None:
    client = bengt()
    named = {"municipality": "290", "name_fi": "Zkylämerkki", "point": "64,2, 29,6"}
    assert save(client, new("kylat"), **named).status_code == 302
    made = Locality.objects.get(name_fi="Zkylämerkki")
    assert (made.municipality_id, made.lat, made.lon) == ("290", 64.2, 29.6)
    assert "Zkylämerkki" in read("/kilauta/puhelin/")
    assert save(client, new("kylat"), **named).status_code == 200
    assert save(client, one("kylat", made.pk), name_fi="Zuusikylä", municipality="765").status_code == 302
    assert "Zuusikylä" in read("/kilauta/puhelin/")
    place = Place.objects.filter(municipality="290").order_by("pk")[0]
    Place.objects.filter(pk=place.pk).update(locality=made)
    assert end(client, "kylat", made.pk)["Location"] == one("kylat", made.pk)
    assert Locality.objects.filter(pk=made.pk).exists()
    Place.objects.filter(pk=place.pk).update(locality=place.locality_id)
    assert end(client, "kylat", made.pk).status_code == 302
    assert "Zuusikylä" not in read("/kilauta/puhelin/")
    told_of = Change.objects.filter(label="territory.Locality", thing_id=made.pk).order_by("id")
    assert list(told_of.values_list("verb", flat=True)) == ["created", "changed", "removed"]


def test_a_renamed_village_is_found_with_the_services_of_its_places() -> None:
    place = Place.objects.filter(
        locality__isnull=False, municipality__networks="kainuu", channels__isnull=False
    )[0]
    save(bengt(), one("kylat", place.locality_id), name_fi="Zuusikylä")
    assert index.faults() == []


def test_villages_and_settings_of_another_network_are_not_there() -> None:
    client = bengt()
    theirs = Locality.objects.filter(municipality__networks="kaakko").order_by("pk")[0]
    answers = [
        client.get(one("kylat", theirs.pk)),
        end(client, "kylat", theirs.pk),
        client.get(one("verkosto", "kaakko")),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert (
        theirs.name_fi
        not in told(client.get(f"{rows('kylat')}?haku={theirs.name_fi}")).partition('class="lines"')[2]
    )
    refused = save(client, new("kylat"), municipality="405", name_fi="Zvieraskylä", point="61.0, 28.2")
    assert refused.status_code == 200
    before = Network.objects.filter(pk="kainuu").values().get()
    save(client, one("verkosto", "kainuu"), host="evil.example", default="", municipalities="405")
    assert Network.objects.filter(pk="kainuu").values().get() == before


def test_a_long_list_is_searched_and_turned_page_by_page() -> None:
    client = bengt()
    page = told(client.get(rows("kylat")))
    assert page.count('class="line-name"') == 50
    found = told(client.get(f"{rows('kylat')}?haku=VUOKATTI"))
    assert found.count('class="line-name"') == 1
    assert "Vuokatti" in found
