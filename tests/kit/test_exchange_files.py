"""A file as a whole: its bytes, its column names, its rows."""

import pytest

from kilauta.domains.directory.models import Organisation
from tests.kit.exchange_story import load, reference, rows, told, write

pytestmark = pytest.mark.django_db


def test_a_folder_without_tables_is_told(tmp_path):
    assert [one[4] for one in told(load(tmp_path))] == ["no-tables"]


def test_a_table_under_another_name_is_told_and_left_out(tmp_path):
    reference()
    (write(tmp_path, rows()) / "organisation.csv").write_text("id\nx\n")
    assert told(load(tmp_path)) == [("organisation.csv", 1, "", "", "unknown-file")]


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    (tmp_path / "organisations.csv").write_bytes("id,name_fi\nx,Mäki\n".encode("latin-1"))
    assert told(load(tmp_path)) == [("organisations.csv", 1, "", "", "not-utf8")]


def test_a_file_with_the_mark_of_a_spreadsheet_is_read(tmp_path):
    reference()
    path = write(tmp_path, rows()) / "organisations.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert told(load(tmp_path)) == []


def test_a_file_that_a_finnish_spreadsheet_saved_is_read(tmp_path):
    reference()
    (write(tmp_path, rows()) / "places.csv").unlink()
    columns = (
        "id;kind;host;name_fi;name_sv;name_en;address;postal_code;municipality;locality;lat;lon;access_yes;"
        "access_no;connection;directions_fi;directions_sv;directions_en;steward;state"
    )
    (tmp_path / "places.csv").write_text(
        f'{columns}\ntalo;library;;Talo;;;;;205;;64,2273;27,7285;;;;"A; B";;;;published\n'
    )
    assert told(load(tmp_path)) == []


def test_an_empty_file_is_told(tmp_path):
    (tmp_path / "organisations.csv").write_bytes(b"")
    assert told(load(tmp_path)) == [("organisations.csv", 1, "", "", "empty-file")]


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    (tmp_path / "organisations.csv").mkdir()
    assert told(load(tmp_path)) == [("organisations.csv", 1, "", "", "unreadable")]


def test_a_missing_column_keeps_the_file_out(tmp_path):
    (tmp_path / "links.csv").write_text("thing_kind,thing,kind,url,label_fi,label_sv\n")
    assert told(load(tmp_path)) == [("links.csv", 1, "label_en", "", "missing-column")]


def test_a_column_that_stands_there_twice_keeps_the_file_out(tmp_path):
    (tmp_path / "service_roles.csv").write_text("service,organisation,role,role\nx,y,z,z\n")
    assert told(load(tmp_path)) == [("service_roles.csv", 1, "role", "", "double-column")]


def test_an_unknown_column_is_told_and_the_rest_is_read(tmp_path):
    reference()
    path = write(tmp_path, rows()) / "service_roles.csv"
    path.write_text("service,organisation,role,remark\ntuki,kunta,funder,hm\n")
    report = load(tmp_path)
    assert told(report) == [("service_roles.csv", 1, "remark", "", "unknown-column")]
    assert report.tables["service_roles"].created == 1


def test_columns_may_stand_in_any_order(tmp_path):
    reference()
    (write(tmp_path, rows()) / "service_roles.csv").write_text(
        "role,service,organisation\nfunder,tuki,kunta\n"
    )
    assert told(load(tmp_path)) == []


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    reference()
    (write(tmp_path, rows()) / "service_roles.csv").write_text(
        'service,organisation,role\n\n,,\ntuki,kunta,"fun\nder"\ntuki,kunta,boss\ntuki,kunta\n'
    )
    assert [one[1:3] + one[4:] for one in told(load(tmp_path))] == [
        (6, "", "broken-row"),
        (4, "role", "unknown-code"),
        (5, "role", "unknown-code"),
    ]


def test_a_quotation_mark_that_never_ends_is_told_and_what_stands_above_is_read(tmp_path):
    reference()
    (write(tmp_path, rows()) / "service_roles.csv").write_text(
        'service,organisation,role\ntuki,kunta,funder\n"tuki,kunta,producer\ntuki,kunta,responsible\n'
    )
    report = load(tmp_path)
    assert told(report) == [("service_roles.csv", 3, "", "", "broken-row")]
    assert report.tables["service_roles"].created == 1


def test_a_file_of_more_than_two_megabytes_is_refused(tmp_path):
    (tmp_path / "organisations.csv").write_bytes(b"x" * 2_000_001)
    assert told(load(tmp_path)) == [("organisations.csv", 1, "", "", "too-large")]


def test_rows_beyond_the_ten_thousandth_are_not_read(tmp_path):
    reference()
    write(tmp_path, rows())
    (tmp_path / "service_roles.csv").write_text(
        "service,organisation,role\n" + "\n" * 9_999 + "x,y,z\nx,y,z\n"
    )
    found = told(load(tmp_path))
    assert found[0] == ("service_roles.csv", 10_002, "", "", "too-large")
    assert {one[1] for one in found[1:]} == {10_001}


def test_text_of_two_kinds_of_unicode_is_one_text(tmp_path):
    reference()
    load(write(tmp_path, rows(organisations=[{"id": "x", "kind": "library", "name_fi": "Mäki"}])))
    report = load(
        write(tmp_path, rows(organisations=[{"id": "x", "kind": "library", "name_fi": "Ma\u0308ki "}]))
    )
    assert report.wrote is False
    assert Organisation.objects.get(external_id="x").name_fi == "Mäki"
