"""What an edit leaves behind: a history that can be read, and an index that finds the entry by its new words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kilauta.domains.directory import operations
from kilauta.domains.directory.queries.history import differences, history_of
from kilauta.kit.search import index
from kilauta.kit.search.models import SearchDocument, SearchTerm
from tests import factories
from tests.cast import Visitor, only_reading
from tests.domains.directory.keeping import NINE_TO_FOUR, Helper, by, helper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


@pytest.fixture
def held() -> Helper:
    made = helper()
    factories.shown()
    return made


# ── Reading the history ─────────────────────────────────────────────────────────────────────────────────


def test_a_history_is_told_in_words(held: Helper) -> None:
    operations.change_service(
        held.service, {"name_sv": "Hjälp", "fee": "paid", "topics": ["a-posti"]}, **by()
    )
    operations.change_channel(held.desk, {"place": None, "mode": "phone", "phone": "050 555 0111"}, **by())
    operations.set_hours(held.place, [NINE_TO_FOUR], **by())
    with only_reading():
        (row,) = history_of(held.service)
        ways, hours = history_of(held.desk), history_of(held.place)
    assert row.who == "Aino"
    labels = {each.field: (each.label, each.old, each.new) for each in row.differences}
    assert labels["name_sv"][1:] == ("", "Hjälp")
    assert labels["fee"][1] != labels["fee"][2] != "paid"
    assert "a-posti" not in labels["topics"][2] != ""
    (place,) = [each for each in ways[0].differences if each.field == "place"]
    assert (place.old, place.new) == ("Paikka a", "")
    assert "9–16" in hours[0].differences[0].new


def test_a_history_costs_the_same_for_one_row_and_for_many(
    held: Helper, django_assert_max_num_queries
) -> None:
    for number in range(15):
        operations.change_service(
            held.service, {"name_fi": f"Apu {number}", "topics": [("a-laite", "a-posti")[number % 2]]}, **by()
        )
    with django_assert_max_num_queries(5):
        assert len(history_of(held.service)) == 15


def test_differences_stand_in_the_order_of_the_form() -> None:
    old, new = (
        {"fee": "free", "name_fi": "A", "bring_fi": ""},
        {"fee": "paid", "name_fi": "B", "bring_fi": ""},
    )
    assert [each.field for each in differences("service", old, new)] == ["name_fi", "fee"]


# ── Found by its new words ──────────────────────────────────────────────────────────────────────────────


def documents() -> dict[tuple[str, str], tuple[str, str, str]]:
    return {(d.kind, d.key): (d.title, d.about, d.body) for d in SearchDocument.objects.all()}


def test_the_index_after_any_edit_is_the_one_made_anew(held: Helper) -> None:
    def edits():
        yield operations.change_service(
            held.service, {"name_fi": "Zebraneuvonta", "description_fi": "Kummallinen."}, **by()
        )
        yield operations.change_organisation(held.giver, {"name_fi": "Kirahviyhdistys"}, **by())
        yield operations.change_place(held.place, {"name_fi": "Tapiiritalo"}, **by())
        yield operations.change_channel(held.line, {"area": ["205"]}, **by())
        yield operations.retire_channel(held.desk, **by())
        yield operations.withdraw(held.place, **by())
        yield operations.publish(held.place, **by())
        yield operations.withdraw(held.giver, **by())
        yield operations.publish(held.giver, **by())

    for _edit in edits():
        assert index.faults() == []
        refreshed = documents(), dict(SearchTerm.objects.values_list("term", "documents"))
        index.rebuild()
        assert (documents(), dict(SearchTerm.objects.values_list("term", "documents"))) == refreshed


def test_one_edit_indexes_what_it_concerns_and_nothing_else(held: Helper) -> None:
    before = {document.id for document in SearchDocument.objects.all()}
    operations.change_service(held.service, {"name_fi": "Zebraneuvonta"}, **by())
    after = {document.id for document in SearchDocument.objects.all()}
    assert (len(after - before), len(before - after)) == (1, 1)
    assert "Zebraneuvonta" in Visitor().get("/haku/?q=zebraneuvonta").content.decode().replace("\u00ad", "")


def test_an_edit_costs_the_same_however_large_the_directory(
    held: Helper, django_assert_max_num_queries
) -> None:
    actor = by()

    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            operations.change_service(held.service, {"name_fi": name}, **actor)
        return len(queries)

    first = cost("Apu yksi")
    factories.many_services(0, 60)
    assert cost("Apu kaksi") == first
