"""What the command line does with data about persons."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kilauta.kit import privacy
from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Access, Deed
from kilauta.site import cli
from tests.cast import NOW

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]

MAIL = "aino@esimerkki.example"


@pytest.fixture(autouse=True)
def aino(settings: Any, tmp_path: Path) -> Person:
    settings.DATA = tmp_path
    return Person.objects.create(email=MAIL, name="Aino")


def test_what_is_over_is_counted_first_and_then_ended(aino: Person, capsys: Any) -> None:
    note_access(Deed.SEEN, [aino], actor=Person.objects.system(), now=NOW - timedelta(days=731))
    assert cli.main(["retention", "--dry-run"]) == 0
    assert "privacy.Access: 1\n" in capsys.readouterr().out
    assert Access.objects.count() == 1
    assert cli.main(["retention"]) == 0
    assert "privacy.Access: 1\n" in capsys.readouterr().out
    assert Access.objects.count() == 0


def test_a_person_is_told_on_the_screen_and_a_note_of_it_is_left(aino: Person, capsys: Any) -> None:
    assert cli.main(["subject", MAIL, "--language", "en", "--reason", "pyysi itse"]) == 0
    told = capsys.readouterr().out
    assert f"E-mail address: {MAIL}" in told
    assert "Your data were given to the person" in told
    row = Access.objects.get(subject_id=str(aino.pk))
    assert (row.what, row.purpose) == ("reported", "pyysi itse")


def test_a_person_is_told_in_a_folder_for_machines_and_in_large_print(tmp_path: Path) -> None:
    assert cli.main(["subject", MAIL, "--folder", str(tmp_path / "aino")]) == 0
    assert (
        json.loads((tmp_path / "aino/subject.json").read_text())["entries"][0]["model"] == "accounts.Person"
    )
    assert (tmp_path / "aino/subject.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "aino").stat().st_mode & 0o077 == 0


def test_a_person_is_erased_only_when_it_is_meant(aino: Person, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("builtins.input", lambda _words: MAIL)
    assert cli.main(["erase", "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "accounts.Person: 1" in told
    assert "Add --yes" in told
    aino.refresh_from_db()
    assert aino.name == "Aino"
    assert cli.main(["erase", "--yes"]) == 0
    assert MAIL not in capsys.readouterr().out
    aino.refresh_from_db()
    assert (aino.name, aino.email) == ("", None)
    assert cli.main(["erase", MAIL, "--yes", "--language", "en"]) == 0
    assert "Nothing is held about this person." in capsys.readouterr().out


def test_the_record_of_processing_opens_in_a_spreadsheet(tmp_path: Path, settings: Any) -> None:
    settings.SERVICE_OWNER = "Kainuun liitto"
    assert cli.main(["processing-record", str(tmp_path / "record.csv"), "--language", "en"]) == 0
    with (tmp_path / "record.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert head[0] == "Controller"
    assert len(rows) == len(privacy.personal())
    assert {row[0] for row in rows} == {"Kainuun liitto"}
