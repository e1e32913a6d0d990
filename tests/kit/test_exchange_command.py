"""A workbook from the command line."""

from __future__ import annotations

import pytest

from kilauta.domains.directory.models import Place
from kilauta.kit.exchange.models import Arrived
from kilauta.kit.search import index
from kilauta.site import cli
from tests.kit.exchange_story import GOOD_ROWS, load, reference, rows, write
from tests.kit.exchange_workbook import xlsx

pytestmark = pytest.mark.django_db

SHEETS = {
    "Toimipaikat": [
        ["Nimi", "Tyyppi", "Kunta", "Osoite", "Neliöt"],
        ["Talo", "Kirjasto", "Kajaani", "Tie 1", 100],
        ["Tupa", "Kahvila", "Sotkamo", "Tie 2", 50],
    ],
    "Sää": [["Päivä", "Lämpö"], ["ma", 3]],
}


@pytest.fixture(autouse=True)
def rebuilt(monkeypatch):
    done = []
    monkeypatch.setattr(index, "rebuild", lambda: done.append(1))
    return done


def test_a_workbook_is_looked_at_first_and_then_brought_in(tmp_path, capsys, rebuilt):
    reference()
    path = tmp_path / "kunta.xlsx"
    path.write_bytes(xlsx(SHEETS))
    command = ["import", str(path), "--source", "kunta", "--language", "en"]
    assert cli.main([*command, "--preview"]) == 1
    previewed = capsys.readouterr().out
    assert (Place.objects.count(), Arrived.objects.count(), rebuilt) == (0, 0, [])
    assert cli.main(command) == 1
    told = capsys.readouterr().out
    assert told == previewed
    assert "Sheet Toimipaikat is taken for places: Nimi → name_fi, Tyyppi → kind" in told
    assert "Neliöt → –" in told
    assert "Sheet Sää: no table of ours is like it; it was left out." in told
    assert "Toimipaikat, row 3, column Tyyppi: There is no such code." in told
    assert "places: 1 new, 0 changed, 0 as before" in told
    assert rebuilt == [1]


def test_what_changed_and_what_is_left_to_a_person_is_told(tmp_path, capsys):
    reference()
    path = tmp_path / "kunta.xlsx"
    command = ["import", str(path), "--source", "kunta", "--language", "en"]
    sheet = [row[:4] for row in SHEETS["Toimipaikat"][:2]]
    path.write_bytes(xlsx({"Toimipaikat": [*sheet, ["Tupa", "Kylätalo", "Sotkamo", "Tie 2"]]}))
    cli.main(command)
    Place.objects.filter(external_id="talo").update(address="Täällä 1")
    path.write_bytes(xlsx({"Toimipaikat": [sheet[0], ["Talo", "Klubitalo", "Kajaani", "Siellä 1"]]}))
    capsys.readouterr()
    assert cli.main(command) == 0
    told = capsys.readouterr().out
    assert "Toimipaikat 2, Tyyppi: 'library' → 'clubhouse'" in told
    assert "talo, Osoite: changed here and in the source. Here stays: Täällä 1. Source: Siellä 1" in told
    assert "places, tupa: the source does not have it any more. It stays here." in told


def test_what_is_written_as_a_workbook_is_brought_in_again(tmp_path, capsys):
    reference()
    load(write(tmp_path / "in", rows()))
    path = tmp_path / "kilauta.xlsx"
    assert cli.main(["export", str(path)]) == 0
    assert cli.main(["import", str(path), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert sum(int(line.split()[-3]) for line in told.splitlines() if line.endswith("as before")) == GOOD_ROWS


def test_one_csv_file_is_brought_in(tmp_path):
    reference()
    path = tmp_path / "paikat.csv"
    path.write_text("Nimi;Tyyppi;Kunta\nTalo;Kirjasto;Kajaani\n", encoding="utf-8")
    assert cli.main(["import", str(path), "--source", "kunta"]) == 0
    assert Place.objects.get().external_id == "talo"


def test_a_preview_is_of_one_file(tmp_path, capsys):
    with pytest.raises(SystemExit):
        cli.main(["import", str(tmp_path), "--preview"])
    assert "a preview is of one file" in capsys.readouterr().err
