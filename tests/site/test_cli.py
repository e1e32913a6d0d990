"""The command line, as a person at the keyboard meets it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from kilauta.kit.search import index
from kilauta.site import cli, start
from kilauta.site import settings as settings_module
from tests.kit.exchange_story import GOOD_ROWS, reference, rows, write

GOOD_SECRET = "kD3-9fQx_pLm2ZrT7vWy0BnH5sJc8GaE1uXo4iVt6qRbNhYwKz8A"
pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.SECRET_KEY = GOOD_SECRET
    settings.ALLOWED_HOSTS = ["digituki.example"]
    return settings.DATA


@pytest.fixture
def rebuilt(monkeypatch):
    done = []
    monkeypatch.setattr(index, "rebuild", lambda: done.append(1))
    return done


def test_a_folder_is_brought_in_and_told_about_in_finnish_by_default(tmp_path, capsys, rebuilt):
    reference()
    assert cli.main(["import", str(write(tmp_path / "in", rows()))]) == 0
    assert f"{GOOD_ROWS}" not in capsys.readouterr().err
    assert rebuilt == [1]
    assert cli.main(["import", str(tmp_path / "in")]) == 0
    assert rebuilt == [1]


def test_problems_are_told_and_make_the_command_fail(tmp_path, capsys, rebuilt):
    reference()
    broken = {"id": "x", "kind": "kahvila", "name_fi": "X"}
    folder = write(tmp_path / "in", rows(organisations=[broken]))
    assert cli.main(["import", str(folder), "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert "organisations.csv, row 4, column kind: There is no such code." in told
    assert "organisations: 2 new, 0 changed, 0 as before" in told
    assert "Problems: 1" in told


def test_another_source_is_kept_apart(tmp_path, rebuilt):
    reference()
    cli.main(["import", str(write(tmp_path / "in", rows())), "--source", "ptv"])
    cli.main(["export", str(tmp_path / "own")])
    cli.main(["export", str(tmp_path / "ptv"), "--source", "ptv"])
    lines = [(tmp_path / name / "services.csv").read_text().count("\n") for name in ("own", "ptv")]
    assert lines[0] == 1 < lines[1]


@pytest.mark.parametrize(
    "words", [["import"], ["import", "/nowhere/at/all"], ["export", "x", "--source", "Ä"], [], ["fly"]]
)
def test_a_command_that_cannot_be_meant_is_refused(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(words)
    assert stopped.value.code == 2
    assert "usage: kilauta" in capsys.readouterr().err


def test_empty_tables_are_written(tmp_path, capsys):
    assert cli.main(["import", "--template", str(tmp_path / "empty")]) == 0
    assert (tmp_path / "empty" / "README.txt").exists()
    assert cli.main(["import", str(tmp_path / "empty")]) == 0


def test_the_rest_goes_to_django(capsys):
    assert cli.main(["manage", "version"]) == 0
    assert capsys.readouterr().out.startswith("5.")


def test_settings_that_make_no_sense_are_told_in_a_sentence(monkeypatch, capsys):
    def refuse():
        raise ImproperlyConfigured("KILAUTA_DEBUG must be yes or no.")

    monkeypatch.setattr(cli.django, "setup", refuse)
    assert cli.main(["check-start"]) == 1
    assert capsys.readouterr().err == "KILAUTA_DEBUG must be yes or no.\n"


def test_a_folder_that_cannot_be_written_to_keeps_it_from_starting(data, monkeypatch):
    def refuse(dir):  # noqa: A002 -- as the library calls it
        raise PermissionError(dir)

    monkeypatch.setattr(start.tempfile, "TemporaryFile", refuse)
    assert [f"The data folder {data} cannot be written to" in each for each in start.obstacles()] == [True]


def test_a_database_that_does_not_answer_keeps_it_from_starting(data, monkeypatch):
    def refuse(_connection):
        raise OperationalError

    monkeypatch.setattr(start, "MigrationExecutor", refuse)
    assert start.obstacles() == ["The database cannot be reached."]


def test_the_index_is_made_anew(rebuilt):
    assert cli.main(["reindex"]) == 0
    assert rebuilt == [1]


def test_a_good_installation_may_start(data, capsys):
    assert cli.main(["check-start"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DEBUG", True, "KILAUTA_DEBUG is on"),
        ("SECRET_KEY", "not-for-production", "KILAUTA_SECRET_KEY is not set."),
        ("SECRET_KEY", GOOD_SECRET[:49], "shorter than 50"),
        ("SECRET_KEY", "abc" * 20, "repeats a few characters"),
        ("ALLOWED_HOSTS", [], "names no host"),
        ("ALLOWED_HOSTS", ["a.example", "*"], "allows every host"),
    ],
)
def test_an_unsafe_setting_keeps_it_from_starting(setting, value, sentence, *, data, settings, capsys):
    setattr(settings, setting, value)
    assert cli.main(["check-start"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 1
    assert sentence in told[0]


def test_the_secret_of_the_settings_is_the_one_that_is_refused():
    text = Path(settings_module.__file__).read_text()
    assert f'env.secret("KILAUTA_SECRET_KEY", "{start.DEFAULT_SECRET}")' in text


def test_without_its_folder_it_does_not_start(data, settings):
    settings.DATA = data / "missing"
    assert start.obstacles() == [f"The data folder {data / 'missing'} does not exist."]


def test_without_space_it_does_not_start(data, monkeypatch):
    monkeypatch.setattr(start, "LEAST_SPACE", 10**18)
    assert start.obstacles() == [f"The disk of the data folder {data} has less than 1 GB left."]


def test_behind_the_migrations_it_does_not_start(data):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'finder'")
        behind = cursor.rowcount
    assert behind > 0
    assert start.obstacles() == [f"The database is {behind} migrations behind; run: kilauta setup"]


def test_an_unsafe_sqlite_keeps_it_from_starting():
    assert list(start.unsafe_sqlite("3.53.4")) == []
    assert list(start.unsafe_sqlite("3.40.1")) == [
        "SQLite 3.40.1 may lose data when several processes write; 3.51.3 or newer is needed."
    ]
