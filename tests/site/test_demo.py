"""The example networks: clean, complete, and the same after every journey through the database."""

import csv
import io

import pytest

from kilauta.domains.finder.models import Synonym
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.folder import dump_folder, tables
from kilauta.kit.search import index
from kilauta.kit.store import editions
from kilauta.site import cli
from kilauta.site.demo import load
from kilauta.site.reference import load_reference_data
from tests.cast import NOW, demo, story  # noqa: F401 -- fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def rebuilt(monkeypatch):
    done = []
    monkeypatch.setattr(index, "rebuild", lambda: done.append(1))
    return done


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def written(rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_what_comes_out_is_what_went_in_byte_for_byte(table, tmp_path):
    header, rows = [], []
    for name in load.NETWORKS:
        path = load.FOLDER / name / table.file
        header, *own = rows_of(path)
        assert path.read_bytes() == written([header, *own])
        rows += own
    dump_folder(tmp_path, source="kilauta")
    key = [header.index(column) for column in table.key]
    wanted = written([header, *sorted(rows, key=lambda row: [row[place] for place in key])])
    assert (tmp_path / table.file).read_bytes() == wanted


def test_loaded_again_the_demo_writes_nothing():
    edition = editions.current()
    actor = Person.objects.system()
    assert load_reference_data(actor=actor, now=NOW).wrote is False
    report = load.load_demo(actor=actor, now=NOW)
    assert (report.created, report.changed, report.problems) == (0, 0, [])
    assert editions.current() == edition


def test_setting_up_brings_in_what_the_product_has_and_the_database_lacks(settings, tmp_path, rebuilt):
    settings.DATA = tmp_path / "new"
    Synonym.objects.filter(lang="sv").delete()
    assert cli.main(["setup"]) == 0
    assert Synonym.objects.filter(lang="sv").exists()
    assert rebuilt == [1]


def test_the_command_loads_the_demo_once(settings, tmp_path, rebuilt, capsys):
    settings.DATA = tmp_path
    assert not load.is_loaded(tmp_path)
    assert cli.main(["demo"]) == 0
    assert load.is_loaded(tmp_path)
    assert cli.main(["demo"]) == 0
    assert rebuilt == [1]
    assert capsys.readouterr().out == ""
    (tmp_path / load.MARK).write_text("of last year")
    assert not load.is_loaded(tmp_path)
